/**
 * Tiles of a product: up to four rows of f times a panel g of four columns, which lies in memory number after number of m.
 *
 * @module
 */

/** The numbers at `p`: two, one and a zero, or two zeros. */
// @ts-ignore: decorator
@inline
export function loadSome(p: usize, count: i32): v128 {
  return count >= 2 ? v128.load(p) : count == 1 ? v128.load64_zero(p) : f64x2.splat(0);
}

// @ts-ignore: decorator
@inline
export function storeSome(p: usize, value: v128, count: i32): void {
  if (count >= 2) v128.store(p, value);
  else if (count == 1) v128.store64_lane(p, value, 0);
}

/**
 * One tile. f(r, m) at f + r·row + m·step; `columns` of the panel's four are wanted; `bias` (four numbers, or 0) is added
 * at the end; the sums start at out where `add` is true. Bytes throughout.
 */
// @ts-ignore: decorator
@inline
export function tile(
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
export function strip(count: i32, f: usize, step: usize, panel: usize, bias: usize, add: bool, columns: i32, out: usize): void {
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
