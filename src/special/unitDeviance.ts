import { log1pmx } from "./log1pmx.js";
import { powOne } from "./pow.js";

/** y·log(y/μ) − y + μ, without cancellation. */
function poisson(mean: number, y: number): number {
  return y === 0 ? mean : -y * log1pmx((mean - y) / y, mean / y);
}

/** The deviance of one observation whose variance is μ to a power: 0 normal, 1 Poisson, 2 gamma, 3 inverse Gaussian. */
export function unitDeviance(power: number, mean: number, y: number): number {
  if (power === 0) return (y - mean) * (y - mean);
  if (power === 1) return 2 * poisson(mean, y);
  if (power === 2) return -2 * log1pmx((y - mean) / mean, y / mean);
  const own = power < 2 && y === 0 ? 0 : powOne(Math.max(y, 0), 2 - power) / ((1 - power) * (2 - power));
  return 2 * (own - (y * powOne(mean, 1 - power)) / (1 - power) + powOne(mean, 2 - power) / (2 - power));
}
