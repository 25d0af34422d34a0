import { expShifted, inverseTotal, rowNode, scale as scaleBy } from "../logSumExp";
import { SHORT, shortInverses, shortMaxima, shortRests, spreadShortRows, twoShortRows } from "../shortRows";
import { LEAF, at, carry, combine, leafRows, nodeOf } from "../tree";
import { leafExact, leafPlain, margins, masses, rests } from "./softmaxLeaf";

// A row with scores z, largest score m and rest s = Σ exp(z_k − m) without the first maximum's own 1:
// loss = Q·log1p(s) + Σ q_k·(m − z_k), q the target distribution, Q = Σ q_k; one class y: q_y = 1.
// gradient = Q·exp(z_k − m)/(1 + s) − q_k; for one class y at the maximum: −s/(1 + s).

/** The log-sum-exp nodes of one row. */
const rowStack: usize = memory.data(640, 16);

/** gradient ← exp(z − m)·factor; a row of one leaf holds exp(z − m) in `gradient` already. */
// @ts-ignore: decorator
@inline
function spread(columns: i32, z: usize, factor: f64, gradient: usize): void {
  if (columns <= LEAF) scaleBy(columns, factor, gradient);
  else expShifted(columns, z, load<f64>(rowStack), factor, gradient);
}

/** The gradient of a row of weight 0, or its entry at the target once the rest is written. */
// @ts-ignore: decorator
@inline
function finishGradient(columns: i32, y: i32, zy: f64, m: f64, s: f64, factor: f64, share: f64, dead: bool, g: usize): void {
  if (dead) memory.fill(g, 0, (<usize>columns) << 3);
  else store<f64>(at(g, y), zy == m ? -(s * factor) : load<f64>(at(g, y)) - share);
}

/** Rests, margins and gradients of rows r, r + 1 of a leaf. */
function twoRows(columns: i32, r: i32, z: usize, targets: usize, weights: usize, gradient: usize, scale: f64): void {
  const bytes = (<usize>columns) << 3;
  const y0 = <i32>load<f64>(targets);
  const y1 = <i32>load<f64>(targets, 8);
  const zy0 = load<f64>(at(z, y0));
  const zy1 = load<f64>(at(z + bytes, y1));
  twoShortRows(columns, z, z + bytes);
  const m0 = load<f64>(shortMaxima);
  const m1 = load<f64>(shortMaxima, 8);
  v128.store(at(rests, r), v128.load(shortRests));
  store<f64>(at(margins, r), m0 - zy0);
  store<f64>(at(margins, r + 1), m1 - zy1);
  if (gradient) {
    const w0 = weights ? load<f64>(weights) : 1;
    const w1 = weights ? load<f64>(weights, 8) : 1;
    const share0 = w0 * scale;
    const share1 = w1 * scale;
    const factors = f64x2.mul(shortInverses(), f64x2.replace_lane(f64x2.splat(share0), 1, share1));
    spreadShortRows(columns, factors, gradient, gradient + bytes);
    const factor0 = f64x2.extract_lane(factors, 0);
    const factor1 = f64x2.extract_lane(factors, 1);
    finishGradient(columns, y0, zy0, m0, load<f64>(shortRests), factor0, share0, w0 == 0, gradient);
    finishGradient(columns, y1, zy1, m1, load<f64>(shortRests, 8), factor1, share1, w1 == 0, gradient + bytes);
  }
}

/** Rest, margin and gradient of row r of a leaf. */
function oneRow(columns: i32, r: i32, z: usize, targets: usize, weights: usize, g: usize, scale: f64): void {
  const y = <i32>load<f64>(targets);
  const zy = load<f64>(at(z, y));
  rowNode(columns, z, g, rowStack);
  const m = load<f64>(rowStack);
  const s = load<f64>(rowStack, 8);
  store<f64>(at(rests, r), s);
  store<f64>(at(margins, r), m - zy);
  if (g) {
    const w = weights ? load<f64>(weights) : 1;
    const share = w * scale;
    const factor = inverseTotal(rowStack) * share;
    if (w != 0) spread(columns, z, factor, g);
    finishGradient(columns, y, zy, m, s, factor, share, w == 0, g);
  }
}

export function softmaxCrossEntropy(
  rows: i32,
  columns: i32,
  firstLeaf: i32,
  scores: usize,
  targets: usize,
  weights: usize,
  gradient: usize,
  scale: f64,
  stack: usize,
): void {
  const leaf = leafRows(columns);
  for (let begin = 0, index = firstLeaf; begin < rows; begin += leaf, index++) {
    const size = min(rows - begin, leaf);
    for (let r = 0; r < size; ) {
      const i = begin + r;
      const z = at(scores, i * columns);
      const w = weights ? at(weights, i) : 0;
      const g = gradient ? at(gradient, i * columns) : 0;
      if (columns <= SHORT && r + 2 <= size) {
        twoRows(columns, r, z, at(targets, i), w, g, scale);
        r += 2;
      } else {
        oneRow(columns, r, z, at(targets, i), w, g, scale);
        r += 1;
      }
    }
    store<f64>(nodeOf(index, 1, stack), weights ? leafExact(size, at(weights, begin), 0) : leafPlain(size));
    carry(index, 1, stack);
  }
}

