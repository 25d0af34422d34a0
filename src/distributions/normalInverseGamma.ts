import { logOne } from "../backend/typescript/math/log.js";
import { checkNumber } from "../check.js";
import { digammaOne } from "../special/digamma.js";
import { lgammaOne } from "../special/lgamma.js";
import type { Distribution } from "./distribution.js";
import { drawGamma, drawNormal } from "./drawGamma.js";
import { inverseGamma, type InverseGammaParameters, logInverseGammaDensity } from "./inverseGamma.js";
import { readOptions, readPositive } from "./options.js";
import { studentT, type StudentTParameters } from "./studentT.js";
import { HALF_LOG_TWO_PI, standardized } from "./terms.js";
import { makeVector, type VectorDistribution } from "./vector.js";

/** Parameters of a normal-inverse-gamma distribution. */
export interface NormalInverseGammaParameters {
  /** Where the mean is expected. */
  readonly mean: number;
  /** How many observations the mean is worth; > 0. */
  readonly kappa: number;
  /** The shape of the variance; > 0. */
  readonly shape: number;
  /** The scale of the variance; > 0. */
  readonly scale: number;
}

/** A distribution of (mean, variance), with those of each alone. */
export interface NormalInverseGamma extends VectorDistribution<NormalInverseGammaParameters> {
  /** Of the mean alone, and of the variance alone. */
  readonly marginals: {
    /** Of the mean alone. */
    readonly mean: Distribution<StudentTParameters>;
    /** Of the variance alone. */
    readonly variance: Distribution<InverseGammaParameters>;
  };
}

/**
 * The normal-inverse-gamma distribution of a mean and a variance: the variance v is an inverse gamma number, the mean is
 * normal with variance v/kappa; the conjugate prior of both of a normal distribution.
 *
 * log p(m, v) = log InverseGamma(v; shape, scale) + log Normal(m; mean, √(v/kappa)) nats, for v ≥ 0. By itself the mean is
 * Student t with 2·shape degrees of freedom and scale √(scale/(shape·kappa)).
 *
 * @param options - `mean`, `kappa`, `shape` and `scale`.
 * @returns The distribution of vectors [mean, variance].
 * @throws TypeError for what is no number; RangeError for a mean that is not finite or others that are not > 0 and finite.
 * @see Murphy, "Conjugate Bayesian analysis of the Gaussian distribution", 2007
 * @example
 * const d = distributions.normalInverseGamma({ mean: 1, kappa: 4, shape: 3, scale: 2 });
 * d.logDensity([1, 0.5]); // → 0.2797
 * d.marginals.mean.quantile(0.975); // → 1.998948
 */
export function normalInverseGamma(options: NormalInverseGammaParameters): NormalInverseGamma {
  const given = readOptions(options, ["mean", "kappa", "shape", "scale"]);
  const mean = checkNumber("mean", given.mean);
  const kappa = readPositive("kappa", given.kappa);
  const shape = readPositive("shape", given.shape);
  const scale = readPositive("scale", given.scale);
  const marginals = Object.freeze({
    mean: studentT({ df: 2 * shape, location: mean, scale: Math.sqrt(scale / shape / kappa) }),
    variance: inverseGamma({ shape, scale }),
  });
  const logKappa = logOne(kappa);
  const vector = makeVector({
    name: "normalInverseGamma",
    parameters: { mean, kappa, shape, scale },
    mean: [marginals.mean.mean, marginals.variance.mean],
    variance: [marginals.mean.variance, marginals.variance.variance],
    entropy:
      HALF_LOG_TWO_PI +
      0.5 -
      0.5 * logKappa +
      1.5 * logOne(scale) +
      shape +
      lgammaOne(shape) -
      (shape + 1.5) * digammaOne(shape),
    logDensity([m, v]) {
      if (v <= 0) return -Infinity;
      const z = standardized(m, mean, Math.sqrt(v / kappa));
      return logInverseGammaDensity(v, shape, scale) - 0.5 * z * z - HALF_LOG_TWO_PI - 0.5 * (logOne(v) - logKappa);
    },
    draw(random, out) {
      const v = scale / drawGamma(random, shape);
      out[0] = mean + Math.sqrt(v / kappa) * drawNormal(random);
      out[1] = v;
    },
  });
  return Object.freeze({ ...vector, marginals });
}
