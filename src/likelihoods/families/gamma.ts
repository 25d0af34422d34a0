import { expOne } from "../../backend/typescript/math/exp.js";
import { logOne } from "../../backend/typescript/math/log.js";
import { sum } from "../../linalg/vector.js";
import type { Loss } from "../../losses/loss.js";
import { drawGamma } from "../../distributions/drawGamma.js";
import { lgammaOne } from "../../special/lgamma.js";
import type { Likelihood } from "../likelihood.js";
import { pointwiseLikelihood } from "../pointwiseLikelihood.js";
import { shapeFrom } from "./gammaShape.js";

/** Gamma distribution with mean e^z and shape 1/φ, φ known or to be estimated. */
export function gammaOf(loss: Loss, dispersion: number | null): Likelihood {
  return pointwiseLikelihood({
    name: "gamma",
    loss,
    dispersion,
    link: "log",
    constant(y, phi) {
      const shape = 1 / phi;
      return lgammaOne(shape) + shape * logOne(phi) + (shape === 1 ? 0 : (1 - shape) * logOne(y));
    },
    variance: (z, phi) => phi * (expOne(z) * expOne(z)),
    draw: (z, phi, random) => expOne(z) * (phi * drawGamma(random, 1 / phi)),
    estimate(total, targets, weights, totalWeight) {
      const logs = sum(targets.map((y, i) => (weights === null ? 1 : weights[i]!) * logOne(y)));
      return 1 / shapeFrom((total - logs) / totalWeight - 1);
    },
  });
}
