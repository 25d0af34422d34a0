/**
 * Whole panels of a product.
 *
 * @module
 */

import { listBytes, listedStrip, listedTile } from "./listed";
import { loadSome, strip, tile } from "./tiles";

/** All rows of one panel; f(r, m) with m next to each other. Of `lists`, unless 0, only groups of four rows that are taken in full. */
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
  const bytes = listBytes(count) << 2;
  let r = 0;
  for (; r + 4 <= rows; r += 4, f += 4 * row, out += 4 * stride) {
    if (!lists || load<i32>(lists) < 0) tile(count, f, row, 8, panel, bias, add, columns, out, stride);
    if (lists) lists += bytes;
  }
  if (lists && r < rows && load<i32>(lists) >= 0) return;
  for (; r < rows; r++, f += row, out += stride) strip(count, f, 8, panel, bias, add, columns, out);
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
    else listedTile(listed, list, f, 8, step, panel, columns, out, stride);
  }
  for (; r < rows; r++, f += 8, out += stride) {
    if (listed == count) strip(count, f, step, panel, 0, add, columns, out);
    else listedStrip(listed, list, f, step, panel, columns, out);
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
