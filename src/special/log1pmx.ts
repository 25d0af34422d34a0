/**
 * log(1 + u) − u without cancellation: for −½ ≤ u ≤ 1 with v = u/(2 + u) it is v³·P(v²) − u·v, P a polynomial of degree 13,
 * our own Chebyshev interpolation with 60 digits. Error at most 3 ulp. `ratio` is 1 + u, which is used where u is next to −1.
 *
 * @module
 */
import { logOne } from "../backend/typescript/math/log.js";

export function log1pmx(u: number, ratio: number): number {
  if (u < -0.5 || u > 1) return logOne(ratio) - u;
  const v = u / (2 + u);
  const z = v * v;
  const w = z * z;
  const c0 = 0.6666666666666666 + z * 0.4;
  const c2 = 0.28571428571428564 + z * 0.22222222222224355;
  const c4 = 0.18181818181562776 + z * 0.1538461540290868;
  const c6 = 0.13333332486212102 + z * 0.11764732439752419;
  const c8 = 0.10525737619138457 + z * 0.09532632067731862;
  const c10 = 0.08601909281945154 + z * 0.08675121010036434;
  const c12 = 0.043090861020105564 + z * 0.1473370477252696;
  return v * z * (c0 + w * (c2 + w * (c4 + w * (c6 + w * (c8 + w * (c10 + w * c12)))))) - u * v;
}
