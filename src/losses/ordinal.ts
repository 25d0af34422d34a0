import { expm1One } from "../backend/typescript/math/expm1.js";
import { logOne } from "../backend/typescript/math/log.js";
import { sigmoidOne } from "../backend/typescript/math/sigmoid.js";
import { softplusOne } from "../backend/typescript/math/softplus.js";
import { checkOptions, fail, toFloat64 } from "../check.js";
import { ordinalOf } from "../likelihoods/families/ordinal.js";
import { domainOf } from "./domains.js";
import type { Loss } from "./loss.js";
import { makePointwise } from "./pointwise.js";
import { openOrdinal } from "./openOrdinal.js";
import { checkClasses } from "./softmaxPlain.js";

/** Classes in order, and where one ends and the next begins. */
export interface OrdinalOptions {
  /** How many classes there are, an integer ≥ 2. */
  readonly classes: number;
  /**
   * One finite number between each two classes, each larger than the one before: [classes − 1]. Without them they are
   * parameters: a row then has classes − 1 scores, each threshold less what the model makes of the row.
   */
  readonly thresholds?: ArrayLike<number>;
}

/** The thresholds, checked and copied. */
export function readThresholds(given: unknown, classes: number): Float64Array {
  const thresholds = toFloat64("thresholds", given).slice();
  if (thresholds.length !== classes - 1) fail("range", "thresholds", `${classes - 1} numbers`, given);
  thresholds.forEach((value, row) => {
    if (value - value !== 0) fail("range", "thresholds", "a finite number", value, { row });
    if (row > 0 && !(value > thresholds[row - 1]!))
      fail("range", "thresholds", `a number > ${thresholds[row - 1]}, the one before`, value, { row });
  });
  return thresholds;
}

/**
 * Ordinal loss, cumulative logit (proportional odds): the surprisal of one of several classes in order, where a logistic
 * number around the score falls between two thresholds.
 *
 * P(y ≤ k) = σ(θ_k − z). With a = θ_{y−1} − z and b = θ_y − z (−∞ and ∞ at the ends): ℓ(z, y) = −ln(σ(b) − σ(a)) nats, computed
 * as softplus(a) + softplus(−b) − ln(1 − e^(a−b)), so that it keeps its digits; gradient σ(−b) − σ(a); Hessian σ(a)σ(−a) +
 * σ(b)σ(−b). scores: [rows], one whatever the classes; targets: [rows] class indices 0..classes−1. Dropped constant: 0.
 * Likelihood: ordinal.
 *
 * Without `thresholds` a row has the classes − 1 scores θ_k − z, which must increase: [rows × (classes − 1)]. The loss is
 * convex in them, and ∞ (its derivatives NaN) where those around a row's class do not increase. Objectives then take
 * `models.parallel()`, whose parameters the thresholds are.
 *
 * @param options - `classes`: an integer ≥ 2; `thresholds`: [classes − 1], increasing, or left out.
 * @returns The loss; its methods throw a RangeError, with the row, for a target that is no class index.
 * @throws TypeError or RangeError for `classes` or `thresholds` that do not fit.
 * @see McCullagh, "Regression models for ordinal data", J. R. Stat. Soc. B 42 (1980)
 * @example
 * const loss = losses.ordinal({ classes: 3, thresholds: [-1, 1] });
 * loss.value([0, 2], [1, 2], { reduction: "sum" }); // → 1.085198520424
 * loss.gradient([0, 2], [1, 2], { reduction: "sum" }); // → [0, -0.268941421370]
 * const open = losses.ordinal({ classes: 3 });
 * open.value([-1, 1, -3, -1], [1, 2], { reduction: "sum" }); // → 1.085198520424
 */
export function ordinal(options: OrdinalOptions): Loss {
  checkOptions("options", options, ["classes", "thresholds"]);
  const classes = checkClasses(options?.classes);
  if (options.thresholds === undefined) return openOrdinal(classes);
  const thresholds = readThresholds(options.thresholds, classes);
  /** θ_{y−1}, from −∞. */
  const lower = Float64Array.of(-Infinity, ...thresholds);
  /** θ_y, to ∞. */
  const upper = Float64Array.of(...thresholds, Infinity);
  const gaps = upper.map((top, k) => (k === 0 || k === classes - 1 ? 0 : -logOne(-expm1One(lower[k]! - top))));
  return makePointwise({
    name: "ordinal",
    options: { classes, thresholds },
    traits: { convex: true, strictlyConvex: true, smooth: true, proper: true, lipschitz: 1 },
    separable: classes === 2,
    domain: domainOf(`0..${classes - 1}`, (y) => Math.floor(y) === y && y >= 0 && y < classes),
    value: (z, y) => softplusOne(lower[y]! - z) + softplusOne(z - upper[y]!) + gaps[y]!,
    gradient: (z, y) => sigmoidOne(z - upper[y]!) - sigmoidOne(lower[y]! - z),
    curvature: (z, y) => bend(lower[y]! - z) + bend(upper[y]! - z),
    likelihood: (loss) => ordinalOf(loss, thresholds),
  });
}

function bend(x: number): number {
  return sigmoidOne(x) * sigmoidOne(-x);
}
