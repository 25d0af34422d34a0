/** Kernels of X in compressed sparse rows, a module of their own: its block is described in src/backend/kernels.ts. */
import { at, carry, nodeOf } from "./tree";

/** Number e of a vector of whole numbers of 32 bits. */
// @ts-ignore: decorator
@inline
function word(base: usize, e: i32): i32 {
  return load<i32>(base + (<usize>e << 2));
}

// @ts-ignore: decorator
@inline
function indicesOf(x: usize, nonzeros: i32): usize {
  return at(x, nonzeros);
}

// @ts-ignore: decorator
@inline
function pointersOf(x: usize, nonzeros: i32): usize {
  return at(at(x, nonzeros), (nonzeros + 1) >> 1);
}

export function sparseScores(
  columns: i32,
  outputs: i32,
  rows: i32,
  nonzeros: i32,
  begin: i32,
  end: i32,
  x: usize,
  parameters: usize,
  offset: usize,
  scores: usize,
): void {
  const indices = indicesOf(x, nonzeros);
  const pointers = pointersOf(x, nonzeros);
  const coefficients = at(parameters, outputs);
  for (let i = begin; i < end; i++) {
    const first = word(pointers, i);
    const last = word(pointers, i + 1);
    const out = at(scores, (i - begin) * outputs);
    if (outputs == 1) store<f64>(out, gather(first, last, x, indices, coefficients) + load<f64>(parameters));
    else scoresOfRow(outputs, first, last, x, indices, parameters, out);
    if (offset) {
      const shift = at(offset, i * outputs);
      for (let k = 0; k < outputs; k++) store<f64>(at(out, k), load<f64>(at(out, k)) + load<f64>(at(shift, k)));
    }
  }
}

/** Σ x·w over the nonzeros of a row, in slots. */
// @ts-ignore: decorator
@inline
function gather(first: i32, last: i32, x: usize, indices: usize, w: usize): f64 {
  let s0: f64 = 0;
  let s1: f64 = 0;
  let s2: f64 = 0;
  let s3: f64 = 0;
  let v = at(x, first);
  let j = indices + (<usize>first << 2);
  const whole = v + (<usize>((last - first) & ~3) << 3);
  for (; v < whole; v += 32, j += 16) {
    s0 += load<f64>(v) * load<f64>(at(w, load<i32>(j)));
    s1 += load<f64>(v, 8) * load<f64>(at(w, load<i32>(j, 4)));
    s2 += load<f64>(v, 16) * load<f64>(at(w, load<i32>(j, 8)));
    s3 += load<f64>(v, 24) * load<f64>(at(w, load<i32>(j, 12)));
  }
  const rest = (last - first) & 3;
  if (rest > 0) s0 += load<f64>(v) * load<f64>(at(w, load<i32>(j)));
  if (rest > 1) s1 += load<f64>(v, 8) * load<f64>(at(w, load<i32>(j, 4)));
  if (rest > 2) s2 += load<f64>(v, 16) * load<f64>(at(w, load<i32>(j, 8)));
  return s0 + s2 + (s1 + s3);
}

/** All outputs of one row: acc ← acc + x_j·w_jk, j ascending. */
function scoresOfRow(
  outputs: i32,
  first: i32,
  last: i32,
  x: usize,
  indices: usize,
  parameters: usize,
  out: usize,
): void {
  memory.fill(out, 0, <usize>outputs << 3);
  for (let e = first; e < last; e++) {
    addTimes(outputs, at(parameters, (1 + word(indices, e)) * outputs), load<f64>(at(x, e)), out);
  }
  for (let k = 0; k < outputs; k++) store<f64>(at(out, k), load<f64>(at(out, k)) + load<f64>(at(parameters, k)));
}

/** out ← out + factor·v. */
// @ts-ignore: decorator
@inline
function addTimes(n: i32, v: usize, factor: f64, out: usize): void {
  const f = f64x2.splat(factor);
  const pairs = n & ~1;
  for (let k = 0; k < pairs; k += 2) {
    v128.store(at(out, k), f64x2.add(v128.load(at(out, k)), f64x2.mul(f, v128.load(at(v, k)))));
  }
  if (pairs < n) store<f64>(at(out, pairs), load<f64>(at(out, pairs)) + factor * load<f64>(at(v, pairs)));
}

