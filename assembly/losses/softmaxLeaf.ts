import { log1pOfPair } from "../logSumExp";
import { logOne } from "../math/log";
import { at, combine } from "../tree";

/** Mean loss of a leaf below which log Π(1 + s) would lose relative accuracy. */
const SMALL: f64 = 0.03125;

/** Per row of a leaf: rest s, mass Q (of distributions), margin Σ q_k·(m − z_k). */
export const rests: usize = memory.data(512, 16);
export const masses: usize = memory.data(512, 16);
export const margins: usize = memory.data(512, 16);

/** Σ w·(Q·log1p(s) + margin) over the rows of a leaf, in slots; without masses Q = 1. */
export function leafExact(rows: i32, weights: usize, masses: usize): f64 {
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  for (let i = 0; i < rows; i += 2) {
    let log = log1pOfPair(v128.load(at(rests, i)));
    if (masses) log = f64x2.mul(v128.load(at(masses, i)), log);
    let loss = f64x2.add(log, v128.load(at(margins, i)));
    let alive = i64x2.splat(-1);
    if (weights) {
      const w = i + 1 < rows ? v128.load(at(weights, i)) : v128.load64_zero(at(weights, i));
      loss = f64x2.mul(w, loss);
      alive = f64x2.ne(w, f64x2.splat(0));
    }
    if (i + 1 == rows) alive = v128.and(alive, i64x2(-1, 0));
    loss = v128.and(loss, alive);
    if (i & 2) sum1 = f64x2.add(sum1, loss);
    else sum0 = f64x2.add(sum0, loss);
  }
  return combine(sum0, sum1);
}

/** Σ loss of a leaf of class indices whose rows all weigh 1: the logarithms are taken of a product. */
export function leafPlain(rows: i32): f64 {
  // Places up to a multiple of four add 0 and multiply by 1.
  for (let i = rows; i & 3; i++) {
    store<f64>(at(rests, i), 0);
    store<f64>(at(margins, i), 0);
  }
  const one = f64x2.splat(1);
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  let product0 = one;
  let product1 = one;
  for (let i = 0; i < rows; i += 4) {
    sum0 = f64x2.add(sum0, v128.load(at(margins, i)));
    sum1 = f64x2.add(sum1, v128.load(at(margins, i), 16));
    product0 = f64x2.mul(product0, f64x2.add(one, v128.load(at(rests, i))));
    product1 = f64x2.mul(product1, f64x2.add(one, v128.load(at(rests, i), 16)));
  }
  const product = f64x2.mul(product0, product1);
  const all = f64x2.extract_lane(product, 0) * f64x2.extract_lane(product, 1);
  const loss = combine(sum0, sum1) + logOne(all);
  return loss < SMALL * <f64>rows ? leafExact(rows, 0, 0) : loss;
}
