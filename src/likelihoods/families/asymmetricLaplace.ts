import { logOne } from "../../backend/typescript/math/log.js";
import { fail } from "../../check.js";
import { LN2 } from "../../constants.js";
import type { Loss } from "../../losses/loss.js";
import { openUniform } from "../../distributions/make.js";
import type { Likelihood } from "../likelihood.js";
import { pointwiseLikelihood } from "../pointwiseLikelihood.js";

/** The scale by maximum likelihood: the mean loss. */
const meanLoss: Likelihood["estimate"] = (total, _targets, _weights, totalWeight) => total / totalWeight;

/** Laplace distribution around the score with scale φ; null: to be estimated. */
export function laplaceOf(loss: Loss, scale: number | null): Likelihood {
  return pointwiseLikelihood({
    name: "laplace",
    loss,
    dispersion: scale,
    link: "identity",
    constant: (_y, phi) => LN2 + logOne(phi),
    variance: (_z, phi) => 2 * phi * phi,
    draw(z, phi, random) {
      const u = openUniform(random);
      return u < 0.5 ? z + phi * logOne(2 * u) : z - phi * logOne(2 * (1 - u));
    },
    estimate: meanLoss,
  });
}

/** Asymmetric Laplace distribution with scale φ whose quantile of this level is the score; null: to be estimated. */
export function asymmetricLaplaceOf(loss: Loss, level: number, scale: number | null): Likelihood {
  const other = 1 - level;
  const product = level * other;
  return pointwiseLikelihood({
    name: "asymmetricLaplace",
    loss,
    dispersion: scale,
    link: "identity",
    constant: (_y, phi) => logOne(phi) - (logOne(level) + logOne(other)),
    mean: (z) =>
      scale === null
        ? fail("range", "likelihood", "a known scale: asymmetricLaplace({ level, scale })", "one to be estimated")
        : z + scale * ((other - level) / product),
    variance: (_z, phi) => (phi / product) * (phi / product) * (level * level + other * other),
    draw(z, phi, random) {
      const u = openUniform(random);
      return u < level ? z + (phi / other) * logOne(u / level) : z - (phi / level) * logOne((1 - u) / other);
    },
    estimate: meanLoss,
  });
}
