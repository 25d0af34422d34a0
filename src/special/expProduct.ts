/**
 * exp(e + low)·factor for a small `low`, rounded once where the result is subnormal: below −600 as
 * exp(e + 340)·factor·exp(−340).
 *
 * @module
 */
import { expOne } from "../backend/typescript/math/exp.js";

export function expProduct(e: number, low: number, factor: number): number {
  const scaled = factor + factor * low;
  return e < -600 ? expOne(e + 340) * scaled * 2.1871378321977182e-148 : expOne(e) * scaled;
}
