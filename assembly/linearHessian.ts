import { sumTile } from "./sums";
import { at, carry, leafRows, nodeOf } from "./tree";

/** Four columns of the rows of a leaf, each times its row's curvature: [64 × 4]. */
const scaled: usize = memory.data(2048, 16);

export function linearHessian(
  columns: i32,
  outputs: i32,
  pairs: i32,
  begin: i32,
  end: i32,
  x: usize,
  curvature: usize,
  stack: usize,
): void {
  const leaf = leafRows(outputs);
  const triangle = ((columns + 1) * (columns + 2)) / 2;
  const size = pairs * triangle;
  for (let row = begin, index = begin / leaf; row < end; row += leaf, index++) {
    const rows = min(end - row, leaf);
    const node = nodeOf(index, size, stack);
    const first = x + (<usize>row * <usize>columns << 3);
    for (let pair = 0; pair < pairs; pair++) {
      const h = at(curvature, pair * (end - begin) + (row - begin));
      leafHessian(columns, rows, first, h, at(node, pair * triangle));
    }
    carry(index, size, stack);
  }
}

/**
 * The packed triangle of a leaf, in tiles of four rows × four columns of it whose sums stay in registers. The last rows of
 * tiles end at the last column, and compute again what they share with those before.
 */
function leafHessian(columns: i32, rows: i32, x: usize, h: usize, node: usize): void {
  const bytes = (<usize>columns) << 3;
  let total: f64 = 0;
  for (let i = 0; i < rows; i++) total = total + load<f64>(at(h, i));
  store<f64>(node, total);
  if (columns < 4) {
    for (let a = 0; a < columns; a++) entries(a, rows, x, bytes, h, rowOf(node, a));
    return;
  }
  for (let from = 0; from < columns; from += 4) {
    const a = min(from, columns - 4);
    scaleFour(rows, at(x, a), bytes, h);
    const g0 = rowOf(node, a);
    const g1 = rowOf(node, a + 1);
    const g2 = rowOf(node, a + 2);
    const g3 = rowOf(node, a + 3);
    sumScaled(rows, g0, g1, g2, g3);
    for (let to = 0; to < a + 4; to += 4) {
      const b = min(to, a);
      const shift = <usize>(b + 1) << 3;
      sumTile(rows, scaled, 32, at(x, b), bytes, a + 1 - b, g0 + shift, g1 + shift, g2 + shift, g3 + shift);
    }
  }
}

/** Where the row of column a begins in a packed triangle, with its product with the intercept. */
// @ts-ignore: decorator
@inline
function rowOf(node: usize, a: i32): usize {
  return at(node, ((a + 1) * (a + 2)) / 2);
}

/** The row of column a, number by number. */
function entries(a: i32, rows: i32, x: usize, bytes: usize, h: usize, out: usize): void {
  for (let b = -1; b <= a; b++) {
    let sum: f64 = 0;
    let row = x;
    for (let i = 0; i < rows; i++, row += bytes) {
      const v = load<f64>(at(h, i)) * load<f64>(at(row, a));
      sum = sum + (b < 0 ? v : v * load<f64>(at(row, b)));
    }
    store<f64>(at(out, b + 1), sum);
  }
}

function scaleFour(rows: i32, x: usize, bytes: usize, h: usize): void {
  let p = scaled;
  for (let i = 0; i < rows; i++, x += bytes, p += 32) {
    const f = v128.load64_splat(at(h, i));
    v128.store(p, f64x2.mul(f, v128.load(x)));
    v128.store(p, f64x2.mul(f, v128.load(x, 16)), 16);
  }
}

/** The products with the intercept. */
function sumScaled(rows: i32, g0: usize, g1: usize, g2: usize, g3: usize): void {
  let a = f64x2.splat(0);
  let b = a;
  let p = scaled;
  for (let i = 0; i < rows; i++, p += 32) {
    a = f64x2.add(a, v128.load(p));
    b = f64x2.add(b, v128.load(p, 16));
  }
  v128.store64_lane(g0, a, 0);
  v128.store64_lane(g1, a, 1);
  v128.store64_lane(g2, b, 0);
  v128.store64_lane(g3, b, 1);
}
