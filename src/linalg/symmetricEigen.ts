import { EPSILON } from "../constants.js";

/** Eigenvalues, ascending, and their eigenvectors. */
export interface SymmetricEigen {
  /** [size], ascending. */
  readonly values: Float64Array;
  /** [size × size]: row k is the unit eigenvector of value k, its largest entry positive. */
  readonly vectors: Float64Array;
}

/** Sweeps after which the rotations have always ended; they converge quadratically. */
const MOST_SWEEPS = 60;

/**
 * All eigenvalues and eigenvectors of a symmetric matrix, given as a packed lower triangle of finite entries, by cyclic
 * Jacobi rotations: slower than tridiagonal methods, but simple, and small eigenvalues of well scaled matrices come out
 * to their own digits.
 *
 * Source: G. H. Golub & C. F. Van Loan, *Matrix Computations*, 4th ed., 2013, §8.5.
 */
export function symmetricEigen(packed: Float64Array, size: number): SymmetricEigen {
  const a = new Float64Array(size * size);
  const v = new Float64Array(size * size);
  for (let i = 0, at = 0; i < size; i++) {
    v[i * size + i] = 1;
    for (let j = 0; j <= i; j++, at++) a[i * size + j] = a[j * size + i] = packed[at]!;
  }
  for (let sweep = 0, rotated = true; rotated && sweep < MOST_SWEEPS; sweep++) {
    rotated = false;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) if (rotate(a, v, size, p, q)) rotated = true;
    }
  }
  const order = Array.from({ length: size }, (_, k) => k).sort((i, j) => a[i * size + i]! - a[j * size + j]! || i - j);
  const vectors = new Float64Array(size * size);
  order.forEach((from, to) => {
    const vector = v.subarray(from * size, (from + 1) * size);
    const largest = vector.reduce((most, entry) => (Math.abs(entry) > Math.abs(most) ? entry : most), 0);
    for (let j = 0; j < size; j++) vectors[to * size + j] = largest < 0 ? -vector[j]! : vector[j]!;
  });
  return { values: Float64Array.from(order, (k) => a[k * size + k]!), vectors };
}

/** Makes entry (p, q) zero; false if it is negligible already. Eigenvectors are the rows of `v`. */
function rotate(a: Float64Array, v: Float64Array, size: number, p: number, q: number): boolean {
  const [app, aqq, apq] = [a[p * size + p]!, a[q * size + q]!, a[p * size + q]!];
  // √|app·aqq| as two roots: the product may overflow.
  if (!(Math.abs(apq) > 0.5 * EPSILON * Math.sqrt(Math.abs(app)) * Math.sqrt(Math.abs(aqq)))) return false;
  const tau = (aqq - app) / (2 * apq);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  if (t === 0) {
    a[p * size + q] = a[q * size + p] = 0;
    return true;
  }
  const c = 1 / Math.sqrt(1 + t * t);
  const s = t * c;
  a[p * size + p] = app - t * apq;
  a[q * size + q] = aqq + t * apq;
  a[p * size + q] = a[q * size + p] = 0;
  for (let k = 0; k < size; k++) {
    if (k !== p && k !== q) {
      const [x, y] = [a[k * size + p]!, a[k * size + q]!];
      a[k * size + p] = a[p * size + k] = c * x - s * y;
      a[k * size + q] = a[q * size + k] = s * x + c * y;
    }
    const [x, y] = [v[p * size + k]!, v[q * size + k]!];
    v[p * size + k] = c * x - s * y;
    v[q * size + k] = s * x + c * y;
  }
  return true;
}
