/** Slots, leaves and the tree of every reduction: docs/bits.md. */

/** Elements in a leaf of a vector reduction. */
export const LEAF: i32 = 1024;

/** Rows in a leaf of anything over rows with this many outputs. */
// @ts-ignore: decorator
@inline
export function leafRows(columns: i32): i32 {
  return columns <= 64 ? 64 : columns <= 1024 ? 16 : 1;
}

/** (s0 + s2) + (s1 + s3) for the slots a = (s0, s1), b = (s2, s3). */
// @ts-ignore: decorator
@inline
export function combine(a: v128, b: v128): f64 {
  const s = f64x2.add(a, b);
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
}

/** Address of element i. */
// @ts-ignore: decorator
@inline
export function at(base: usize, i: i32): usize {
  return base + ((<usize>i) << 3);
}

/** Where the node of leaf number `leaf` is written. */
// @ts-ignore: decorator
@inline
export function nodeOf(leaf: i32, size: i32, stack: usize): usize {
  return at(stack, popcnt(leaf) * size);
}

/** target[i] += source[i]; size entries. */
export function merge(size: i32, target: usize, source: usize): void {
  const pairs = size & ~1;
  for (let i = 0; i < pairs; i += 2) {
    v128.store(at(target, i), f64x2.add(v128.load(at(target, i)), v128.load(at(source, i))));
  }
  if (pairs < size) store<f64>(at(target, pairs), load<f64>(at(target, pairs)) + load<f64>(at(source, pairs)));
}

/** Carries after leaf number `leaf` was written. */
export function carry(leaf: i32, size: i32, stack: usize): void {
  let top = nodeOf(leaf, size, stack);
  for (let bits = leaf; bits & 1; bits >>= 1) {
    const below = top - ((<usize>size) << 3);
    merge(size, below, top);
    top = below;
  }
}

/** Merges what is left after `leaves` leaves; the total is then the first node. */
export function collapse(leaves: i32, size: i32, stack: usize): void {
  if (leaves == 0) memory.fill(stack, 0, (<usize>size) << 3);
  for (let depth = popcnt(leaves) - 1; depth > 0; depth--) {
    merge(size, at(stack, (depth - 1) * size), at(stack, depth * size));
  }
}
