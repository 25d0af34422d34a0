import { logOne } from "../../backend/typescript/math/log.js";
import { digammaOne } from "../../special/digamma.js";
import { trigammaOne } from "../../special/trigamma.js";

/** From here on the asymptotic series (NIST DLMF 5.11.2, 5.15.8) to the order used has an error below 1e-16 of its value. */
const LARGE = 20;

/** log k − ψ(k), without cancellation. */
export function gap(k: number): number {
  if (k < LARGE) return logOne(k) - digammaOne(k);
  const r = 1 / k;
  const z = r * r;
  return 0.5 * r + z * (1 / 12 - z * (1 / 120 - z * (1 / 252 - z * (1 / 240 - z * (1 / 132 - z * (691 / 32760))))));
}

/** −k·(d/dk)(log k − ψ(k)). */
function fall(k: number): number {
  if (k < LARGE) return k * trigammaOne(k) - 1;
  const r = 1 / k;
  const z = r * r;
  return 0.5 * r + z * (1 / 6 - z * (1 / 30 - z * (1 / 42 - z * (1 / 30 - z * (5 / 66 - z * (691 / 2730))))));
}

/**
 * The shape k of a gamma distribution with log k − ψ(k) = gap: by maximum likelihood the mean of y/μ − 1 − log(y/μ). Newton's
 * method in log k. Infinity unless the gap is > 0.
 */
export function shapeFrom(wanted: number): number {
  if (!(wanted > 0)) return wanted !== wanted ? NaN : Infinity;
  const d = wanted - 3;
  let k = (-d + Math.sqrt(d * d + 24 * wanted)) / (12 * wanted);
  for (let i = 0; i < 50; i++) {
    const value = gap(k);
    const step = (logOne(value / wanted) * value) / fall(k);
    // Far steps of the logarithm are cut to a factor.
    const next = k * (1 + Math.max(-0.75, Math.min(3, step)));
    if (!(Math.abs(next - k) > 4e-16 * k)) return next;
    k = next;
  }
  return k;
}
