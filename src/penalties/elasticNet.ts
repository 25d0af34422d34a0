import { checkNumber, checkOptions } from "../check.js";
import { elasticNetFromRates } from "../priors/elasticNet.js";
import { laplaceFromRate } from "../priors/laplace.js";
import { normalFromPrecision } from "../priors/normal.js";
import type { Penalty } from "./penalty.js";
import { plainPenalty } from "./plain.js";

/**
 * Elastic-net penalty: adds λ₁‖coefficients‖₁ + (λ₂/2)‖coefficients‖² to the mean loss. The intercept is free.
 *
 * As a prior: a density in proportion to Laplace(0, φ/(W·λ₁)) times N(0, φ/(W·λ₂)). Elsewhere, for n rows and with λ = λ₁
 * + λ₂, α = λ₁/λ: scikit-learn's ElasticNet has alpha = λ, l1_ratio = α, its LogisticRegression C = 1/(n·λ), l1_ratio =
 * α; glmnet lambda = λ, alpha = α, but for a Gaussian, whose targets it standardises, its quadratic part is divided by
 * sd(y).
 *
 * @param options - `l1`: λ₁ ≥ 0, `l2`: λ₂ ≥ 0, per unit of weight.
 * @returns The penalty; its `lambda` is λ₁ + λ₂.
 * @throws TypeError for a λ that is no number; RangeError unless both and their sum are finite and ≥ 0.
 * @see Zou & Hastie, "Regularization and variable selection via the elastic net", Journal of the Royal Statistical
 *   Society B 67 (2005)
 * @example
 * const penalty = penalties.elasticNet({ l1: 0.1, l2: 0.2 });
 * String(penalty); // → "elasticNet(l1 0.1, l2 0.2)"
 * String(penalty.prior({ totalWeight: 5 })); // → "elasticNet(scale 2, sd 1)"
 */
export function elasticNet(options: { readonly l1: number; readonly l2: number }): Penalty {
  checkOptions("options", options, ["l1", "l2"]);
  const l1 = checkNumber("l1", options?.l1, { min: 0 });
  const l2 = checkNumber("l2", options.l2, { min: 0 });
  checkNumber("l1 + l2", l1 + l2);
  return plainPenalty(
    { name: "elasticNet", l1, l2 },
    (rate, precision) => {
      if (rate === 0) return normalFromPrecision(precision);
      return precision === 0 ? laplaceFromRate(rate) : elasticNetFromRates(rate, precision);
    },
    `elasticNet(l1 ${l1}, l2 ${l2})`,
  );
}
