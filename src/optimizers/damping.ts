import { type Ldlt, factorLdlt } from "../linalg/ldlt.js";
import { pivotOrder } from "../linalg/pivotOrder.js";

/** First damping, the factor it grows by, and what it does not grow beyond. */
export const FIRST_DAMPING = 0.0009765625;
export const DAMPING_FACTOR = 4;
const MOST_DAMPING = 1e6;

/** A Hessian with a multiple of its row sums added to its diagonal, factored. */
export interface Damped {
  readonly hessian: Float64Array;
  readonly factored: Ldlt;
  readonly damping: number;
}

/** The Hessian damped by the first of damping, 4·damping, ... that makes it positive definite. */
export function dampUntilDefinite(hessian: Float64Array, size: number, first: number): Damped {
  const sums = rowSums(hessian, size);
  for (let damping = first; ; damping *= DAMPING_FACTOR) {
    const out = damped(hessian, sums, damping);
    const factored = factorLdlt(out, size);
    // Beyond a damping of 1 the matrix is diagonally dominant, so the loop ends.
    if ((factored.definite && factored.rank === size) || !(damping < MOST_DAMPING)) {
      return { hessian: out, factored, damping };
    }
  }
}

function damped(hessian: Float64Array, sums: Float64Array, damping: number): Float64Array {
  const out = Float64Array.from(hessian);
  for (let j = 0; j < sums.length; j++) out[(j * (j + 3)) / 2]! += damping * sums[j]!;
  return out;
}

/**
 * The Hessian, damped as far as it must be to be positive definite, unless it is semidefinite as it is and no coordinate
 * of this slope beyond its rate lacks a curvature; and by how much.
 */
export function dampUnlessSemidefinite(
  hessian: Float64Array,
  before: number,
  slope: Float64Array,
  rate: Float64Array,
): Pick<Damped, "hessian" | "damping"> {
  const size = slope.length;
  let curved = true;
  for (let j = 0; j < size; j++) {
    if (!(hessian[(j * (j + 3)) / 2]! > 0) && Math.abs(slope[j]!) > rate[j]!) curved = false;
  }
  if (curved && pivotOrder(hessian, size).semidefinite) return { hessian, damping: 0 };
  return dampUntilDefinite(hessian, size, Math.max(FIRST_DAMPING, before / DAMPING_FACTOR));
}

/** Σ_k |H_jk| for every row j; 1 for a zero row. */
function rowSums(hessian: Float64Array, size: number): Float64Array {
  const sums = new Float64Array(size);
  for (let a = 0, start = 0; a < size; a++, start += a) {
    for (let b = 0; b <= a; b++) {
      const entry = Math.abs(hessian[start + b]!);
      sums[a] = sums[a]! + entry;
      if (b < a) sums[b] = sums[b]! + entry;
    }
  }
  for (let j = 0; j < size; j++) if (!(sums[j]! > 0)) sums[j] = 1;
  return sums;
}
