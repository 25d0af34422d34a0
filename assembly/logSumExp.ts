import { NORMAL, expNormalPair, expOfPair, expPair } from "./math/exp";
import { log1pPair } from "./math/log1p";
import { SHORT, larger, others, shortInverses, shortMaxima, shortRests, spreadShortRows, twoShortRows } from "./shortRows";
import { LEAF, at, combine, nodeOf } from "./tree";

/** The least x of the last call of {@link maximum}; NaNs are passed over. */
let least: f64 = 0;

/** The largest x, never −0; NaNs are passed over; −Infinity of nothing. */
export function maximum(n: i32, x: usize): f64 {
  let a = f64x2.splat(-Infinity);
  let b = a;
  let low0 = f64x2.splat(Infinity);
  let low1 = low0;
  const whole = n & ~3;
  for (let i = 0; i < whole; i += 4) {
    const x0 = v128.load(at(x, i));
    const x1 = v128.load(at(x, i), 16);
    a = larger(a, x0);
    b = larger(b, x1);
    low0 = f64x2.pmin(low0, x0);
    low1 = f64x2.pmin(low1, x1);
  }
  if (n & 2) {
    const pair = v128.load(at(x, whole));
    a = larger(a, pair);
    low0 = f64x2.pmin(low0, pair);
  }
  if (n & 1) {
    const last = v128.load64_splat(at(x, n - 1));
    b = larger(b, last);
    low1 = f64x2.pmin(low1, last);
  }
  a = larger(a, b);
  low0 = f64x2.pmin(low0, low1);
  least = min(f64x2.extract_lane(low0, 0), f64x2.extract_lane(low0, 1));
  const first = f64x2.extract_lane(a, 0);
  const second = f64x2.extract_lane(a, 1);
  return (first < second ? second : first) + 0.0;
}

/**
 * Σ exp(x − max) over one leaf whose maximum was taken last, without the first maximum's own 1; also writes exp(x − max) to
 * out unless that is 0. out may be x.
 */
export function expRest(n: i32, x: usize, max: f64, out: usize): f64 {
  const shift = f64x2.splat(max);
  const near = least - max >= -NORMAL;
  let a = f64x2.splat(0);
  let b = a;
  // Masks of equal numbers are −1: their negated sums count.
  let maxima = a;
  const whole = n & ~3;
  for (let i = 0; i < whole; i += 4) {
    const x0 = v128.load(at(x, i));
    const x1 = v128.load(at(x, i), 16);
    const top0 = f64x2.eq(x0, shift);
    const top1 = f64x2.eq(x1, shift);
    let e0 = f64x2.sub(x0, shift);
    let e1 = f64x2.sub(x1, shift);
    if (near) {
      e0 = expNormalPair(e0);
      e1 = expNormalPair(e1);
    } else {
      e0 = expOfPair(e0);
      e1 = expOfPair(e1);
    }
    if (out) {
      v128.store(at(out, i), e0);
      v128.store(at(out, i), e1, 16);
    }
    a = f64x2.add(a, others(e0, top0));
    b = f64x2.add(b, others(e1, top1));
    maxima = i64x2.add(maxima, i64x2.add(top0, top1));
  }
  if (n & 2) {
    const pair = v128.load(at(x, whole));
    const top = f64x2.eq(pair, shift);
    const e = expOfPair(f64x2.sub(pair, shift));
    if (out) v128.store(at(out, whole), e);
    a = f64x2.add(a, others(e, top));
    maxima = i64x2.add(maxima, top);
  }
  if (n & 1) {
    const firstLane = i64x2(-1, 0);
    const last = v128.load64_splat(at(x, n - 1));
    const top = f64x2.eq(last, shift);
    const e = expOfPair(f64x2.sub(last, shift));
    if (out) v128.store64_lane(at(out, n - 1), e, 0);
    const rest = v128.and(others(e, top), firstLane);
    if (n & 2) b = f64x2.add(b, rest);
    else a = f64x2.add(a, rest);
    maxima = i64x2.add(maxima, v128.and(top, firstLane));
  }
  const count = i64x2.extract_lane(maxima, 0) + i64x2.extract_lane(maxima, 1);
  return combine(a, b) - <f64>(count + 1);
}

/** exp of one number. */
function expOf(x: f64): f64 {
  return f64x2.extract_lane(expOfPair(f64x2.splat(x)), 0);
}

/** log1p of a pair, as a function of its own. */
export function log1pOfPair(x: v128): v128 {
  return log1pPair(x);
}

/** log1p of one number. */
function log1pOf(x: f64): f64 {
  return f64x2.extract_lane(log1pOfPair(f64x2.splat(x)), 0);
}

/** Merges the log-sum-exp node (max, rest) at `source` into the one at `target`. */
function mergeNodes(target: usize, source: usize): void {
  const m1 = load<f64>(target);
  const s1 = load<f64>(target, 8);
  const m2 = load<f64>(source);
  const s2 = load<f64>(source, 8);
  if (m1 == m2) {
    store<f64>(target, s1 + (1 + s2), 8);
  } else if (m1 > m2) {
    store<f64>(target, s1 + (1 + s2) * expOf(m2 - m1), 8);
  } else {
    store<f64>(target, m2);
    store<f64>(target, s2 + (1 + s1) * expOf(m1 - m2), 8);
  }
}

