import { expm1One } from "../backend/typescript/math/expm1.js";
import { checkNumber, checkOptions } from "../check.js";
import { tweedieFamily } from "../likelihoods/families/tweedie.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import { nonNegative, positive } from "./domains.js";
import { expOfProduct } from "./expOfProduct.js";
import type { Loss } from "./loss.js";
import { makePointwise } from "./pointwise.js";

/** a − b where both may overflow: the second then wins, if there is one. */
function less(a: number, b: number, z: number, overflow: number): number {
  const difference = a - b;
  return difference === difference || z !== z ? difference : overflow;
}

/** The Tweedie loss of this power and log link. */
export function tweedieOf(name: string, power: number, likelihood: (loss: Loss) => Likelihood): Loss {
  const a = 2 - power;
  const b = 1 - power;
  /** ∫ e^(c·z). */
  const term = (c: number, z: number): number => (c === 0 ? z : expOfProduct(c, z) / c);
  const slope = (c: number, z: number): number => (c === 0 ? 1 : expOfProduct(c, z));
  const times = (y: number, x: number): number => (y === 0 ? 0 : y * x);
  const convex = power <= 2;
  return makePointwise({
    name,
    options: name === "tweedie" ? { power } : {},
    traits: { convex, strictlyConvex: convex, smooth: true, proper: true, lipschitz: Infinity },
    domain: power < 2 ? nonNegative : positive,
    likelihood,
    value: (z, y) => less(term(a, z), times(y, term(b, z)), z, Infinity),
    gradient(z, y) {
      // Near the mean 1 the difference keeps its digits.
      if (Math.abs(z) < 1) return slope(b, z) * (expm1One(z) - (y - 1));
      return less(slope(a, z), times(y, slope(b, z)), z, -Infinity);
    },
    curvature: (z, y) => less(times(a, slope(a, z)), times(y * b, slope(b, z)), z, Infinity),
  });
}

/**
 * Tweedie loss with log link: half the deviance of a target whose variance grows like a power of its mean, less what
 * depends on the target alone.
 *
 * With mean μ = e^z and power p: ℓ(z, y) = μ^(2−p)/(2 − p) − y·μ^(1−p)/(1 − p), which is {@link poisson} at p = 1 and
 * {@link gamma} at p = 2; gradient μ^(2−p) − y·μ^(1−p); Hessian (2 − p)μ^(2−p) + (p − 1)y·μ^(1−p). Values may be negative.
 * Convex for 1 ≤ p ≤ 2, not above. scores, targets: [rows]; targets ≥ 0, > 0 from p = 2 on. The expected loss is least
 * where μ is the mean. The densities have a closed form at 1, 2 and 3 alone.
 * Likelihood: Tweedie with dispersion 1.
 *
 * @param options - `power`: p ≥ 1.
 * @returns The loss; its methods throw a RangeError, with the row, for a target outside its domain.
 * @throws TypeError or RangeError for a `power` that is no finite number ≥ 1.
 * @see Jørgensen, "Exponential dispersion models", J. R. Stat. Soc. B 49 (1987)
 * @example
 * const loss = losses.tweedie({ power: 1.5 });
 * loss.value([0, 1], [0, 2]); // → 3.861782590125
 * loss.gradient([0, 1], [0, 2], { reduction: "sum" }); // → [1, 0.435659951275]
 */
export function tweedie(options: { readonly power: number }): Loss {
  checkOptions("options", options, ["power"]);
  const power = checkNumber("power", options?.power, { min: 1 });
  return tweedieOf("tweedie", power, (loss) => tweedieFamily(loss, power, 1));
}
