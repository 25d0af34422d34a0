import { checkNumber } from "../check.js";
import { normalFromPrecision } from "./normal.js";
import { type Penalty, checkScale, fillCoefficients } from "./penalty.js";
import { flatTerms } from "./terms.js";

/**
 * L2 penalty (λ/2)‖coefficients‖² on the mean loss: ridge; a normal prior seen from empirical risk. The intercept is free.
 * Throws a RangeError unless λ ≥ 0.
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
