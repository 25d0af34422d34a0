import { at, carry, combine, leafRows, nodeOf } from "./tree";
import { dotSlots } from "./vector";

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
  const rows = end - begin;
  const first = x + (<usize>begin * <usize>columns << 3);
  if (outputs == 1) {
    const intercept = load<f64>(parameters);
    for (let i = 0; i < rows; i++) {
      const row = first + (<usize>i * <usize>columns << 3);
      store<f64>(at(scores, i), dotSlots(columns, row, at(parameters, 1)) + intercept);
    }
  } else {
    transpose(columns, outputs, parameters, scratch);
    for (let i = 0; i < rows; i++) {
      scoresOfRow(columns, outputs, first + (<usize>i * <usize>columns << 3), parameters, scratch, at(scores, i * outputs));
    }
  }
  if (offset) {
    const shift = offset + (<usize>begin * <usize>outputs << 3);
    for (let i = 0; i < rows * outputs; i++) store<f64>(at(scores, i), load<f64>(at(scores, i)) + load<f64>(at(shift, i)));
  }
}

/** Coefficients [outputs × (1 + columns)] without intercepts to [columns × outputs]. */
function transpose(columns: i32, outputs: i32, parameters: usize, out: usize): void {
  for (let k = 0; k < outputs; k++) {
    const row = at(parameters, k * (columns + 1) + 1);
    for (let j = 0; j < columns; j++) store<f64>(at(out, j * outputs + k), load<f64>(at(row, j)));
  }
}

