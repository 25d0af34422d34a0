import { at, carry } from "./tree";

/**
 * Dense layers. Every product is a sum over m of f(r, m)·g(m, c), one accumulator per entry, m ascending; tiles of four
 * rows r and a panel g of four columns c, which lies in memory number after number of m. Where four numbers of X that are
 * taken together are all 0, their products are left out: sums start at +0, so that of finite factors this changes no bit.
 *
 * @module
 */

/** The numbers at `p`: two, one and a zero, or two zeros. */
// @ts-ignore: decorator
@inline
function loadSome(p: usize, count: i32): v128 {
  return count >= 2 ? v128.load(p) : count == 1 ? v128.load64_zero(p) : f64x2.splat(0);
}

// @ts-ignore: decorator
@inline
function storeSome(p: usize, value: v128, count: i32): void {
  if (count >= 2) v128.store(p, value);
  else if (count == 1) v128.store64_lane(p, value, 0);
}

/**
 * One tile. f(r, m) at f + r·row + m·step; `columns` of the panel's four are wanted; `bias` (four numbers, or 0) is added
 * at the end; the sums start at out where `add` is true. Bytes throughout.
 */
// @ts-ignore: decorator
@inline
function tile(
  count: i32,
  f: usize,
  row: usize,
  step: usize,
  panel: usize,
  bias: usize,
  add: bool,
  columns: i32,
  out: usize,
  stride: usize,
): void {
  const out1 = out + stride;
  const out2 = out1 + stride;
  const out3 = out2 + stride;
  let a0 = f64x2.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  if (add) {
    a0 = loadSome(out, columns);
    a1 = loadSome(out + 16, columns - 2);
    b0 = loadSome(out1, columns);
    b1 = loadSome(out1 + 16, columns - 2);
    c0 = loadSome(out2, columns);
    c1 = loadSome(out2 + 16, columns - 2);
    d0 = loadSome(out3, columns);
    d1 = loadSome(out3 + 16, columns - 2);
  }
  let f1 = f + row;
  let f2 = f1 + row;
  let f3 = f2 + row;
  let g = panel;
  for (const end = panel + (<usize>count << 5); g < end; g += 32) {
    const g0 = v128.load(g);
    const g1 = v128.load(g, 16);
    let x = v128.load64_splat(f);
    a0 = f64x2.add(a0, f64x2.mul(x, g0));
    a1 = f64x2.add(a1, f64x2.mul(x, g1));
    x = v128.load64_splat(f1);
    b0 = f64x2.add(b0, f64x2.mul(x, g0));
    b1 = f64x2.add(b1, f64x2.mul(x, g1));
    x = v128.load64_splat(f2);
    c0 = f64x2.add(c0, f64x2.mul(x, g0));
    c1 = f64x2.add(c1, f64x2.mul(x, g1));
    x = v128.load64_splat(f3);
    d0 = f64x2.add(d0, f64x2.mul(x, g0));
    d1 = f64x2.add(d1, f64x2.mul(x, g1));
    f += step;
    f1 += step;
    f2 += step;
    f3 += step;
  }
  if (bias) {
    const h0 = v128.load(bias);
    const h1 = v128.load(bias, 16);
    a0 = f64x2.add(a0, h0);
    a1 = f64x2.add(a1, h1);
    b0 = f64x2.add(b0, h0);
    b1 = f64x2.add(b1, h1);
    c0 = f64x2.add(c0, h0);
    c1 = f64x2.add(c1, h1);
    d0 = f64x2.add(d0, h0);
    d1 = f64x2.add(d1, h1);
  }
  storeSome(out, a0, columns);
  storeSome(out + 16, a1, columns - 2);
  storeSome(out1, b0, columns);
  storeSome(out1 + 16, b1, columns - 2);
  storeSome(out2, c0, columns);
  storeSome(out2 + 16, c1, columns - 2);
  storeSome(out3, d0, columns);
  storeSome(out3 + 16, d1, columns - 2);
}

/** The same for one row. */
// @ts-ignore: decorator
@inline
function strip(count: i32, f: usize, step: usize, panel: usize, bias: usize, add: bool, columns: i32, out: usize): void {
  let a0 = add ? loadSome(out, columns) : f64x2.splat(0);
  let a1 = add ? loadSome(out + 16, columns - 2) : f64x2.splat(0);
  for (let m = 0; m < count; m++, f += step, panel += 32) {
    const x = v128.load64_splat(f);
    a0 = f64x2.add(a0, f64x2.mul(x, v128.load(panel)));
    a1 = f64x2.add(a1, f64x2.mul(x, v128.load(panel, 16)));
  }
  if (bias) {
    a0 = f64x2.add(a0, v128.load(bias));
    a1 = f64x2.add(a1, v128.load(bias, 16));
  }
  storeSome(out, a0, columns);
  storeSome(out + 16, a1, columns - 2);
}

/** A tile of those m alone that are in the list. */
function listedTile(
  count: i32,
  list: usize,
  f: usize,
  row: usize,
  step: usize,
  panel: usize,
  bias: usize,
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
  const h0 = bias ? v128.load(bias) : f64x2.splat(0);
  const h1 = bias ? v128.load(bias, 16) : f64x2.splat(0);
  storeSome(out, f64x2.add(a0, h0), columns);
  storeSome(out + 16, f64x2.add(a1, h1), columns - 2);
  out += stride;
  storeSome(out, f64x2.add(b0, h0), columns);
  storeSome(out + 16, f64x2.add(b1, h1), columns - 2);
  out += stride;
  storeSome(out, f64x2.add(c0, h0), columns);
  storeSome(out + 16, f64x2.add(c1, h1), columns - 2);
  out += stride;
  storeSome(out, f64x2.add(d0, h0), columns);
  storeSome(out + 16, f64x2.add(d1, h1), columns - 2);
}

/** The same for one row. */
function listedStrip(
  count: i32,
  list: usize,
  f: usize,
  step: usize,
  panel: usize,
  bias: usize,
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
  storeSome(out, f64x2.add(a0, bias ? v128.load(bias) : f64x2.splat(0)), columns);
  storeSome(out + 16, f64x2.add(a1, bias ? v128.load(bias, 16) : f64x2.splat(0)), columns - 2);
}

/** The list of those m for which any of up to four rows of f is not 0: their number, then each, in 32 bits. */
function listInputs(rows: i32, count: i32, f: usize, row: usize, list: usize): void {
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
function panelOfRows(
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
function panelOfColumns(
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
function packColumns(count: i32, x: usize, stride: usize, columns: i32, panel: usize, list: usize): i32 {
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
  for (let r = 0, list = lists; lists && r < rows; r += 4, list += <usize>(inputs + 1) << 2) {
    listInputs(rows - r, inputs, a + <usize>r * row, row, list);
  }
  for (let u = 0; u < units; u += 4, packed += bytes) {
    panelOfRows(rows, inputs, a, row, packed + 32, bias ? packed : 0, add != 0, units - u, at(out, u), stride, lists);
  }
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
