import { EPSILON } from "../constants.js";

/** Which coordinates of a positive semidefinite matrix are independent. */
export interface PivotOrder {
  /** All coordinates; the first `rank` are independent and determine the others. */
  readonly order: Int32Array;
  readonly rank: number;
  /** False if some pivot was significantly negative or an entry was not finite: the rest then means nothing. */
  readonly semidefinite: boolean;
}

/**
 * Cholesky with diagonal pivoting of a packed lower triangle, scaled to a unit diagonal: the largest pivot comes next, and
 * pivots within 64·ε·size of zero end it. Unlike LDLᵀ in the given order it stays accurate however many coordinates depend
 * on others.
 *
 * Source: N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed., 2002, §10.3.
 */
export function pivotOrder(packed: Float64Array, size: number): PivotOrder {
  const tolerance = size * 64 * EPSILON;
  const order = Int32Array.from({ length: size }, (_, j) => j);
  const rest = new Float64Array(size * size);
  const scaling = Float64Array.from(order, (j) => {
    const diagonal = packed[(j * (j + 3)) / 2]!;
    return diagonal > 0 ? 1 / Math.sqrt(diagonal) : 1;
  });
  for (let a = 0, at = 0; a < size; a++) {
    for (let b = 0; b <= a; b++, at++) {
      rest[a * size + b] = rest[b * size + a] = packed[at]! * scaling[a]! * scaling[b]!;
    }
  }
  let rank = 0;
  for (; rank < size; rank++) {
    let best = rank;
    for (let i = rank + 1; i < size; i++) {
      if (rest[order[i]! * (size + 1)]! > rest[order[best]! * (size + 1)]!) best = i;
    }
    const pivot = order[best]!;
    const value = rest[pivot * (size + 1)]!;
    if (!(value > tolerance)) break;
    order[best] = order[rank]!;
    order[rank] = pivot;
    for (let i = rank + 1; i < size; i++) {
      const a = order[i]! * size;
      const factor = rest[a + pivot]! / value;
      if (factor === 0) continue;
      for (let k = rank + 1; k < size; k++) rest[a + order[k]!]! -= factor * rest[pivot * size + order[k]!]!;
    }
  }
  // What is left of a semidefinite matrix is as small as its diagonal.
  let semidefinite = true;
  for (let i = rank; i < size; i++) {
    for (let k = rank; k <= i; k++) {
      const entry = rest[order[i]! * size + order[k]!]!;
      if (!(i === k ? Math.abs(entry) <= tolerance : entry * entry <= 4 * tolerance)) semidefinite = false;
    }
  }
  return { order, rank, semidefinite };
}
