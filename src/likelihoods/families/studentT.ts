import { logOne } from "../../backend/typescript/math/log.js";
import type { Loss } from "../../losses/loss.js";
import { drawGamma, drawNormal } from "../../distributions/drawGamma.js";
import { logBetaOne } from "../../special/logBeta.js";
import type { Likelihood } from "../likelihood.js";
import { pointwiseLikelihood } from "../pointwiseLikelihood.js";

/** Student t distribution around the score. */
export function studentTOf(loss: Loss, df: number, scale: number): Likelihood {
  const constant = logBetaOne(0.5, 0.5 * df) + 0.5 * logOne(df) + logOne(scale);
  const spread = df > 2 ? scale * scale * (df / (df - 2)) : df > 1 ? Infinity : NaN;
  return pointwiseLikelihood({
    name: "studentT",
    loss,
    link: "identity",
    constant: () => constant,
    mean: (z) => (df > 1 ? z : NaN),
    variance: () => spread,
    draw(z, _phi, random) {
      const normal = drawNormal(random);
      return z + scale * (normal / Math.sqrt(drawGamma(random, 0.5 * df) / (0.5 * df)));
    },
  });
}
