import { expOne } from "../../backend/typescript/math/exp.js";
import { logOne } from "../../backend/typescript/math/log.js";
import { checkNumber, checkOptions, fail } from "../../check.js";
import type { Loss } from "../../losses/loss.js";
import { drawGamma } from "../../distributions/drawGamma.js";
import { logBetaOne } from "../../special/logBeta.js";
import type { Likelihood, LikelihoodOptions } from "../likelihood.js";
import { pointwiseLikelihood } from "../pointwiseLikelihood.js";
import { drawCount } from "./draws.js";
import { counts } from "./supports.js";

/** Negative binomial distribution with mean μ = e^z and variance μ + αμ². */
export function negativeBinomialOf(loss: Loss, alpha: number): Likelihood {
  const size = 1 / alpha;
  return pointwiseLikelihood({
    name: "negativeBinomial",
    loss,
    link: "log",
    support: counts,
    // log Γ(size) + log y! − log Γ(y + size).
    constant: (y) => (y === 0 ? 0 : logBetaOne(size, y + 1) + logOne(size + y)),
    variance(z) {
      const mean = expOne(z);
      return mean + alpha * (mean * mean);
    },
    draw: (z, _phi, random) => drawCount(expOne(z) * (alpha * drawGamma(random, size)), random),
  });
}

/** Of unknown α: each method takes it; there is no loss without it. */
export function unknownSizeOf(at: (alpha: number) => Likelihood): Likelihood {
  const known = (options: LikelihoodOptions | undefined): Likelihood => {
    checkOptions("options", options, ["dispersion"]);
    return at(checkNumber("dispersion", options?.dispersion, { min: 1e-300 }));
  };
  const { loss, link, mean, hasDensity } = at(1);
  const refuse = (): never =>
    fail(
      "range",
      "likelihood",
      'a known dispersion: negativeBinomial({ dispersion }), or "estimate" for map, mle and generalizedLinearModel',
      "none",
    );
  return Object.freeze<Likelihood>({
    name: "negativeBinomial",
    loss: Object.freeze<Loss>({
      ...loss,
      likelihood: null,
      ...{ value: refuse, gradient: refuse, valueAndGradient: refuse, hessian: refuse, each: refuse, kernels: refuse },
    }),
    dispersion: null,
    link,
    thresholds: null,
    mean,
    hasDensity,
    variance: (scores, options) => known(options).variance(scores),
    sample: (scores, random, options) => known(options).sample(scores, random),
    constant: (targets, options) => known(options).constant(targets),
    logDensity: (scores, targets, options) => known(options).logDensity(scores, targets),
    estimate: () => null,
  });
}
