import { sigmoidOne } from "../backend/typescript/math/sigmoid.js";
import { softplusOne } from "../backend/typescript/math/softplus.js";

// Binary cross-entropy with a success counted a times: ℓ = a·y·softplus(−z) + (1 − y)·softplus(z).

/** a·x, 0 for a = 0 whatever x. */
function times(a: number, x: number): number {
  return a === 0 ? 0 : a * x;
}

export function value(a: number, z: number, y: number): number {
  return times(a * y, softplusOne(-z)) + times(1 - y, softplusOne(z));
}

export function gradient(a: number, z: number, y: number): number {
  return (1 - y) * sigmoidOne(z) - a * y * sigmoidOne(-z);
}

export function curvature(a: number, z: number, y: number): number {
  return (a * y + (1 - y)) * (sigmoidOne(z) * sigmoidOne(-z));
}
