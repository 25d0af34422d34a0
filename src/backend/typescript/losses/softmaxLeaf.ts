import { logOne } from "../math/log.js";
import { log1pOne } from "../math/log1p.js";

/** Mean loss of a leaf below which log Π(1 + s) would lose relative accuracy. */
const SMALL = 0.03125;

/** Per row of a leaf: rest s, mass Q (of distributions), margin Σ q_k·(m − z_k). */
export const rests = /*#__PURE__*/ new Float64Array(64);
export const masses = /*#__PURE__*/ new Float64Array(64);
export const margins = /*#__PURE__*/ new Float64Array(64);

// Slots take turns in four variables: their combination does not see where they end.

/** Σ w·(Q·log1p(s) + margin) over the rows of a leaf from `begin` on, in slots; without masses Q = 1. */
export function leafExact(
  rows: number,
  begin: number,
  weights: Float64Array | null,
  masses: Float64Array | null,
): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let r = 0; r < rows; r++) {
    const w = weights === null ? 1 : weights[begin + r];
    let sum = s0;
    if (w !== 0) sum += w * ((masses === null ? 1 : masses[r]) * log1pOne(rests[r]) + margins[r]);
    s0 = s1;
    s1 = s2;
    s2 = s3;
    s3 = sum;
  }
  return s0 + s2 + (s1 + s3);
}

/** Σ loss of a leaf of class indices whose rows all weigh 1: the logarithms are taken of a product. */
export function leafPlain(rows: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let p0 = 1;
  let p1 = 1;
  let p2 = 1;
  let p3 = 1;
  for (let r = 0; r < rows; r++) {
    const sum = s0 + margins[r];
    s0 = s1;
    s1 = s2;
    s2 = s3;
    s3 = sum;
    const product = p0 * (1 + rests[r]);
    p0 = p1;
    p1 = p2;
    p2 = p3;
    p3 = product;
  }
  const loss = s0 + s2 + (s1 + s3) + logOne(p0 * p2 * (p1 * p3));
  return loss < SMALL * rows ? leafExact(rows, 0, null, null) : loss;
}
