import { LOG1P_TABLE } from "./tables";
import { logExponent, logOfSum, logPair } from "./log";

/**
 * log1p(x): u = 1 + x rounded, its error c exactly (D. E. Knuth's two-sum), then log(u + c) as in log.ts.
 * Range: all; ±0 keep their sign, log1p(−1) = −∞, below gives NaN. 0.86 ulp measured, 1 guaranteed.
 *
 * log1p on [0, 1]: entry i = ⌊128·t + 0.484⌋ of a table of log(1 + i/128) in two parts, r = (t − i/128)/(1 + i/128) and
 * a minimax polynomial of degree 7. Entry 1 is entry 0 again: r = t up to 0.0118, where the table would cancel. Method:
 * P. T. P. Tang, ACM TOMS 16 (1990) 378-400; coefficients our own. Range: [0, 1]. 0.87 ulp measured, 0.9 guaranteed.
 *
 * @module
 */

/** 1.5·2^40 + 15/4096: adding it rounds to multiples of 2^-12 and puts the bin in the bits above the lowest five. */
// @ts-ignore: decorator
@inline const BINS: f64 = 1649267441664.0037;
/** Loaded where they are used, as in exp.ts: the numbers by their offsets. */
const NUMBERS: usize = memory.data<f64>([
  -0.49999999999999734, 0.3333333333348983, -0.25000000062285815, 0.19999994300435595, -0.16663156945605867, 0.13911948441846603,
]);
// @ts-ignore: decorator
@inline const C2: usize = 0;
// @ts-ignore: decorator
@inline const C3: usize = 8;
// @ts-ignore: decorator
@inline const C4: usize = 16;
// @ts-ignore: decorator
@inline const C5: usize = 24;
// @ts-ignore: decorator
@inline const C6: usize = 32;
// @ts-ignore: decorator
@inline const C7: usize = 40;
/** From here on log1p(x) = log(x). */
// @ts-ignore: decorator
@inline const HUGE: f64 = 1e300;

/** The error of u = 1 + x. */
// @ts-ignore: decorator
@inline
export function onePlusError(x: v128, u: v128): v128 {
  const added = f64x2.sub(u, f64x2.splat(1));
  return f64x2.add(f64x2.sub(f64x2.splat(1), f64x2.sub(u, added)), f64x2.sub(x, added));
}

/** log1p(x) for every x, given the result for −1 < x < 1e300. */
function log1pWidePair(x: v128, u: v128, y: v128, inside: v128): v128 {
  const other = logPair(v128.bitselect(x, u, f64x2.ge(x, f64x2.splat(HUGE))));
  return v128.bitselect(y, other, inside);
}

// @ts-ignore: decorator
@inline
export function log1pPair(x: v128): v128 {
  const u = f64x2.add(f64x2.splat(1), x);
  const y = v128.or(logOfSum(u, logExponent(u), onePlusError(x, u), false), v128.and(x, f64x2.splat(-0.0)));
  const inside = v128.and(f64x2.gt(x, f64x2.splat(-1)), f64x2.lt(x, f64x2.splat(HUGE)));
  return i64x2.all_true(inside) ? y : log1pWidePair(x, u, y, inside);
}

/** log1p(t) for t in [0, 1] or NaN. */
// @ts-ignore: decorator
@inline
export function log1pUnitPair(t: v128): v128 {
  const bins = f64x2.add(t, f64x2.splat(BINS));
  const first = LOG1P_TABLE + <usize>(i32x4.extract_lane(bins, 0) & 0x1fe0);
  const second = LOG1P_TABLE + <usize>(i32x4.extract_lane(bins, 2) & 0x1fe0);
  const node0 = v128.load(first);
  const node1 = v128.load(second);
  const logarithm0 = v128.load(first, 16);
  const logarithm1 = v128.load(second, 16);
  const node = i64x2.shuffle(node0, node1, 0, 2);
  const reciprocal = i64x2.shuffle(node0, node1, 1, 3);
  const head = i64x2.shuffle(logarithm0, logarithm1, 0, 2);
  const tail = i64x2.shuffle(logarithm0, logarithm1, 1, 3);
  const r = f64x2.mul(f64x2.sub(t, node), reciprocal);
  const r2 = f64x2.mul(r, r);
  const low = f64x2.add(v128.load64_splat(NUMBERS + C2), f64x2.mul(r, v128.load64_splat(NUMBERS + C3)));
  const middle = f64x2.add(v128.load64_splat(NUMBERS + C4), f64x2.mul(r, v128.load64_splat(NUMBERS + C5)));
  const high = f64x2.add(v128.load64_splat(NUMBERS + C6), f64x2.mul(r, v128.load64_splat(NUMBERS + C7)));
  const polynomial = f64x2.add(low, f64x2.mul(r2, f64x2.add(middle, f64x2.mul(r2, high))));
  return f64x2.add(head, f64x2.add(r, f64x2.add(tail, f64x2.mul(r2, polynomial))));
}

/** out[i] = log1p(x[i]); an odd n takes the number after the last along. */
export function log1p(n: i32, x: usize, out: usize): void {
  for (const end = x + (<usize>n << 3); x < end; x += 16, out += 16) {
    v128.store(out, log1pPair(v128.load(x)));
  }
}