export function sparseGradient(
  columns: i32,
  outputs: i32,
  leaf: i32,
  rows: i32,
  nonzeros: i32,
  begin: i32,
  end: i32,
  x: usize,
  residuals: usize,
  squares: i32,
  stack: usize,
): void {
  const indices = indicesOf(x, nonzeros);
  const pointers = pointersOf(x, nonzeros);
  const size = outputs * (columns + 1);
  for (let i = begin; i < end; i++) {
    const index = i / leaf;
    const node = nodeOf(index, size, stack);
    if (i % leaf == 0) memory.fill(node, 0, <usize>size << 3);
    const r = at(residuals, (i - begin) * outputs);
    const last = word(pointers, i + 1);
    if (outputs == 1) {
      const factor = load<f64>(r);
      store<f64>(node, load<f64>(node) + factor);
      const from = word(pointers, i);
      if (squares) scatterSquares(from, last, x, indices, factor, at(node, 1));
      else scatter(from, last, x, indices, factor, at(node, 1));
    } else {
      for (let k = 0; k < outputs; k++) store<f64>(at(node, k), load<f64>(at(node, k)) + load<f64>(at(r, k)));
      for (let e = word(pointers, i); e < last; e++) {
        const value = load<f64>(at(x, e));
        const g = at(node, (1 + word(indices, e)) * outputs);
        if (squares) addSquares(outputs, r, value, g);
        else addTimes(outputs, r, value, g);
      }
    }
    if ((i + 1) % leaf == 0 || i + 1 == rows) carry(index, size, stack);
  }
}

/** g ← g + factor·x of the numbers of a row. */
// @ts-ignore: decorator
@inline
function scatter(first: i32, last: i32, x: usize, indices: usize, factor: f64, g: usize): void {
  let j = indices + (<usize>first << 2);
  const end = at(x, last);
  for (let v = at(x, first); v < end; v += 8, j += 4) {
    const to = at(g, load<i32>(j));
    store<f64>(to, load<f64>(to) + factor * load<f64>(v));
  }
}

/** g ← g + (factor·x)·x. */
function scatterSquares(first: i32, last: i32, x: usize, indices: usize, factor: f64, g: usize): void {
  let j = indices + (<usize>first << 2);
  const end = at(x, last);
  for (let v = at(x, first); v < end; v += 8, j += 4) {
    const to = at(g, load<i32>(j));
    const value = load<f64>(v);
    store<f64>(to, load<f64>(to) + factor * value * value);
  }
}

/** g ← g + (r·value)·value. */
function addSquares(n: i32, r: usize, value: f64, g: usize): void {
  for (let k = 0; k < n; k++) store<f64>(at(g, k), load<f64>(at(g, k)) + load<f64>(at(r, k)) * value * value);
}

export function sparseHessian(
  columns: i32,
  pairs: i32,
  leaf: i32,
  rows: i32,
  nonzeros: i32,
  begin: i32,
  end: i32,
  x: usize,
  curvature: usize,
  stack: usize,
): void {
  const indices = indicesOf(x, nonzeros);
  const pointers = pointersOf(x, nonzeros);
  const triangle = ((columns + 1) * (columns + 2)) / 2;
  const size = pairs * triangle;
  for (let i = begin; i < end; i++) {
    const index = i / leaf;
    const node = nodeOf(index, size, stack);
    if (i % leaf == 0) memory.fill(node, 0, <usize>size << 3);
    const first = word(pointers, i);
    const last = word(pointers, i + 1);
    for (let pair = 0; pair < pairs; pair++) {
      const h = load<f64>(at(curvature, pair * (end - begin) + (i - begin)));
      const own = at(node, pair * triangle);
      store<f64>(own, load<f64>(own) + h);
      for (let a = first; a < last; a++) {
        const v = h * load<f64>(at(x, a));
        const j = word(indices, a);
        const row = at(own, ((j + 1) * (j + 2)) / 2);
        store<f64>(row, load<f64>(row) + v);
        for (let b = first; b <= a; b++) {
          const g = at(row, 1 + word(indices, b));
          store<f64>(g, load<f64>(g) + v * load<f64>(at(x, b)));
        }
      }
    }
    if ((i + 1) % leaf == 0 || i + 1 == rows) carry(index, size, stack);
  }
}
