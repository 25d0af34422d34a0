import { type CustomPrior, customMember } from "../priors/custom.js";
import { makePrior } from "../priors/make.js";
import { powerOf } from "../priors/numbers.js";
import type { Prior } from "../priors/prior.js";
import { checkScale, convert } from "../priors/scale.js";
import type { Penalty } from "./penalty.js";

/** What a penalty of one's own is made of: what a prior is, on the scale of the mean loss. */
export type CustomPenalty = Omit<CustomPrior, "constant">;

/**
 * A penalty of your own: a smooth function of each coefficient, added to the mean loss; with all that this library's have.
 *
 * As a prior: the surprisal of each coefficient is W/φ times as much. State the function of the distance from the mean
 * and its two derivatives, as `priors.custom` has them; the intercept is free unless `intercept` is given.
 *
 * @param penalty - `name`; `value`, `gradient`, `curvature`: functions of a distance; `convex`, `mean`, `intercept`: `{ mean? }`.
 * @returns The penalty, frozen.
 * @throws TypeError or RangeError naming what does not fit.
 * @example
 * const smoothed = penalties.custom({
 *   name: "smoothed l1",
 *   value: (r) => 0.1 * Math.sqrt(r * r + 1e-4),
 *   gradient: (r) => (0.1 * r) / Math.sqrt(r * r + 1e-4),
 *   curvature: (r) => 1e-5 / ((r * r + 1e-4) * Math.sqrt(r * r + 1e-4)),
 *   convex: true,
 * });
 * const data = dataset([[0], [1], [2], [4]], [1, 2, 2, 4]);
 * erm({ data, loss: losses.squaredError(), penalty: smoothed }).coefficients; // → [0.668576541230]
 */
export function custom(penalty: CustomPenalty): Penalty {
  const member = customMember("penalty", penalty);
  const { name } = member.family;
  const at = (k: number): Prior => makePrior(powerOf(member, k));
  return Object.freeze<Penalty>({
    name,
    lambda: 1,
    l1: 0,
    l2: 0,
    quadratic: false,
    terms: (layout, totalWeight) => ({ ...at(totalWeight).terms(layout), dispersion: 1 }),
    prior(scale) {
      const { totalWeight, dispersion } = checkScale(scale);
      return at(convert(1, totalWeight, dispersion));
    },
    toJSON: () => ({ custom: name }),
    toString: () => name,
  });
}
