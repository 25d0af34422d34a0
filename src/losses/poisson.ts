import { poisson as loss, poissonCurvature } from "../backend/typescript/losses/poisson.js";
import { expOne } from "../backend/typescript/math/exp.js";
import { checkOptions, fail } from "../check.js";
import { poissonOf } from "../likelihoods/families/poisson.js";
import { nonNegative } from "./domains.js";
import { type Loss, type LossKernels, makeLoss } from "./loss.js";
import { makePaired, numberOrRows } from "./paired.js";

const kernels: LossKernels = {
  loss: { name: "poisson", twin: loss },
  curvature: { name: "poissonCurvature", twin: poissonCurvature },
  width: 1,
  threshold: 32,
};

const traits = { convex: true, strictlyConvex: true, smooth: true, proper: true, lipschitz: Infinity };

/** How much was watched in each row. */
export interface PoissonOptions {
  /** Finite and > 0: one for all rows, or one per row, which then are as many as these. 1 without it. */
  readonly exposure?: number | ArrayLike<number>;
}

/**
 * Poisson loss with log link: the surprisal of a count with mean e^score, less what depends on the count alone.
 *
 * ℓ(z, y) = e^z − y·z nats, which may be negative; gradient e^z − y; Hessian e^z. scores, targets: [rows]; targets ≥ 0,
 * fractions allowed. Dropped constant: ln y! per row. The expected loss is least where e^z is the mean.
 * Likelihood: Poisson.
 *
 * With an `exposure` E, such as time watched, the mean is E·e^z: ℓ(z, y) = E·e^z − y·z, and e^z a rate, which fits then
 * predict. The same as an offset of ln E in the data, which new rows then must bring too; then also −y·ln E is dropped.
 *
 * @param options - `exposure`: one number > 0 for all rows, or one per row.
 * @returns The loss; its methods throw a RangeError, with the row, for a target that is negative or not finite, and for
 *   another number of rows than there are exposures.
 * @throws TypeError or RangeError, with the row, for an `exposure` that is no finite number > 0.
 * @see McCullagh & Nelder, *Generalized Linear Models*, 2nd ed., 1989, ch. 6
 * @example
 * const loss = losses.poisson();
 * loss.value([0, 1], [0, 3]); // → 0.35914091423
 * loss.gradient([0, 1], [0, 3], { reduction: "sum" }); // → [1, -0.281718171541]
 */
export function poisson(options?: PoissonOptions): Loss {
  checkOptions("options", options, ["exposure"]);
  const given = options?.exposure;
  if (given === undefined) return plainPoisson();
  const exposure = numberOrRows("exposure", given, "a finite number > 0", (e) => e > 0 && e < Infinity);
  return makePaired(
    {
      name: "poisson",
      options: { exposure },
      traits,
      check: nonNegative,
      value: (z, y, e) => less(e * expOne(z), y === 0 ? 0 : y * z),
      gradient: (z, y, e) => e * expOne(z) - y,
      curvature: (z, _y, e) => e * expOne(z),
      likelihood: (loss) => poissonOf(loss, exposure),
    },
    exposure,
  );
}

/** Poisson loss without an exposure, by its kernel. */
function plainPoisson(): Loss {
  return makeLoss({
    name: "poisson",
    classes: 1,
    traits,
    separable: false,
    kernels(rows, targets) {
      if (targets.length !== rows) fail("range", "targets", `one number per row, ${rows}`, targets);
      nonNegative(targets);
      return kernels;
    },
    likelihood: (own) => poissonOf(own),
  });
}

/** a − b; Infinity where both are. */
function less(a: number, b: number): number {
  return a === Infinity ? a : a - b;
}
