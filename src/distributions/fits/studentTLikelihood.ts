import { expOne } from "../../backend/typescript/math/exp.js";
import { log1pOne } from "../../backend/typescript/math/log1p.js";
import { digammaOne } from "../../special/digamma.js";
import { trigammaOne } from "../../special/trigamma.js";
import { logStudentTPeak } from "../studentT.js";
import { type Data, total } from "./data.js";
import type { Point } from "./maximum.js";

/**
 * The mean log-likelihood in (location − center)/spread, log scale and, unless it is fixed, log df, with its derivatives.
 */
export function evaluateStudentT(
  data: Data,
  at: Float64Array,
  center: number,
  spread: number,
  fixed: number | undefined,
): Point {
  const location = center + at[0] * spread;
  const scale = expOne(at[1]);
  const df = fixed ?? expOne(at[2]);
  const d = at.length;
  const gradient = new Float64Array(d);
  const information = new Float64Array(d * d);
  if (!(scale > 0 && scale < Infinity && df > 1e-8 && df < 1e14)) return { value: -Infinity, gradient, information };
  const z = (x: number): number => (x - location) / scale;
  const mean = (f: (z: number, u: number) => number): number =>
    total(data, (x) => f(z(x), (z(x) * z(x)) / df)) / data.total;
  const log = mean((_, u) => log1pOne(u));
  // w = (ν + 1)/(ν + z²), the weight that a value has in the location.
  const weight = (u: number): number => (df + 1) / df / (1 + u);
  const step = spread / scale;
  gradient[0] = step * mean((t, u) => weight(u) * t);
  gradient[1] = mean((t, u) => weight(u) * t * t) - 1;
  information[0] = step * step * mean((_, u) => (weight(u) * (1 - u)) / (1 + u));
  information[1] = information[d] = step * mean((t, u) => (2 * weight(u) * t) / (1 + u));
  information[d + 1] = mean((t, u) => (2 * weight(u) * t * t) / (1 + u));
  if (d === 3) {
    const half = 0.5 * (df + 1);
    const slope = 0.5 * (digammaOne(half) - digammaOne(0.5 * df) - 1 / df);
    // ∂/∂ν of the kernel: −½·log(1 + u) + ½·(ν + 1)·u/(ν·(1 + u)).
    const inner = (u: number): number => (half * u) / df / (1 + u);
    const first = slope - 0.5 * log + mean((_, u) => inner(u));
    const curvature = 0.25 * (trigammaOne(half) - trigammaOne(0.5 * df)) + 0.5 / df / df;
    // ∂²/∂ν²: u/(ν(1 + u))·½, twice for the logarithm and the factor, and what u(ν) changes in u/(ν(1 + u)).
    const second = curvature + mean((_, u) => u / df / (1 + u) - (half * u * (2 + u)) / df / df / (1 + u) / (1 + u));
    gradient[2] = df * first;
    information[8] = -(df * df * second + df * first);
    const cross = (u: number): number => (u - 1 / df) / (1 + u) / (1 + u);
    information[2] = information[6] = -step * mean((t, u) => cross(u) * t);
    information[5] = information[7] = -mean((t, u) => cross(u) * t * t);
  }
  return { value: logStudentTPeak(df) - at[1] - 0.5 * (df + 1) * log, gradient, information };
}
