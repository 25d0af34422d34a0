import { logOne } from "../../backend/typescript/math/log.js";
import { TWO_PI } from "../../constants.js";
import type { Loss } from "../../losses/loss.js";
import { drawNormal } from "../../distributions/drawGamma.js";
import type { Likelihood } from "../likelihood.js";
import { pointwiseLikelihood } from "../pointwiseLikelihood.js";

/** Gaussian with mean the score and variance φ·scale, φ known or to be estimated; the loss is that of variance `scale`. */
export function gaussianOf(loss: Loss, dispersion: number | null, scale = 1): Likelihood {
  return pointwiseLikelihood({
    name: "gaussian",
    loss,
    dispersion,
    link: "identity",
    constant: (_y, phi) => 0.5 * logOne(TWO_PI * (phi * scale)),
    variance: (_z, phi) => phi * scale,
    draw: (z, phi, random) => z + Math.sqrt(phi * scale) * drawNormal(random),
    estimate: (total, _targets, _weights, totalWeight) => (2 * total) / totalWeight,
  });
}