/** All outputs of one row: acc ← acc + x_j·w_jk, j ascending, eight, two or one outputs at a time. */
// @ts-ignore: decorator
@inline
function scoresOfRow(columns: i32, outputs: i32, row: usize, parameters: usize, weights: usize, out: usize): void {
  const stride = (<usize>outputs) << 3;
  let k = 0;
  for (; k + 8 <= outputs; k += 8) {
    let a = f64x2.splat(0);
    let b = a;
    let c = a;
    let d = a;
    let w = at(weights, k);
    for (let j = 0; j < columns; j++, w += stride) {
      const xj = v128.load64_splat(at(row, j));
      a = f64x2.add(a, f64x2.mul(xj, v128.load(w)));
      b = f64x2.add(b, f64x2.mul(xj, v128.load(w, 16)));
      c = f64x2.add(c, f64x2.mul(xj, v128.load(w, 32)));
      d = f64x2.add(d, f64x2.mul(xj, v128.load(w, 48)));
    }
    v128.store(at(out, k), a);
    v128.store(at(out, k), b, 16);
    v128.store(at(out, k), c, 32);
    v128.store(at(out, k), d, 48);
  }
  for (; k + 2 <= outputs; k += 2) {
    let a = f64x2.splat(0);
    let w = at(weights, k);
    for (let j = 0; j < columns; j++, w += stride) {
      a = f64x2.add(a, f64x2.mul(v128.load64_splat(at(row, j)), v128.load(w)));
    }
    v128.store(at(out, k), a);
  }
  if (k < outputs) {
    let a: f64 = 0;
    let w = at(weights, k);
    for (let j = 0; j < columns; j++, w += stride) a = a + load<f64>(at(row, j)) * load<f64>(w);
    store<f64>(at(out, k), a);
  }
  for (let i = 0; i < outputs; i++) {
    store<f64>(at(out, i), load<f64>(at(out, i)) + load<f64>(at(parameters, i * (columns + 1))));
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

/** g ← g + r0·x0 + r1·x1 + r2·x2 + r3·x3, in this order; the rows lie one after the other. */
// @ts-ignore: decorator
@inline
function addFourRows(n: i32, x: usize, bytes: usize, r0: f64, r1: f64, r2: f64, r3: f64, g: usize): void {
  const f0 = f64x2.splat(r0);
  const f1 = f64x2.splat(r1);
  const f2 = f64x2.splat(r2);
  const f3 = f64x2.splat(r3);
  const x1 = x + bytes;
  const x2 = x1 + bytes;
  const x3 = x2 + bytes;
  const pairs = n & ~1;
  for (let j = 0; j < pairs; j += 2) {
    let sum = f64x2.add(v128.load(at(g, j)), f64x2.mul(f0, v128.load(at(x, j))));
    sum = f64x2.add(sum, f64x2.mul(f1, v128.load(at(x1, j))));
    sum = f64x2.add(sum, f64x2.mul(f2, v128.load(at(x2, j))));
    v128.store(at(g, j), f64x2.add(sum, f64x2.mul(f3, v128.load(at(x3, j)))));
  }
  if (pairs < n) {
    let sum = load<f64>(at(g, pairs)) + r0 * load<f64>(at(x, pairs));
    sum = sum + r1 * load<f64>(at(x1, pairs));
    sum = sum + r2 * load<f64>(at(x2, pairs));
    store<f64>(at(g, pairs), sum + r3 * load<f64>(at(x3, pairs)));
  }
}

/** g ← g + r·x. */
// @ts-ignore: decorator
@inline
function addRow(n: i32, x: usize, r: f64, g: usize): void {
  const factor = f64x2.splat(r);
  const pairs = n & ~1;
  for (let j = 0; j < pairs; j += 2) {
    v128.store(at(g, j), f64x2.add(v128.load(at(g, j)), f64x2.mul(factor, v128.load(at(x, j)))));
  }
  if (pairs < n) store<f64>(at(g, pairs), load<f64>(at(g, pairs)) + r * load<f64>(at(x, pairs)));
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
  const leaf = leafRows(outputs);
  const size = outputs * (columns + 1);
  const bytes = (<usize>columns) << 3;
  for (let row = begin, index = begin / leaf; row < end; row += leaf, index++) {
    const rows = min(end - row, leaf);
    const node = nodeOf(index, size, stack);
    memory.fill(node, 0, (<usize>size) << 3);
    const first = x + <usize>row * bytes;
    const r = at(residuals, (row - begin) * outputs);
    const whole = rows & ~3;
    for (let i = 0; i < whole; i += 4) {
      const rowsOfX = first + <usize>i * bytes;
      for (let k = 0; k < outputs; k++) {
        const r0 = at(r, i * outputs + k);
        addFourRows(
          columns,
          rowsOfX,
          bytes,
          load<f64>(r0),
          load<f64>(at(r0, outputs)),
          load<f64>(at(r0, 2 * outputs)),
          load<f64>(at(r0, 3 * outputs)),
          at(node, k * (columns + 1) + 1),
        );
      }
    }
    for (let i = whole; i < rows; i++) {
      for (let k = 0; k < outputs; k++) {
        addRow(columns, first + <usize>i * bytes, load<f64>(at(r, i * outputs + k)), at(node, k * (columns + 1) + 1));
      }
    }
    for (let k = 0; k < outputs; k++) store<f64>(at(node, k * (columns + 1)), sumStrided(rows, outputs, at(r, k)));
    carry(index, size, stack);
  }
}

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
  const bytes = (<usize>columns) << 3;
  for (let row = begin, index = begin / leaf; row < end; row += leaf, index++) {
    const rows = min(end - row, leaf);
    const node = nodeOf(index, size, stack);
    memory.fill(node, 0, (<usize>size) << 3);
    const first = x + <usize>row * bytes;
    for (let pair = 0; pair < pairs; pair++) {
      const h = at(curvature, pair * (end - begin) + (row - begin));
      leafHessian(columns, rows, first, bytes, h, at(node, pair * triangle));
    }
    carry(index, size, stack);
  }
}

/** Adds the rows of a leaf to one packed triangle. */
function leafHessian(columns: i32, rows: i32, first: usize, bytes: usize, h: usize, node: usize): void {
  const whole = rows & ~3;
  for (let i = 0; i < whole; i += 4) {
    const x0 = first + <usize>i * bytes;
    const h0 = load<f64>(at(h, i));
    const h1 = load<f64>(at(h, i + 1));
    const h2 = load<f64>(at(h, i + 2));
    const h3 = load<f64>(at(h, i + 3));
    store<f64>(node, load<f64>(node) + h0 + h1 + h2 + h3);
    let g = at(node, 1);
    for (let a = 0; a < columns; a++) {
      const v0 = h0 * load<f64>(at(x0, a));
      const v1 = h1 * load<f64>(at(x0 + bytes, a));
      const v2 = h2 * load<f64>(at(x0 + 2 * bytes, a));
      const v3 = h3 * load<f64>(at(x0 + 3 * bytes, a));
      store<f64>(g, load<f64>(g) + v0 + v1 + v2 + v3);
      addFourRows(a + 1, x0, bytes, v0, v1, v2, v3, at(g, 1));
      g = at(g, a + 2);
    }
  }
  for (let i = whole; i < rows; i++) {
    const row = first + <usize>i * bytes;
    const weight = load<f64>(at(h, i));
    store<f64>(node, load<f64>(node) + weight);
    let g = at(node, 1);
    for (let a = 0; a < columns; a++) {
      const v = weight * load<f64>(at(row, a));
      store<f64>(g, load<f64>(g) + v);
      addRow(a + 1, row, v, at(g, 1));
      g = at(g, a + 2);
    }
  }
}
