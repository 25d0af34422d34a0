/** Σ c·x² over the rows of a leaf, row after row. */

import { at } from "./tree";

/** g_j = Σ (c_i·x_ij)·x_ij, row after row, six columns at a time; the last six share columns with those before. */
export function squaresOfOne(columns: i32, rows: i32, x: usize, c: usize, stride: usize, g: usize): void {
  const bytes = (<usize>columns) << 3;
  if (columns < 6) {
    for (let j = 0; j < columns; j++) squareOfColumn(rows, at(x, j), bytes, c, stride, at(g, j));
    return;
  }
  for (let from = 0; from < columns; from += 6) {
    const j = min(from, columns - 6);
    squaresOfSix(rows, at(x, j), bytes, c, stride, at(g, j));
  }
}

function squaresOfSix(rows: i32, x: usize, bytes: usize, c: usize, stride: usize, g: usize): void {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  for (; rows > 0; rows--, x += bytes, c += stride) {
    const f = v128.load64_splat(c);
    const x0 = v128.load(x);
    const x1 = v128.load(x, 16);
    const x2 = v128.load(x, 32);
    s0 = f64x2.add(s0, f64x2.mul(f64x2.mul(f, x0), x0));
    s1 = f64x2.add(s1, f64x2.mul(f64x2.mul(f, x1), x1));
    s2 = f64x2.add(s2, f64x2.mul(f64x2.mul(f, x2), x2));
  }
  v128.store(g, s0);
  v128.store(g, s1, 16);
  v128.store(g, s2, 32);
}

function squareOfColumn(rows: i32, x: usize, bytes: usize, c: usize, stride: usize, g: usize): void {
  let sum: f64 = 0;
  for (; rows > 0; rows--, x += bytes, c += stride) {
    const value = load<f64>(x);
    sum = sum + load<f64>(c) * value * value;
  }
  store<f64>(g, sum);
}
