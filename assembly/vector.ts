import { at, combine } from "./tree";

/** Σ x·y in slots, one leaf whatever n. */
// @ts-ignore: decorator
@inline
export function dotSlots(n: i32, x: usize, y: usize): f64 {
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  const whole = n & ~3;
  for (let i = 0; i < whole; i += 4) {
    a = f64x2.add(a, f64x2.mul(v128.load(at(x, i)), v128.load(at(y, i))));
    b = f64x2.add(b, f64x2.mul(v128.load(at(x, i), 16), v128.load(at(y, i), 16)));
  }
  if (n & 2) a = f64x2.add(a, f64x2.mul(v128.load(at(x, whole)), v128.load(at(y, whole))));
  if (n & 1) {
    const last = f64x2.mul(v128.load64_zero(at(x, n - 1)), v128.load64_zero(at(y, n - 1)));
    if (n & 2) b = f64x2.add(b, last);
    else a = f64x2.add(a, last);
  }
  return combine(a, b);
}
