import { checkNumber } from "../check.js";
import { normalFromPrecision } from "../priors/normal.js";
import type { Penalty } from "./penalty.js";
import { plainPenalty } from "./plain.js";

/**
 * L2 penalty (ridge): adds (λ/2)‖coefficients‖² to the mean loss; a normal prior seen from empirical risk. The
 * intercept is free.
 *
 * As a prior: every coefficient ~ N(0, φ/(W·λ)). In the mean loss itself, not as a decay of the steps of an optimiser.
 * Elsewhere, for n rows: scikit-learn's Ridge has alpha = n·λ, its LogisticRegression C = 1/(n·λ); glmnet lambda = λ with
 * alpha = 0, but for a Gaussian, whose targets it standardises, lambda = λ·sd(y).
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
  return plainPenalty(
    { name: "l2", l1: 0, l2: lambda },
    (_, precision) => normalFromPrecision(precision),
    `l2(${lambda})`,
  );
}
