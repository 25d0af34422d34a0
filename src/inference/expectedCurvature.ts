import type { Likelihood } from "../likelihoods/likelihood.js";

/** The Fisher information of rows of weight 1, times φ, by their scores. */
export type ExpectedCurvature = (scores: Float64Array) => Float64Array;

/**
 * The expected second derivative of the loss by the score, where the observed one depends on the target: what R's glm takes
 * for links that are not canonical. Null where the loss's own curvature is it (canonical links), and for likelihoods beyond
 * generalized linear models, whose observed one stands.
 */
export function expectedCurvature(likelihood: Likelihood): ExpectedCurvature | null {
  const { name, link, loss } = likelihood;
  const phi = likelihood.dispersion ?? 1;
  if (name === "gamma") return (scores) => new Float64Array(scores.length).fill(1);
  if (name === "negativeBinomial" || (name === "tweedie" && likelihood.link === "log")) {
    // (dμ/dz)²·φ/Var with dμ/dz = μ.
    return (scores) => {
      const means = likelihood.mean(scores);
      const variances = likelihood.variance(scores, likelihood.dispersion === null ? { dispersion: phi } : {});
      return means.map((mean, i) => mean * (mean / (variances[i]! / phi)));
    };
  }
  if (name === "bernoulli" && link !== "logit") {
    return (scores) => {
      const at = (target: number, z: Float64Array): Float64Array =>
        loss.hessian(z, new Float64Array(z.length).fill(target), { reduction: "sum" });
      const [zeros, ones, means] = [at(0, scores), at(1, scores), likelihood.mean(scores)];
      const variances = likelihood.variance(scores);
      // p·ℓ''(z, 1) + (1 − p)·ℓ''(z, 0), 1 − p without cancellation.
      return means.map((p, i) => p * ones[i]! + (p === 0 ? 1 : variances[i]! / p) * zeros[i]!);
    };
  }
  return null;
}
