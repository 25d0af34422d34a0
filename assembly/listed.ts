/**
 * Products without the numbers of X that are 0: lists of the others, and tiles of those that are in a list.
 *
 * @module
 */

import { storeSome } from "./tiles";

/** Bytes of the list of one row: how many numbers of it are not 0, or −1 for a group of rows to be taken in full; then where these are, in bytes. */
export function listBytes(count: i32): usize {
  return <usize>(count + 1) << 2;
}

/** Lists the numbers of a row that are not 0, two at a time; gives their number. */
function listRow(count: i32, f: usize, list: usize): i32 {
  const zero = f64x2.splat(0);
  let next = list + 4;
  const pairs = count & ~1;
  for (let m = 0; m < pairs; m += 2, f += 16) {
    const mask = i64x2.bitmask(f64x2.ne(v128.load(f), zero));
    store<u32>(next, m << 3);
    next += (mask & 1) << 2;
    store<u32>(next, (m + 1) << 3);
    next += (mask & 2) << 1;
  }
  if (pairs < count) {
    store<u32>(next, pairs << 3);
    next += (load<f64>(f) != 0 ? 4 : 0);
  }
  const listed = <i32>((next - list - 4) >> 2);
  store<i32>(list, listed);
  return listed;
}

/** Lists of all rows; a group of four of which three quarters or more are not 0 is taken in full. */
export function listRows(rows: i32, count: i32, f: usize, row: usize, lists: usize): void {
  const bytes = listBytes(count);
  for (let r = 0; r < rows; r += 4) {
    const group = min(4, rows - r);
    const first = lists;
    let listed = 0;
    for (let k = 0; k < group; k++, f += row, lists += bytes) listed += listRow(count, f, lists);
    if (4 * listed >= 3 * group * count) store<i32>(first, -1);
  }
}

/** A tile of those m alone that are in the list. */
export function listedTile(
  count: i32,
  list: usize,
  f: usize,
  row: usize,
  step: usize,
  panel: usize,
  columns: i32,
  out: usize,
  stride: usize,
): void {
  let a0 = f64x2.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  for (const end = list + (<usize>count << 2); list < end; list += 4) {
    const m = <usize>load<u32>(list);
    let p = f + m * step;
    const g = panel + (m << 5);
    const g0 = v128.load(g);
    const g1 = v128.load(g, 16);
    let x = v128.load64_splat(p);
    a0 = f64x2.add(a0, f64x2.mul(x, g0));
    a1 = f64x2.add(a1, f64x2.mul(x, g1));
    x = v128.load64_splat((p += row));
    b0 = f64x2.add(b0, f64x2.mul(x, g0));
    b1 = f64x2.add(b1, f64x2.mul(x, g1));
    x = v128.load64_splat((p += row));
    c0 = f64x2.add(c0, f64x2.mul(x, g0));
    c1 = f64x2.add(c1, f64x2.mul(x, g1));
    x = v128.load64_splat(p + row);
    d0 = f64x2.add(d0, f64x2.mul(x, g0));
    d1 = f64x2.add(d1, f64x2.mul(x, g1));
  }
  storeSome(out, a0, columns);
  storeSome(out + 16, a1, columns - 2);
  out += stride;
  storeSome(out, b0, columns);
  storeSome(out + 16, b1, columns - 2);
  out += stride;
  storeSome(out, c0, columns);
  storeSome(out + 16, c1, columns - 2);
  out += stride;
  storeSome(out, d0, columns);
  storeSome(out + 16, d1, columns - 2);
}

/** The same for one row. */
export function listedStrip(
  count: i32,
  list: usize,
  f: usize,
  step: usize,
  panel: usize,
  columns: i32,
  out: usize,
): void {
  let a0 = f64x2.splat(0);
  let a1 = a0;
  for (const end = list + (<usize>count << 2); list < end; list += 4) {
    const m = <usize>load<u32>(list);
    const x = v128.load64_splat(f + m * step);
    const g = panel + (m << 5);
    a0 = f64x2.add(a0, f64x2.mul(x, v128.load(g)));
    a1 = f64x2.add(a1, f64x2.mul(x, v128.load(g, 16)));
  }
  storeSome(out, a0, columns);
  storeSome(out + 16, a1, columns - 2);
}

/** The sums of four columns with their bias, which lies before the panel. */
// @ts-ignore: decorator
@inline
function storeSums(panel: usize, bias: bool, a: v128, b: v128, columns: i32, out: usize): void {
  storeSome(out, bias ? f64x2.add(a, v128.load(panel - 32)) : a, columns);
  storeSome(out + 16, bias ? f64x2.add(b, v128.load(panel - 16)) : b, columns - 2);
}

/** One row by 4, 2 or 1 panels, those m alone that its list has, which says where they are in bytes. */
// @ts-ignore: decorator
@inline
export function listedStrips(
  panels: i32,
  list: usize,
  f: usize,
  panel: usize,
  bytes: usize,
  bias: bool,
  columns: i32,
  out: usize,
): void {
  let a0 = f64x2.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  const end = list + 4 + (<usize>load<u32>(list) << 2);
  for (list += 4; list < end; list += 4) {
    const m = <usize>load<u32>(list);
    const x = v128.load64_splat(f + m);
    let g = panel + (m << 2);
    a0 = f64x2.add(a0, f64x2.mul(x, v128.load(g)));
    a1 = f64x2.add(a1, f64x2.mul(x, v128.load(g, 16)));
    if (panels > 1) {
      g += bytes;
      b0 = f64x2.add(b0, f64x2.mul(x, v128.load(g)));
      b1 = f64x2.add(b1, f64x2.mul(x, v128.load(g, 16)));
    }
    if (panels > 2) {
      g += bytes;
      c0 = f64x2.add(c0, f64x2.mul(x, v128.load(g)));
      c1 = f64x2.add(c1, f64x2.mul(x, v128.load(g, 16)));
      g += bytes;
      d0 = f64x2.add(d0, f64x2.mul(x, v128.load(g)));
      d1 = f64x2.add(d1, f64x2.mul(x, v128.load(g, 16)));
    }
  }
  storeSums(panel, bias, a0, a1, columns, out);
  if (panels > 1) storeSums(panel + bytes, bias, b0, b1, columns - 4, out + 32);
  if (panels > 2) {
    storeSums(panel + 2 * bytes, bias, c0, c1, columns - 8, out + 64);
    storeSums(panel + 3 * bytes, bias, d0, d1, columns - 12, out + 96);
  }
}

/** Rows that are listed, by `panels` panels at a time, 4, 2 or 1, which lie `bytes` apart. */
// @ts-ignore: decorator
@inline
export function listedRows(
  panels: i32,
  rows: i32,
  count: i32,
  f: usize,
  row: usize,
  panel: usize,
  bytes: usize,
  bias: bool,
  columns: i32,
  out: usize,
  stride: usize,
  lists: usize,
): void {
  const next = listBytes(count);
  let full = false;
  for (let r = 0; r < rows; r++, f += row, out += stride, lists += next) {
    if (!(r & 3)) full = load<i32>(lists) < 0;
    if (!full) listedStrips(panels, lists, f, panel, bytes, bias, columns, out);
  }
}
