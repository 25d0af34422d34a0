import { logOne } from "../backend/typescript/math/log.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import { checkNumber, checkOptions } from "../check.js";
import { zeroOrOne } from "../likelihoods/families/supports.js";
import { pointwiseLikelihood } from "../likelihoods/pointwiseLikelihood.js";
import { fractions } from "./domains.js";
import type { Loss } from "./loss.js";
import { makePointwise } from "./pointwise.js";

/** −a·ln, 0 for a = 0 whatever the logarithm. */
function times(a: number, logarithm: number): number {
  return a === 0 ? 0 : -a * logarithm;
}

/**
 * Binary cross-entropy on probabilities instead of logits; prefer {@link binaryCrossEntropy}, which keeps its digits,
 * where there are logits.
 *
 * ℓ(p, y) = −y·ln p − (1 − y)·ln(1 − p) nats, 0·ln 0 = 0, exactly Infinity for a certain forecast that fails; gradient
 * (p − y)/(p(1 − p)); Hessian y/p² + (1 − y)/(1 − p)². scores: [rows], the probabilities p; outside [0, 1] the loss is NaN.
 * targets: [rows], in [0, 1], fractions allowed. A `clamp` ε takes p nearer than ε to 0 or 1 for ε or 1 − ε: finite, but
 * no longer convex, and with slope 0 there. A linear model with an intercept starts at p = ½. Dropped constant: 0.
 * Likelihood: Bernoulli.
 *
 * @param options - `clamp`: ε, 0 < ε < ½; none without it.
 * @returns The loss; its methods throw a RangeError, with the row, for a target outside [0, 1].
 * @throws TypeError or RangeError for a `clamp` outside (0, ½).
 * @example
 * const loss = losses.probabilityCrossEntropy();
 * loss.value([0.8, 0.3], [1, 0], { reduction: "sum" }); // → 0.579818495253
 * loss.value([0], [1]) === Infinity; // → true
 * losses.probabilityCrossEntropy({ clamp: 1e-7 }).value([0], [1]); // → 16.118095650958
 */
export function probabilityCrossEntropy(options?: { readonly clamp?: number }): Loss {
  checkOptions("options", options, ["clamp"]);
  const clamp = options?.clamp;
  const low = clamp === undefined ? 0 : checkNumber("clamp", clamp, { exclusiveMin: 0, exclusiveMax: 0.5 });
  const high = 1 - low;
  const exact = clamp === undefined;
  /** The derivative of a probability: 0 where the clamp holds, which is flat. */
  const within = (p: number, derivative: number): number => {
    if (!(p >= 0 && p <= 1)) return NaN;
    return exact || (p > low && p < high) ? derivative : 0;
  };
  /** The probability that counts, within the clamp. */
  const held = (p: number): number => (p >= 0 && p <= 1 ? Math.max(low, Math.min(high, p)) : NaN);
  return makePointwise({
    name: "probabilityCrossEntropy",
    options: { clamp },
    traits: {
      convex: exact,
      strictlyConvex: exact,
      smooth: exact,
      proper: true,
      lipschitz: exact ? Infinity : 1 / low,
    },
    domain: fractions,
    start: 0.5,
    value(p, y) {
      const q = held(p);
      return q !== q ? NaN : times(y, logOne(q)) + times(1 - y, log1pOne(-q));
    },
    gradient(p, y) {
      return within(p, y === 0 ? 1 / (1 - p) : y === 1 ? -1 / p : (p - y) / (p * (1 - p)));
    },
    curvature(p, y) {
      const other = 1 - p;
      return within(p, (y === 0 ? 0 : y / (p * p)) + (y === 1 ? 0 : (1 - y) / (other * other)));
    },
    likelihood: (loss) =>
      pointwiseLikelihood({
        name: "bernoulli",
        loss,
        link: "identity",
        support: zeroOrOne,
        mean: held,
        variance: (p) => held(p) * (1 - held(p)),
        draw(p, _phi, random) {
          const u = random.uniform();
          return held(p) !== held(p) ? NaN : Number(u < held(p));
        },
      }),
  });
}
