import { drawNormal } from "../../distributions/drawGamma.js";
import { openUniform } from "../../distributions/make.js";
import type { Random } from "../../random.js";

/**
 * An inverse Gaussian number with this mean and shape λ (variance mean³/λ): one of the two roots that give the same χ²
 * number. J. R. Michael, W. R. Schucany & R. W. Haas, The American Statistician 30 (1976).
 */
export function drawInverseGaussian(mean: number, shape: number, random: Random): number {
  const x = drawNormal(random);
  const u = openUniform(random);
  // The smaller root is mean/(1 + w + √(w(2 + w))), nothing cancels.
  const w = (0.5 * mean * (x * x)) / shape;
  const root = mean / (1 + w + Math.sqrt(w * (2 + w)));
  return u * (mean + root) <= mean ? root : mean * (mean / root);
}
