import { checkNumber } from "../check.js";
import { normalFromPrecision } from "../priors/normal.js";
import { type Penalty, checkScale, fillCoefficients } from "./penalty.js";
import { flatTerms } from "../priors/terms.js";

/**
 * L2 penalty (ridge): adds (λ/2)‖coefficients‖² to the mean loss; a normal prior seen from empirical risk. The
 * intercept is free.
 *
 * As a prior: every coefficient ~ N(0, φ/(W·λ)). In the mean loss itself, not as a decay of the steps of an optimiser.
 *
 * @param lambda - λ ≥ 0, per unit of weight.
 * @returns The penalty.
 * @throws TypeError for a λ that is no number; RangeError unless it is finite and ≥ 0.
 * @see Hoerl & Kennard, "Ridge regression: biased estimation for nonorthogonal problems", Technometrics 12 (1970)
 * @example
 * penalties.l2(0.1).lambda; // → 0.1
 * String(penalties.l2(0.1).prior({ totalWeight: 10 })); // → "normal(sd 1)"
 */
export function l2(lambda: number): Penalty {
  checkNumber("lambda", lambda, { min: 0 });
  return Object.freeze<Penalty>({
    name: "l2",
    lambda,
    terms(layout, totalWeight) {
      const terms = flatTerms(layout);
      fillCoefficients(layout, terms.precision, () => lambda * totalWeight);
      return { ...terms, dispersion: 1 };
    },
    prior(scale) {
      const { totalWeight, dispersion } = checkScale(scale);
      return normalFromPrecision((lambda * totalWeight) / dispersion);
    },
    toString: () => `l2(${lambda})`,
  });
}
