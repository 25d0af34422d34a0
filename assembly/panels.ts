/**
 * Whole panels of a product, and which of its numbers need not be multiplied: those of X that are 0 in four neighbours.
 *
 * @module
 */

import { listedStrip, listedTile, loadSome, strip, tile } from "./tiles";

/** The list of those m for which any of up to four rows of f is not 0: their number, then each, in 32 bits. */
export function listInputs(rows: i32, count: i32, f: usize, row: usize, list: usize): void {
  let next = list + 4;
  const f1: usize = rows > 1 ? row : 0;
  const f2: usize = rows > 2 ? f1 + row : 0;
  const f3: usize = rows > 3 ? f2 + row : 0;
  for (let m = 0; m < count; m++, f += 8) {
    store<u32>(next, m);
    const some =
      i32(load<f64>(f) != 0) | i32(load<f64>(f + f1) != 0) | i32(load<f64>(f + f2) != 0) | i32(load<f64>(f + f3) != 0);
    next += <usize>some << 2;
  }
  store<u32>(list, <u32>((next - list - 4) >> 2));
}

/** All rows of one panel; f(r, m) with m next to each other. `lists`, or 0: one for every four rows. */
export function panelOfRows(
  rows: i32,
  count: i32,
  f: usize,
  row: usize,
  panel: usize,
  bias: usize,
  add: bool,
  columns: i32,
  out: usize,
  stride: usize,
  lists: usize,
): void {
  let r = 0;
  let listed = count;
  for (; r + 4 <= rows; r += 4, f += 4 * row, out += 4 * stride) {
    if (lists) listed = load<i32>(lists);
    if (listed == count) tile(count, f, row, 8, panel, bias, add, columns, out, stride);
    else listedTile(listed, lists + 4, f, row, 8, panel, bias, columns, out, stride);
    if (lists) lists += <usize>(count + 1) << 2;
  }
  if (lists && r < rows) listed = load<i32>(lists);
  for (; r < rows; r++, f += row, out += stride) {
    if (listed == count) strip(count, f, 8, panel, bias, add, columns, out);
    else listedStrip(listed, lists + 4, f, 8, panel, bias, columns, out);
  }
}

/** All rows of one panel; f(r, m) with r next to each other. Only those m count that are in the list, all if `listed` is count. */
export function panelOfColumns(
  rows: i32,
  count: i32,
  f: usize,
  step: usize,
  panel: usize,
  add: bool,
  columns: i32,
  out: usize,
  stride: usize,
  list: usize,
  listed: i32,
): void {
  let r = 0;
  for (; r + 4 <= rows; r += 4, f += 32, out += 4 * stride) {
    if (listed == count) tile(count, f, 8, step, panel, 0, add, columns, out, stride);
    else listedTile(listed, list, f, 8, step, panel, 0, columns, out, stride);
  }
  for (; r < rows; r++, f += 8, out += stride) {
    if (listed == count) strip(count, f, step, panel, 0, add, columns, out);
    else listedStrip(listed, list, f, step, panel, 0, columns, out);
  }
}

/** Four columns of `count` rows as a panel, 0 for columns that are not there; lists the rows that are not all 0, and counts them. */
export function packColumns(count: i32, x: usize, stride: usize, columns: i32, panel: usize, list: usize): i32 {
  const zero = f64x2.splat(0);
  let next = list;
  for (let m = 0; m < count; m++, x += stride, panel += 32) {
    const g0 = loadSome(x, columns);
    const g1 = loadSome(x + 16, columns - 2);
    v128.store(panel, g0);
    v128.store(panel, g1, 16);
    if (!list) continue;
    store<u32>(next, m);
    next += <usize>v128.any_true(v128.or(f64x2.ne(g0, zero), f64x2.ne(g1, zero))) << 2;
  }
  return list ? <i32>((next - list) >> 2) : count;
}
