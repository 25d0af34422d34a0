import { sigmoidOne } from "../backend/typescript/math/sigmoid.js";
import { softplusOne } from "../backend/typescript/math/softplus.js";
import { checkOptions, fail } from "../check.js";
import { binomialOf } from "../likelihoods/families/binomial.js";
import type { Loss } from "../losses/loss.js";
import { makePaired, numberOrRows } from "./paired.js";

/** How often each row was tried. */
export interface BinomialOptions {
  /** Trials, whole numbers ≥ 1: one for all rows, or one per row, which then are as many as these. */
  readonly trials: number | ArrayLike<number>;
}

/**
 * Binomial loss on scores: the surprisal of successes in trials whose logit is the score, less what depends on the counts
 * alone; at one trial {@link binaryCrossEntropy}.
 *
 * With n trials: ℓ(z, y) = n·ln(1 + e^z) − y·z nats; gradient n·σ(z) − y; Hessian n·σ(z)(1 − σ(z)). scores, targets: [rows];
 * targets count successes, 0..n of their row, fractions allowed (they have no likelihood). A row weighs what its weight says,
 * not its trials. Dropped constant: −ln of the number of ways, n over y. Likelihood: binomial.
 *
 * @param options - `trials`: one whole number ≥ 1 for all rows, or one per row.
 * @returns The loss; its methods throw a RangeError, with the row, for a target outside 0..n, and for another number of rows
 *   than there are trials.
 * @throws TypeError or RangeError, with the row, for `trials` that are no whole numbers ≥ 1.
 * @see McCullagh & Nelder, *Generalized Linear Models*, 2nd ed., 1989, ch. 4
 * @example
 * const loss = losses.binomial({ trials: [10, 4] });
 * loss.value([0, 1], [7, 4], { reduction: "sum" }); // → 8.184518555672
 * loss.gradient([0, 1], [7, 4], { reduction: "sum" }); // → [-2, -1.075765685480]
 */
export function binomial(options: BinomialOptions): Loss {
  checkOptions("options", options, ["trials"]);
  const trials = numberOrRows(
    "trials",
    options?.trials,
    "a whole number >= 1",
    (n) => n >= 1 && n <= Number.MAX_SAFE_INTEGER && Math.floor(n) === n,
  );
  const most = typeof trials === "number" ? trials : trials.reduce((high, n) => Math.max(high, n), 1);
  return makePaired(
    {
      name: "binomial",
      options: { trials },
      traits: { convex: true, strictlyConvex: true, smooth: true, proper: true, lipschitz: most },
      separable: true,
      // The smaller of successes and failures multiplies the larger logarithm.
      value: (z, y, n) => times(y, softplusOne(-z)) + times(n - y, softplusOne(z)),
      gradient: (z, y, n) => times(n - y, sigmoidOne(z)) - times(y, sigmoidOne(-z)),
      curvature: (z, _y, n) => n * (sigmoidOne(z) * sigmoidOne(-z)),
      check(targets) {
        targets.forEach((y, row) => {
          const n = typeof trials === "number" ? trials : trials[row]!;
          if (!(y >= 0 && y <= n)) fail("range", "targets", `0..${n}, as there are trials`, y, { row });
        });
      },
      fraction: (y, n) => y / n,
      likelihood: (loss) => binomialOf(loss, trials),
    },
    trials,
  );
}

/** a·x, 0 for a = 0 whatever x. */
function times(a: number, x: number): number {
  return a === 0 ? 0 : a * x;
}
