import { expOne } from "./math/exp.js";
import { log1pOne } from "./math/log1p.js";
import { LEAF, nodeOf, popcount } from "./tree.js";

/** The largest x[begin .. begin + n), never −0; NaNs are passed over; −Infinity of nothing. */
export function maximum(n: number, x: Float64Array, begin: number): number {
  let max = -Infinity;
  for (let i = begin, end = begin + n; i < end; i++) if (x[i] > max) max = x[i];
  return max + 0;
}

/**
 * Σ exp(x − max) over one leaf, without the first maximum's own 1; also writes exp(x − max) to out[outBegin ...] unless
 * out is null. out may be x. The slots take turns in four variables: their combination does not see where they end.
 */
export function expRest(
  n: number,
  x: Float64Array,
  begin: number,
  max: number,
  out: Float64Array | null,
  outBegin: number,
): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let maxima = 0;
  for (let i = 0; i < n; i++) {
    const value = x[begin + i];
    const e = expOne(value - max);
    if (out !== null) out[outBegin + i] = e;
    let next = s0;
    if (value === max) maxima++;
    else next += e;
    s0 = s1;
    s1 = s2;
    s2 = s3;
    s3 = next;
  }
  return s0 + s2 + (s1 + s3) + (maxima - 1);
}

/** Merges the log-sum-exp node (max, rest) at `source` into the one at `target`. */
function mergeNodes(stack: Float64Array, target: number, source: number): void {
  const m1 = stack[target];
  const s1 = stack[target + 1];
  const m2 = stack[source];
  const s2 = stack[source + 1];
  if (m1 === m2) {
    stack[target + 1] = s1 + (1 + s2);
  } else if (m1 > m2) {
    stack[target + 1] = s1 + (1 + s2) * expOne(m2 - m1);
  } else {
    stack[target] = m2;
    stack[target + 1] = s2 + (1 + s1) * expOne(m1 - m2);
  }
}

export function logSumExp(n: number, firstLeaf: number, x: Float64Array, stack: Float64Array): void {
  leaves(n, firstLeaf, x, 0, stack);
}

function leaves(n: number, firstLeaf: number, x: Float64Array, offset: number, stack: Float64Array): void {
  for (let begin = 0, leaf = firstLeaf; begin < n; begin += LEAF, leaf++) {
    const size = Math.min(n - begin, LEAF);
    let node = nodeOf(leaf, 2);
    const max = maximum(size, x, offset + begin);
    stack[node] = max;
    stack[node + 1] = expRest(size, x, offset + begin, max, null, 0);
    for (let bits = leaf; bits & 1; bits >>= 1) {
      mergeNodes(stack, node - 2, node);
      node -= 2;
    }
  }
}

export function collapseLogSumExp(count: number, stack: Float64Array): void {
  if (count === 0) {
    stack[0] = -Infinity;
    stack[1] = 0;
  }
  for (let depth = popcount(count) - 1; depth > 0; depth--) mergeNodes(stack, 2 * depth - 2, 2 * depth);
  stack[2] = stack[0] + log1pOne(stack[1]);
}

/**
 * The log-sum-exp node of the row x[begin .. begin + columns), left at stack[0], stack[1]. A row of one leaf leaves
 * exp(x − max) in `out` if that is not null; a longer one does not.
 */
export function rowNode(
  columns: number,
  x: Float64Array,
  begin: number,
  out: Float64Array | null,
  outBegin: number,
  stack: Float64Array,
): void {
  if (columns <= LEAF) {
    const max = maximum(columns, x, begin);
    stack[0] = max;
    stack[1] = expRest(columns, x, begin, max, out, outBegin);
  } else {
    leaves(columns, 0, x, begin, stack);
    collapseLogSumExp(Math.ceil(columns / LEAF), stack);
  }
}

/** 1/Σ exp(x − max) from the node on the stack; NaN where the maximum is infinite. */
export function inverseTotal(stack: Float64Array): number {
  return stack[0] - stack[0] === 0 ? 1 / (1 + stack[1]) : NaN;
}

export function logSumExpRows(
  rows: number,
  columns: number,
  x: Float64Array,
  out: Float64Array,
  stack: Float64Array,
): void {
  for (let i = 0; i < rows; i++) {
    rowNode(columns, x, i * columns, null, 0, stack);
    out[i] = stack[0] + log1pOne(stack[1]);
  }
}

export function softmaxRows(
  rows: number,
  columns: number,
  x: Float64Array,
  out: Float64Array,
  stack: Float64Array,
): void {
  for (let i = 0; i < rows; i++) {
    const row = i * columns;
    rowNode(columns, x, row, out, row, stack);
    const inverse = inverseTotal(stack);
    if (columns <= LEAF) for (let k = row; k < row + columns; k++) out[k] *= inverse;
    else for (let k = row; k < row + columns; k++) out[k] = expOne(x[k] - stack[0]) * inverse;
  }
}

export function expShifted(n: number, x: Float64Array, shift: number, scale: number, out: Float64Array): void {
  for (let i = 0; i < n; i++) out[i] = expOne(x[i] - shift) * scale;
}

export function logSoftmaxRows(
  rows: number,
  columns: number,
  x: Float64Array,
  out: Float64Array,
  stack: Float64Array,
): void {
  for (let i = 0; i < rows; i++) {
    const row = i * columns;
    rowNode(columns, x, row, null, 0, stack);
    const max = stack[0];
    const log = max - max === 0 ? log1pOne(stack[1]) : NaN;
    for (let k = row; k < row + columns; k++) out[k] = x[k] - max - log;
  }
}
