import { at } from "./tree";

export function promote(begin: i32, end: i32, x: usize, out: usize): void {
  const n = end - begin;
  const first = x + (<usize>begin << 2);
  const pairs = n & ~1;
  for (let i = 0; i < pairs; i += 2) {
    v128.store(at(out, i), f64x2.promote_low_f32x4(v128.load64_zero(first + (<usize>i << 2))));
  }
  if (pairs < n) store<f64>(at(out, pairs), <f64>load<f32>(first + (<usize>pairs << 2)));
}
