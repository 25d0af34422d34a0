import { checkNumber } from "../check.js";
import { laplaceFromRate } from "../priors/laplace.js";
import type { Penalty } from "./penalty.js";
import { plainPenalty } from "./plain.js";

/**
 * L1 penalty (lasso): adds λ‖coefficients‖₁ to the mean loss; a Laplace prior seen from empirical risk. Coefficients
 * that are not worth λ are exactly 0. The intercept is free.
 *
 * As a prior: every coefficient ~ Laplace(0, φ/(W·λ)). Elsewhere, for n rows: scikit-learn's Lasso has alpha = λ, its
 * LogisticRegression C = 1/(n·λ); glmnet lambda = λ with alpha = 1.
 *
 * @param lambda - λ ≥ 0, per unit of weight.
 * @returns The penalty.
 * @throws TypeError for a λ that is no number; RangeError unless it is finite and ≥ 0.
 * @see Tibshirani, "Regression shrinkage and selection via the lasso", Journal of the Royal Statistical Society B 58
 *   (1996)
 * @example
 * const fit = linearRegression([[1, 2], [2, 1], [3, 5], [4, 0]], [1, 2, 3, 4], { penalty: penalties.l1(0.25) });
 * fit.coefficients; // → [0.8, 0]
 * String(penalties.l1(0.1).prior({ totalWeight: 5 })); // → "laplace(scale 2)"
 */
export function l1(lambda: number): Penalty {
  checkNumber("lambda", lambda, { min: 0 });
  return plainPenalty({ name: "l1", l1: lambda, l2: 0 }, laplaceFromRate, `l1(${lambda})`);
}
