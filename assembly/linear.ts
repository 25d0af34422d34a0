import { squaresOfOne } from "./squares";
import { sumsOfOne, sumsOfSeveral } from "./sums";
import { at, carry, combine, leafRows, nodeOf } from "./tree";
import { dots } from "./vector";

export function linearScores(
  columns: i32,
  outputs: i32,
  begin: i32,
  end: i32,
  x: usize,
  parameters: usize,
  offset: usize,
  scores: usize,
  scratch: usize,
): void {
  const first = x + (<usize>begin * <usize>columns << 3);
  if (outputs > 1) transpose(columns, outputs, parameters, scratch);
  const shift = offset ? offset + (<usize>begin * <usize>outputs << 3) : 0;
  scoresOf(columns, outputs, end - begin, first, parameters, scratch, shift, scores);
}

/** Scores of rows from `x` on; `weights`: the transposed coefficients. */
export function scoresOf(
  columns: i32,
  outputs: i32,
  rows: i32,
  x: usize,
  parameters: usize,
  weights: usize,
  offset: usize,
  scores: usize,
): void {
  if (outputs == 1) dots(columns, rows, x, at(parameters, 1), load<f64>(parameters), scores);
  else products(columns, outputs, rows, x, parameters, weights, scores);
  if (offset) {
    for (let i = 0; i < rows * outputs; i++) store<f64>(at(scores, i), load<f64>(at(scores, i)) + load<f64>(at(offset, i)));
  }
}

/** Coefficients [outputs × (1 + columns)] without intercepts to [columns × outputs]. */
export function transpose(columns: i32, outputs: i32, parameters: usize, out: usize): void {
  for (let k = 0; k < outputs; k++) {
    const row = at(parameters, k * (columns + 1) + 1);
    for (let j = 0; j < columns; j++) store<f64>(at(out, j * outputs + k), load<f64>(at(row, j)));
  }
}

/**
 * Scores of several outputs: acc ← acc + x_j·w_jk, j ascending, in tiles of four rows × four outputs, or two of two or
 * three. The last tile ends at the last output, and computes again what it shares with the one before.
 */
function products(columns: i32, outputs: i32, rows: i32, x: usize, parameters: usize, weights: usize, out: usize): void {
  const bytes = (<usize>columns) << 3;
  for (let i = 0; i < rows; i += 4) {
    // Rows beyond the last are the last once more.
    const last = rows - 1;
    const i1 = min(i + 1, last);
    const i2 = min(i + 2, last);
    const i3 = min(i + 3, last);
    const x0 = x + <usize>i * bytes;
    const x1 = x + <usize>i1 * bytes;
    const x2 = x + <usize>i2 * bytes;
    const x3 = x + <usize>i3 * bytes;
    for (let k = 0; k < outputs; k += outputs >= 4 ? 4 : 2) {
      const f = outputs >= 4 ? min(k, outputs - 4) : min(k, outputs - 2);
      const w = at(weights, f);
      const z0 = at(out, i * outputs + f);
      const z1 = at(out, i1 * outputs + f);
      const z2 = at(out, i2 * outputs + f);
      const z3 = at(out, i3 * outputs + f);
      if (outputs >= 4) productTile(true, columns, outputs, x0, x1, x2, x3, w, z0, z1, z2, z3);
      else productTile(false, columns, outputs, x0, x1, x2, x3, w, z0, z1, z2, z3);
    }
  }
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < outputs; k++) {
      const z = at(out, i * outputs + k);
      store<f64>(z, load<f64>(z) + load<f64>(at(parameters, k * (columns + 1))));
    }
  }
}

/** Four rows × four outputs, or two. */
// @ts-ignore: decorator
@inline
function productTile(
  four: bool,
  columns: i32,
  outputs: i32,
  x0: usize,
  x1: usize,
  x2: usize,
  x3: usize,
  weights: usize,
  z0: usize,
  z1: usize,
  z2: usize,
  z3: usize,
): void {
  const stride = (<usize>outputs) << 3;
  let a0 = f64x2.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  let w = weights;
  for (let j = 0; j < columns; j++, w += stride) {
    const w0 = v128.load(w);
    const w1 = four ? v128.load(w, 16) : w0;
    let f = v128.load64_splat(at(x0, j));
    a0 = f64x2.add(a0, f64x2.mul(f, w0));
    if (four) a1 = f64x2.add(a1, f64x2.mul(f, w1));
    f = v128.load64_splat(at(x1, j));
    b0 = f64x2.add(b0, f64x2.mul(f, w0));
    if (four) b1 = f64x2.add(b1, f64x2.mul(f, w1));
    f = v128.load64_splat(at(x2, j));
    c0 = f64x2.add(c0, f64x2.mul(f, w0));
    if (four) c1 = f64x2.add(c1, f64x2.mul(f, w1));
    f = v128.load64_splat(at(x3, j));
    d0 = f64x2.add(d0, f64x2.mul(f, w0));
    if (four) d1 = f64x2.add(d1, f64x2.mul(f, w1));
  }
  v128.store(z0, a0);
  v128.store(z1, b0);
  v128.store(z2, c0);
  v128.store(z3, d0);
  if (!four) return;
  v128.store(z0, a1, 16);
  v128.store(z1, b1, 16);
  v128.store(z2, c1, 16);
  v128.store(z3, d1, 16);
}

export function linearGradient(
  columns: i32,
  outputs: i32,
  begin: i32,
  end: i32,
  x: usize,
  residuals: usize,
  stack: usize,
): void {
  rowSums(false, columns, outputs, begin, end, x, residuals, stack);
}

export function linearSquares(
  columns: i32,
  outputs: i32,
  begin: i32,
  end: i32,
  x: usize,
  curvature: usize,
  stack: usize,
): void {
  rowSums(true, columns, outputs, begin, end, x, curvature, stack);
}

/** Σ r and Σ r·x of every leaf, or Σ r·x². */
function rowSums(
  squares: bool,
  columns: i32,
  outputs: i32,
  begin: i32,
  end: i32,
  x: usize,
  factors: usize,
  stack: usize,
): void {
  const leaf = leafRows(outputs);
  const size = outputs * (columns + 1);
  const stride = (<usize>outputs) << 3;
  for (let row = begin, index = begin / leaf; row < end; row += leaf, index++) {
    const rows = min(end - row, leaf);
    const node = nodeOf(index, size, stack);
    const first = x + (<usize>row * <usize>columns << 3);
    const r = at(factors, (row - begin) * outputs);
    for (let k = 0; k < outputs; k++) {
      const g = at(node, k * (columns + 1));
      store<f64>(g, sumStrided(rows, outputs, at(r, k)));
      if (squares) squaresOfOne(columns, rows, first, at(r, k), stride, at(g, 1));
    }
    if (!squares) {
      if (outputs == 1) sumsOfOne(columns, rows, first, r, stride, at(node, 1));
      else sumsOfSeveral(columns, outputs, rows, first, r, node);
    }
    carry(index, size, stack);
  }
}

/** Σ values[i·stride] in slots. */
function sumStrided(rows: i32, stride: i32, values: usize): f64 {
  let a = f64x2.splat(0);
  let b = a;
  for (let i = 0; i < rows; i += 2) {
    let pair = v128.load64_zero(at(values, i * stride));
    if (i + 1 < rows) pair = f64x2.replace_lane(pair, 1, load<f64>(at(values, (i + 1) * stride)));
    if (i & 2) b = f64x2.add(b, pair);
    else a = f64x2.add(a, pair);
  }
  return combine(a, b);
}
