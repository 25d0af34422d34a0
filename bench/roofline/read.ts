/* eslint-disable @typescript-eslint/ban-ts-comment */
// @ts-nocheck: AssemblyScript
// A plain SIMD sum of memory: what reading alone takes on this machine.

/** Makes room for n doubles; where they start. */
export function reserve(n: i32): usize {
  const bytes = (<usize>n) << 3;
  const start: usize = 1 << 16;
  const pages = <i32>((start + bytes + 0xffff) >>> 16) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) unreachable();
  return start;
}

/** Σ of n doubles, n a multiple of 8, in four accumulators. */
export function sum(start: usize, n: i32): f64 {
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  let c = f64x2.splat(0);
  let d = f64x2.splat(0);
  const end = start + ((<usize>n) << 3);
  for (let at = start; at < end; at += 64) {
    a = f64x2.add(a, v128.load(at));
    b = f64x2.add(b, v128.load(at, 16));
    c = f64x2.add(c, v128.load(at, 32));
    d = f64x2.add(d, v128.load(at, 48));
  }
  a = f64x2.add(f64x2.add(a, b), f64x2.add(c, d));
  return f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
}
