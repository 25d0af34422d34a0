import { expOne } from "../backend/typescript/math/exp.js";

/** 2^27 + 1: cuts a double into two halves. */
const SPLITTER = 134217729;

function topOf(x: number): number {
  const large = SPLITTER * x;
  return large - (large - x);
}

/** e^(c·z), the rounding of the product made good: T. J. Dekker, Numer. Math. 18 (1971). 2 ulp. */
export function expOfProduct(c: number, z: number): number {
  const product = c * z;
  const e = expOne(product);
  if (c === 1 || c === -1 || !(Math.abs(product) < 709 && Math.abs(z) < 1e200)) return e;
  const cTop = topOf(c);
  const cRest = c - cTop;
  const zTop = topOf(z);
  const zRest = z - zTop;
  const error = cTop * zTop - product + cTop * zRest + cRest * zTop + cRest * zRest;
  return e + e * error;
}