/** Σ q_k in slots, one leaf whatever K. */
function mass(columns: i32, q: usize): f64 {
  let a = f64x2.splat(0);
  let b = a;
  for (let k = 0; k < columns; k += 2) {
    const pair = k + 1 < columns ? v128.load(at(q, k)) : v128.load64_zero(at(q, k));
    if (k & 2) b = f64x2.add(b, pair);
    else a = f64x2.add(a, pair);
  }
  return combine(a, b);
}

/** Σ q_k·(m − z_k) in slots, one leaf whatever K; terms with q_k = 0 are 0. */
function margin(columns: i32, q: usize, z: usize, m: f64): f64 {
  const max = f64x2.splat(m);
  let a = f64x2.splat(0);
  let b = a;
  for (let k = 0; k < columns; k += 2) {
    const whole = k + 1 < columns;
    const q0 = whole ? v128.load(at(q, k)) : v128.load64_zero(at(q, k));
    const z0 = whole ? v128.load(at(z, k)) : v128.load64_zero(at(z, k));
    const term = v128.andnot(f64x2.mul(q0, f64x2.sub(max, z0)), f64x2.eq(q0, f64x2.splat(0)));
    if (k & 2) b = f64x2.add(b, term);
    else a = f64x2.add(a, term);
  }
  return combine(a, b);
}

export function softmaxCrossEntropyDistributions(
  rows: i32,
  columns: i32,
  firstLeaf: i32,
  scores: usize,
  targets: usize,
  weights: usize,
  gradient: usize,
  scale: f64,
  stack: usize,
): void {
  const leaf = leafRows(columns);
  for (let begin = 0, index = firstLeaf; begin < rows; begin += leaf, index++) {
    const size = min(rows - begin, leaf);
    for (let r = 0; r < size; r++) {
      const i = begin + r;
      const z = at(scores, i * columns);
      const q = at(targets, i * columns);
      const g = gradient ? at(gradient, i * columns) : 0;
      rowNode(columns, z, g, rowStack);
      const total = mass(columns, q);
      store<f64>(at(rests, r), load<f64>(rowStack, 8));
      store<f64>(at(masses, r), total);
      store<f64>(at(margins, r), margin(columns, q, z, load<f64>(rowStack)));
      if (g) {
        const w = weights ? load<f64>(at(weights, i)) : 1;
        if (w == 0) {
          memory.fill(g, 0, (<usize>columns) << 3);
        } else {
          const share = w * scale;
          spread(columns, z, inverseTotal(rowStack) * (total * share), g);
          subtract(columns, share, q, g);
        }
      }
    }
    store<f64>(nodeOf(index, 1, stack), leafExact(size, weights ? at(weights, begin) : 0, masses));
    carry(index, 1, stack);
  }
}

/** gradient ← gradient − share·q. */
function subtract(columns: i32, share: f64, q: usize, gradient: usize): void {
  const factor = f64x2.splat(share);
  const pairs = columns & ~1;
  for (let k = 0; k < pairs; k += 2) {
    const g = f64x2.sub(v128.load(at(gradient, k)), f64x2.mul(v128.load(at(q, k)), factor));
    v128.store(at(gradient, k), g);
  }
  if (pairs < columns) store<f64>(at(gradient, pairs), load<f64>(at(gradient, pairs)) - load<f64>(at(q, pairs)) * share);
}

/** Probabilities of a row, and of all other classes together. */
const probabilities: usize = memory.data(8192, 16);
const complements: usize = memory.data(8192, 16);

/** w·Q·p_k·([k = l] − p_l) of one row; at most 1024 columns. */
function curvatureRow(rows: i32, columns: i32, i: i32, z: usize, factor: f64, out: usize): void {
  rowNode(columns, z, probabilities, rowStack);
  const m = load<f64>(rowStack);
  const s = load<f64>(rowStack, 8);
  const inverse = inverseTotal(rowStack);
  for (let k = 0; k < columns; k++) {
    const p = load<f64>(at(probabilities, k)) * inverse;
    store<f64>(at(probabilities, k), p);
    store<f64>(at(complements, k), load<f64>(at(z, k)) == m ? s * inverse : 1 - p);
  }
  let pair = 0;
  for (let k = 0; k < columns; k++) {
    const p = factor * load<f64>(at(probabilities, k));
    for (let l = 0; l < k; l++) {
      store<f64>(at(out, pair * rows + i), factor == 0 ? 0 : -(p * load<f64>(at(probabilities, l))));
      pair++;
    }
    store<f64>(at(out, pair * rows + i), factor == 0 ? 0 : p * load<f64>(at(complements, k)));
    pair++;
  }
}

export function softmaxCrossEntropyCurvature(
  rows: i32,
  columns: i32,
  scores: usize,
  targets: usize,
  weights: usize,
  out: usize,
): void {
  for (let i = 0; i < rows; i++) {
    const w = weights ? load<f64>(at(weights, i)) : 1;
    curvatureRow(rows, columns, i, at(scores, i * columns), w, out);
  }
}

export function softmaxCrossEntropyDistributionsCurvature(
  rows: i32,
  columns: i32,
  scores: usize,
  targets: usize,
  weights: usize,
  out: usize,
): void {
  for (let i = 0; i < rows; i++) {
    const w = weights ? load<f64>(at(weights, i)) : 1;
    const factor = w == 0 ? 0 : w * mass(columns, at(targets, i * columns));
    curvatureRow(rows, columns, i, at(scores, i * columns), factor, out);
  }
}
