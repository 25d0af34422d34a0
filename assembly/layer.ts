import { listRows, listedRows } from "./listed";
import { packColumns, panelOfColumns, panelOfRows } from "./panels";
import { loadSome } from "./tiles";
import { at, carry } from "./tree";

/**
 * Dense layers. Every product is a sum over m of f(r, m)·g(m, c), one accumulator per entry, m ascending; tiles of four
 * rows r and four columns c. Forward, numbers of X that are 0 are left out, row by row; back, where the four that are taken
 * together are: sums start at +0, so that of finite factors this changes no bit.
 *
 * @module
 */

/** Sums of two columns over the rows, or of one; to out and out + stride. */
// @ts-ignore: decorator
@inline
function sumColumns(rows: i32, x: usize, step: usize, columns: i32, out: usize, stride: usize): void {
  let sum = f64x2.splat(0);
  for (let r = 0; r < rows; r++, x += step) sum = f64x2.add(sum, loadSome(x, columns));
  v128.store64_lane(out, sum, 0);
  if (columns > 1) v128.store64_lane(out + stride, sum, 1);
}

export function packLayer(inputs: i32, units: i32, parameters: usize, packed: usize): void {
  const width = inputs + 1;
  for (let first = 0; first < units; first += 4) {
    for (let i = 0; i < width; i++, packed += 32) {
      for (let u = 0; u < 4; u++) {
        const value: f64 = first + u < units ? load<f64>(at(parameters, (first + u) * width + i)) : 0;
        store<f64>(at(packed, u), value);
      }
    }
  }
}

export function layerForward(
  rows: i32,
  inputs: i32,
  units: i32,
  a: usize,
  aStride: i32,
  packed: usize,
  bias: i32,
  add: i32,
  out: usize,
  outStride: i32,
  lists: usize,
): void {
  const row = <usize>aStride << 3;
  const stride = <usize>outStride << 3;
  const bytes = <usize>(inputs + 1) << 5;
  if (lists) listRows(rows, inputs, a, row, lists);
  for (let u = 0, panel = packed; u < units; u += 4, panel += bytes) {
    panelOfRows(rows, inputs, a, row, panel + 32, bias ? panel : 0, add != 0, units - u, at(out, u), stride, lists);
  }
  if (!lists) return;
  const biased = bias != 0;
  let u = 0;
  packed += 32;
  for (; u + 12 < units; u += 16, packed += 4 * bytes) {
    listedRows(4, rows, inputs, a, row, packed, bytes, biased, units - u, at(out, u), stride, lists);
  }
  for (; u + 4 < units; u += 8, packed += 2 * bytes) {
    listedRows(2, rows, inputs, a, row, packed, bytes, biased, units - u, at(out, u), stride, lists);
  }
  if (u < units) listedRows(1, rows, inputs, a, row, packed, bytes, biased, units - u, at(out, u), stride, lists);
}

export function layerBackward(
  rows: i32,
  inputs: i32,
  units: i32,
  delta: usize,
  deltaStride: i32,
  parameters: usize,
  add: i32,
  out: usize,
  outStride: i32,
  scratch: usize,
): void {
  const row = <usize>deltaStride << 3;
  const stride = <usize>outStride << 3;
  for (let i = 0; i < inputs; i += 4) {
    packColumns(units, at(parameters, i + 1), <usize>(inputs + 1) << 3, inputs - i, scratch, 0);
    panelOfRows(rows, units, delta, row, scratch, 0, add != 0, inputs - i, at(out, i), stride, 0);
  }
}

export function layerGradient(
  rows: i32,
  inputs: i32,
  units: i32,
  delta: usize,
  deltaStride: i32,
  a: usize,
  aStride: i32,
  add: i32,
  out: usize,
  scratch: usize,
): void {
  const step = <usize>deltaStride << 3;
  const stride = <usize>(inputs + 1) << 3;
  if (!add) {
    for (let u = 0; u < units; u += 2) sumColumns(rows, at(delta, u), step, units - u, out + <usize>u * stride, stride);
  }
  const list: usize = add ? 0 : at(scratch, 4 * rows);
  for (let i = 0; i < inputs; i += 4) {
    const listed = packColumns(rows, at(a, i), <usize>aStride << 3, inputs - i, scratch, list);
    panelOfColumns(units, rows, delta, step, scratch, add != 0, inputs - i, at(out, i + 1), stride, list, listed);
  }
}

/** out[i] = x[i]·y[i]. */
export function multiply(n: i32, x: usize, y: usize, out: usize): void {
  const pairs = n & ~1;
  for (let i = 0; i < pairs; i += 2) v128.store(at(out, i), f64x2.mul(v128.load(at(x, i)), v128.load(at(y, i))));
  if (pairs < n) store<f64>(at(out, pairs), load<f64>(at(x, pairs)) * load<f64>(at(y, pairs)));
}

/** Merges nodes of the tree after leaf number `leaf` was written. */
export function carryNode(leaf: i32, size: i32, stack: usize): void {
  carry(leaf, size, stack);
}
