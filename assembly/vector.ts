import { LEAF, at, carry, combine, nodeOf } from "./tree";

export function sum(n: i32, firstLeaf: i32, x: usize, stack: usize): void {
  for (let begin = 0, leaf = firstLeaf; begin < n; begin += LEAF, leaf++) {
    store<f64>(nodeOf(leaf, 1, stack), leafSum(min(n - begin, LEAF), at(x, begin)));
    carry(leaf, 1, stack);
  }
}

/** Σ x over one leaf, in slots. */
function leafSum(n: i32, x: usize): f64 {
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  const whole = n & ~3;
  for (let i = 0; i < whole; i += 4) {
    a = f64x2.add(a, v128.load(at(x, i)));
    b = f64x2.add(b, v128.load(at(x, i), 16));
  }
  if (n & 2) a = f64x2.add(a, v128.load(at(x, whole)));
  if (n & 1) {
    const last = v128.load64_zero(at(x, n - 1));
    if (n & 2) b = f64x2.add(b, last);
    else a = f64x2.add(a, last);
  }
  return combine(a, b);
}

export function dot(n: i32, firstLeaf: i32, x: usize, y: usize, stack: usize): void {
  for (let begin = 0, leaf = firstLeaf; begin < n; begin += LEAF, leaf++) {
    store<f64>(nodeOf(leaf, 1, stack), dotSlots(min(n - begin, LEAF), at(x, begin), at(y, begin)));
    carry(leaf, 1, stack);
  }
}

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

export function axpy(n: i32, a: f64, x: usize, y: usize): void {
  const factor = f64x2.splat(a);
  const pairs = n & ~1;
  for (let i = 0; i < pairs; i += 2) {
    v128.store(at(y, i), f64x2.add(v128.load(at(y, i)), f64x2.mul(factor, v128.load(at(x, i)))));
  }
  if (pairs < n) store<f64>(at(y, pairs), load<f64>(at(y, pairs)) + a * load<f64>(at(x, pairs)));
}
