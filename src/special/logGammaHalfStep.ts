import { logOne } from "../backend/typescript/math/log.js";

/** From here on the series is good to 1e-17. */
const FAR = 16;

/**
 * log Γ(x + ½) − log Γ(x) for x > 0: Γ(x + 1) = x·Γ(x) up to x ≥ 16, then the asymptotic series in 1/x, which unlike a
 * difference of two lgammas does not cancel.
 *
 * Source: F. G. Tricomi & A. Erdélyi, Pacific Journal of Mathematics 1 (1951) 133-142.
 */
export function logGammaHalfStep(x: number): number {
  let far = x;
  let product = 1;
  for (; far < FAR; far++) product *= far / (far + 0.5);
  const u = 1 / far;
  const v = u * u;
  const series = -1 / 8 + v * (1 / 192 + v * (-1 / 640 + v * (17 / 14336 + v * (-31 / 18432 + v * (691 / 180224)))));
  return 0.5 * logOne(far) + u * series + logOne(product);
}
