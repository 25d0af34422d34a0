/**
 * The minimum of a quadratic in a box, ½(β − θ)ᵀH(β − θ) + gᵀ(β − θ) for lower ≤ β ≤ upper, H positive semidefinite, by
 * active sets: linear equations for the coordinates that are free, as far as the first bound; there that coordinate is
 * held. Where none is reached, the held coordinate that gains most by leaving its bound is freed.
 *
 * Source: J. Nocedal & S. Wright, *Numerical Optimization*, 2nd ed., 2006, §16.5; for least squares C. Lawson & R. Hanson,
 * *Solving Least Squares Problems*, 1974, ch. 23.
 *
 * @module
 */

import { factorLdlt } from "../linalg/ldlt.js";
import type { Box } from "./bounds.js";

/** Sets of free coordinates tried for each coordinate, at most. */
const ROUNDS = 8;

/** A slope counts as a gain when it exceeds this share, 2⁻⁴³, of what its terms add up to. */
const GAIN = 1.1368683772161603e-13;

/** The point of a box nearest to a point, in place. */
export function clampToBox({ lower, upper }: Box, point: Float64Array): Float64Array {
  for (let j = 0; j < point.length; j++) point[j] = Math.max(lower[j]!, Math.min(upper[j]!, point[j]!));
  return point;
}

/** True if the parameter lies on a bound and a slope of this sign does not call it back into the box. */
export function isHeld({ lower, upper }: Box, j: number, value: number, slope: number): boolean {
  return (value === lower[j] && slope >= 0) || (value === upper[j] && slope <= 0);
}

/** The minimiser over the box of the model at θ, which lies in it: `packed` the lower triangle of H, `gradient` at θ. */
export function minimizeInBox(
  packed: Float64Array,
  gradient: Float64Array,
  parameters: Float64Array,
  box: Box,
): Float64Array {
  const size = parameters.length;
  const entry = (a: number, b: number): number =>
    a >= b ? packed[(a * (a + 1)) / 2 + b]! : packed[(b * (b + 1)) / 2 + a]!;
  const point = parameters.slice();
  const slope = gradient.slice();
  /** Sums of the sizes of what makes up a slope: what its rounding is relative to. */
  const sizes = gradient.map(Math.abs);
  const held = new Uint8Array(size);
  /** Freed, and at once stopped by its bound: a gain that was rounding. */
  const settled = new Uint8Array(size);
  for (let j = 0; j < size; j++) held[j] = Number(isHeld(box, j, point[j]!, slope[j]!));

  const move = (j: number, to: number): void => {
    const step = to - point[j]!;
    point[j] = to;
    if (step === 0) return;
    for (let k = 0; k < size; k++) {
      const change = entry(j, k) * step;
      slope[k] = slope[k]! + change;
      sizes[k] = sizes[k]! + Math.abs(change);
    }
  };

  /** Solves for the free coordinates; false if a bound stopped them. */
  const solveFree = (): boolean => {
    const free: number[] = [];
    for (let j = 0; j < size; j++) if (held[j] === 0) free.push(j);
    if (free.length === 0) return true;
    const part = Float64Array.from(free.flatMap((j, a) => free.slice(0, a + 1).map((k) => entry(j, k))));
    const step = Float64Array.from(free, (j) => -slope[j]!);
    factorLdlt(part, free.length).solve(step, step);
    let share = 1;
    let first = -1;
    free.forEach((j, a) => {
      const bound = step[a]! < 0 ? box.lower[j]! : box.upper[j]!;
      const own = (bound - point[j]!) / step[a]!;
      if (step[a] !== 0 && own < share) {
        share = own;
        first = j;
      }
    });
    const stop = first < 0 ? 0 : step[free.indexOf(first)]! < 0 ? box.lower[first]! : box.upper[first]!;
    free.forEach((j, a) => {
      const to = point[j]! + share * step[a]!;
      move(j, j === first ? stop : Math.max(box.lower[j]!, Math.min(box.upper[j]!, to)));
    });
    if (first < 0) return true;
    held[first] = 1;
    if (!(share > 0)) settled[first] = 1;
    return false;
  };

  /** Frees the held coordinate that gains most; false if none does. */
  const freeOne = (): boolean => {
    let best = -1;
    let most = 0;
    for (let j = 0; j < size; j++) {
      if (held[j] === 0 || settled[j] === 1 || isHeld(box, j, point[j]!, slope[j]!)) continue;
      if (Math.abs(slope[j]!) <= GAIN * sizes[j]!) continue;
      const curvature = entry(j, j);
      const gain = curvature > 0 ? (slope[j]! * slope[j]!) / curvature : Infinity;
      if (gain > most) [best, most] = [j, gain];
    }
    if (best < 0) return false;
    held[best] = 0;
    return true;
  };

  for (let round = 0; round < ROUNDS * (size + 1); round++) if (solveFree() && !freeOne()) break;
  return point;
}
