/** Σ r·x over the rows of a leaf, row after row. */

import { at } from "./tree";

/**
 * g_j = Σ r_i·x_ij, row after row, eight columns at a time whose sums stay in registers: a fifth faster than four rows at
 * a time with the sums in memory. The last block ends at the last column, and computes again what it shares with the one
 * before. Residuals lie `stride` bytes apart.
 */
export function sumsOfOne(columns: i32, rows: i32, x: usize, r: usize, stride: usize, g: usize): void {
  const bytes = (<usize>columns) << 3;
  let j = 0;
  for (; j + 8 <= columns; j += 8) {
    sumsOfEight(rows, at(x, j), bytes, r, stride, at(g, j));
  }
  const left = columns - j;
  if (left > 4 && j > 0) {
    sumsOfEight(rows, at(x, columns - 8), bytes, r, stride, at(g, columns - 8));
  } else if (left > 0 && columns > 3) {
    const first = min(j, columns - 4);
    sumsOfFour(rows, at(x, first), bytes, r, stride, at(g, first));
    if (left > 4) sumsOfFour(rows, at(x, columns - 4), bytes, r, stride, at(g, columns - 4));
  } else {
    for (; j < columns; j++) sumOfColumn(rows, at(x, j), bytes, r, stride, at(g, j));
  }
}

/** Eight columns, two rows at a time. */
function sumsOfEight(rows: i32, x: usize, bytes: usize, r: usize, stride: usize, g: usize): void {
  let a = f64x2.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (let i = rows >> 1; i > 0; i--) {
    let f = v128.load64_splat(r);
    a = f64x2.add(a, f64x2.mul(f, v128.load(x)));
    b = f64x2.add(b, f64x2.mul(f, v128.load(x, 16)));
    c = f64x2.add(c, f64x2.mul(f, v128.load(x, 32)));
    d = f64x2.add(d, f64x2.mul(f, v128.load(x, 48)));
    x += bytes;
    r += stride;
    f = v128.load64_splat(r);
    a = f64x2.add(a, f64x2.mul(f, v128.load(x)));
    b = f64x2.add(b, f64x2.mul(f, v128.load(x, 16)));
    c = f64x2.add(c, f64x2.mul(f, v128.load(x, 32)));
    d = f64x2.add(d, f64x2.mul(f, v128.load(x, 48)));
    x += bytes;
    r += stride;
  }
  if (rows & 1) {
    const f = v128.load64_splat(r);
    a = f64x2.add(a, f64x2.mul(f, v128.load(x)));
    b = f64x2.add(b, f64x2.mul(f, v128.load(x, 16)));
    c = f64x2.add(c, f64x2.mul(f, v128.load(x, 32)));
    d = f64x2.add(d, f64x2.mul(f, v128.load(x, 48)));
  }
  v128.store(g, a);
  v128.store(g, b, 16);
  v128.store(g, c, 32);
  v128.store(g, d, 48);
}

function sumsOfFour(rows: i32, x: usize, bytes: usize, r: usize, stride: usize, g: usize): void {
  let a = f64x2.splat(0);
  let b = a;
  for (let i = 0; i < rows; i++, x += bytes, r += stride) {
    const f = v128.load64_splat(r);
    a = f64x2.add(a, f64x2.mul(f, v128.load(x)));
    b = f64x2.add(b, f64x2.mul(f, v128.load(x, 16)));
  }
  v128.store(g, a);
  v128.store(g, b, 16);
}

function sumOfColumn(rows: i32, x: usize, bytes: usize, r: usize, stride: usize, g: usize): void {
  let sum: f64 = 0;
  for (let i = 0; i < rows; i++, x += bytes, r += stride) sum = sum + load<f64>(r) * load<f64>(x);
  store<f64>(g, sum);
}

/** The same for several outputs, in tiles of four outputs × four columns where there are that many. */
export function sumsOfSeveral(columns: i32, outputs: i32, rows: i32, x: usize, residuals: usize, node: usize): void {
  const bytes = (<usize>columns) << 3;
  const stride = (<usize>outputs) << 3;
  const isTiled = columns >= 4 && outputs >= 4;
  for (let from = 0; from < outputs; from += isTiled ? 4 : 1) {
    const k = isTiled ? min(from, outputs - 4) : from;
    const r = at(residuals, k);
    const g = at(node, k * (columns + 1) + 1);
    if (!isTiled) {
      sumsOfOne(columns, rows, x, r, stride, g);
      continue;
    }
    const apart = bytes + 8;
    for (let j = 0; j < columns; j += 4) {
      const c = min(j, columns - 4);
      const out = at(g, c);
      sumTile(rows, r, stride, at(x, c), bytes, 4, out, out + apart, out + 2 * apart, out + 3 * apart);
    }
  }
}

/**
 * Σ_i f_i·x_i for four numbers f next to each other × four numbers x, i ascending: sixteen sums in registers, eight products
 * a row for six loads. Of sum r the first `count` + r are stored, four at most.
 */
export function sumTile(
  rows: i32,
  f: usize,
  fStride: usize,
  x: usize,
  xStride: usize,
  count: i32,
  g0: usize,
  g1: usize,
  g2: usize,
  g3: usize,
): void {
  let a0 = f64x2.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  for (; rows > 0; rows--, f += fStride, x += xStride) {
    const x0 = v128.load(x);
    const x1 = v128.load(x, 16);
    let r = v128.load64_splat(f);
    a0 = f64x2.add(a0, f64x2.mul(r, x0));
    a1 = f64x2.add(a1, f64x2.mul(r, x1));
    r = v128.load64_splat(f, 8);
    b0 = f64x2.add(b0, f64x2.mul(r, x0));
    b1 = f64x2.add(b1, f64x2.mul(r, x1));
    r = v128.load64_splat(f, 16);
    c0 = f64x2.add(c0, f64x2.mul(r, x0));
    c1 = f64x2.add(c1, f64x2.mul(r, x1));
    r = v128.load64_splat(f, 24);
    d0 = f64x2.add(d0, f64x2.mul(r, x0));
    d1 = f64x2.add(d1, f64x2.mul(r, x1));
  }
  put(count, g0, a0, a1);
  put(count + 1, g1, b0, b1);
  put(count + 2, g2, c0, c1);
  put(count + 3, g3, d0, d1);
}

/** Stores the first `count` of four numbers. */
// @ts-ignore: decorator
@inline
function put(count: i32, p: usize, first: v128, second: v128): void {
  if (count == 1) v128.store64_lane(p, first, 0);
  else v128.store(p, first);
  if (count == 3) v128.store64_lane(p, second, 0, 16);
  else if (count > 3) v128.store(p, second, 16);
}