export function logSumExp(n: i32, firstLeaf: i32, x: usize, stack: usize): void {
  for (let begin = 0, leaf = firstLeaf; begin < n; begin += LEAF, leaf++) {
    const size = min(n - begin, LEAF);
    let node = nodeOf(leaf, 2, stack);
    const max = maximum(size, at(x, begin));
    store<f64>(node, max);
    store<f64>(node, expRest(size, at(x, begin), max, 0), 8);
    for (let bits = leaf; bits & 1; bits >>= 1) {
      mergeNodes(node - 16, node);
      node -= 16;
    }
  }
}

export function collapseLogSumExp(leaves: i32, stack: usize): void {
  if (leaves == 0) {
    store<f64>(stack, -Infinity);
    store<f64>(stack, 0, 8);
  }
  for (let depth = popcnt(leaves) - 1; depth > 0; depth--) mergeNodes(at(stack, 2 * depth - 2), at(stack, 2 * depth));
  store<f64>(stack, load<f64>(stack) + log1pOf(load<f64>(stack, 8)), 16);
}

/**
 * The log-sum-exp node of a row, left at stack[0], stack[1]. A row of one leaf leaves exp(x − max) in `out` if that is
 * not 0; a longer one does not.
 */
export function rowNode(columns: i32, x: usize, out: usize, stack: usize): void {
  if (columns <= LEAF) {
    const max = maximum(columns, x);
    store<f64>(stack, max);
    store<f64>(stack, expRest(columns, x, max, out), 8);
  } else {
    logSumExp(columns, 0, x, stack);
    collapseLogSumExp((columns + LEAF - 1) / LEAF, stack);
  }
}

/** 1/Σ exp(x − max) from the node on the stack; NaN where the maximum is infinite. */
export function inverseTotal(stack: usize): f64 {
  const max = load<f64>(stack);
  return max - max == 0 ? 1 / (1 + load<f64>(stack, 8)) : NaN;
}

export function logSumExpRows(rows: i32, columns: i32, x: usize, out: usize, stack: usize): void {
  let i = 0;
  if (columns <= SHORT) {
    for (; i + 2 <= rows; i += 2) {
      twoShortRows(columns, at(x, i * columns), at(x, (i + 1) * columns));
      v128.store(at(out, i), f64x2.add(v128.load(shortMaxima), log1pOfPair(v128.load(shortRests))));
    }
  }
  for (; i < rows; i++) {
    rowNode(columns, at(x, i * columns), 0, stack);
    store<f64>(at(out, i), load<f64>(stack) + log1pOf(load<f64>(stack, 8)));
  }
}

export function softmaxRows(rows: i32, columns: i32, x: usize, out: usize, stack: usize): void {
  let i = 0;
  if (columns <= SHORT) {
    for (; i + 2 <= rows; i += 2) {
      twoShortRows(columns, at(x, i * columns), at(x, (i + 1) * columns));
      spreadShortRows(columns, shortInverses(), at(out, i * columns), at(out, (i + 1) * columns));
    }
  }
  for (; i < rows; i++) {
    const row = at(x, i * columns);
    const target = at(out, i * columns);
    rowNode(columns, row, target, stack);
    const inverse = inverseTotal(stack);
    if (columns <= LEAF) scale(columns, inverse, target);
    else expShifted(columns, row, load<f64>(stack), inverse, target);
  }
}

/** x ← a·x. */
export function scale(n: i32, a: f64, x: usize): void {
  const factor = f64x2.splat(a);
  const pairs = n & ~1;
  for (let i = 0; i < pairs; i += 2) v128.store(at(x, i), f64x2.mul(v128.load(at(x, i)), factor));
  if (pairs < n) store<f64>(at(x, pairs), load<f64>(at(x, pairs)) * a);
}

export function expShifted(n: i32, x: usize, shift: f64, scale: f64, out: usize): void {
  const shifts = f64x2.splat(shift);
  const scales = f64x2.splat(scale);
  const pairs = n & ~1;
  for (let i = 0; i < pairs; i += 2) {
    v128.store(at(out, i), f64x2.mul(expPair(f64x2.sub(v128.load(at(x, i)), shifts)), scales));
  }
  if (pairs < n) {
    const last = f64x2.mul(expOfPair(f64x2.sub(v128.load64_splat(at(x, pairs)), shifts)), scales);
    v128.store64_lane(at(out, pairs), last, 0);
  }
}

export function logSoftmaxRows(rows: i32, columns: i32, x: usize, out: usize, stack: usize): void {
  for (let i = 0; i < rows; i++) {
    const row = at(x, i * columns);
    const target = at(out, i * columns);
    rowNode(columns, row, 0, stack);
    const max = load<f64>(stack);
    const log = max - max == 0 ? log1pOf(load<f64>(stack, 8)) : NaN;
    subtract(columns, row, max, log, target);
  }
}

/** out ← x − a − b. */
function subtract(n: i32, x: usize, a: f64, b: f64, out: usize): void {
  const first = f64x2.splat(a);
  const second = f64x2.splat(b);
  const pairs = n & ~1;
  for (let i = 0; i < pairs; i += 2) {
    v128.store(at(out, i), f64x2.sub(f64x2.sub(v128.load(at(x, i)), first), second));
  }
  if (pairs < n) store<f64>(at(out, pairs), load<f64>(at(x, pairs)) - a - b);
}
