/**
 * The surprisal of a Student t distribution, ½(ν + 1)·log(1 + (r/s)²/ν) with its constant left out, and its derivatives
 * by the distance r: nothing overflows on the way.
 *
 * @module
 */

import { logOne } from "../backend/typescript/math/log.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import type { SmoothTerm } from "./terms.js";

/** A square beyond this may overflow. */
const LARGE = 1e150;

/** log(1 + (r/s)²/ν). */
export function logTail(distance: number, df: number, scale: number): number {
  const z = Math.abs(distance) / scale;
  if (z < LARGE) return log1pOne((z * z) / df);
  const root = Math.sqrt(df);
  if (z / root < 1) return log1pOne((z / root) * (z / root));
  return 2 * (logOne(Math.abs(distance)) - logOne(scale) - logOne(root));
}

/** What a Student t prior of df degrees of freedom adds. */
export function tailTerm(df: number, scale: number): SmoothTerm {
  const root = Math.sqrt(df) * scale;
  // Rescaled to u = r/(s√ν): slope (ν + 1)·u/(1 + u²)/(s√ν), without squares that overflow.
  return {
    value: (distance) => 0.5 * (df + 1) * logTail(distance, df, scale),
    slope(distance) {
      const u = distance / root;
      if (Math.abs(u) <= 1) return (((df + 1) / root) * u) / (1 + u * u);
      return (df + 1) / (distance * (1 + 1 / u / u));
    },
    curvature(distance) {
      const u = distance / root;
      const square = Math.abs(u) <= 1 ? u * u : 1 / u / u;
      const sign = Math.abs(u) <= 1 ? 1 - square : square - 1;
      const front = Math.abs(u) <= 1 ? (df + 1) / root / root : (df + 1) / distance / distance;
      return (front * sign) / (1 + square) / (1 + square);
    },
  };
}
