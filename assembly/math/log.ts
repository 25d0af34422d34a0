/**
 * log(x): x = 2^k·(1 + f) with 1 + f in [√½, √2), then with s = f/(2 + f)
 * log(1 + f) = f − (f²/2 − s·(f²/2 + R(s²))), R a minimax polynomial of 7 terms, and k·log 2 in two parts.
 * Method: the one of fdlibm (K. C. Ng, 1993); coefficients our own.
 * Range: all; log(0) = −∞, negative gives NaN. 0.82 ulp measured, 1 guaranteed.
 *
 * @module
 */

// @ts-ignore: decorator
@inline const LN2_HIGH: f64 = 0.6931471805598903;
// @ts-ignore: decorator
@inline const LN2_LOW: f64 = 5.497923018708371e-14;
// @ts-ignore: decorator
@inline const R1: f64 = 0.6666666666666734;
// @ts-ignore: decorator
@inline const R2: f64 = 0.39999999999414326;
// @ts-ignore: decorator
@inline const R3: f64 = 0.2857142874247406;
// @ts-ignore: decorator
@inline const R4: f64 = 0.22222198563553847;
// @ts-ignore: decorator
@inline const R5: f64 = 0.18183564863475332;
// @ts-ignore: decorator
@inline const R6: f64 = 0.15314035913113286;
// @ts-ignore: decorator
@inline const R7: f64 = 0.14796104681466576;
/** The bits of about √½, and what takes them to those of 1. */
// @ts-ignore: decorator
@inline const ROOT_HALF: u64 = 0x3fe6a09e00000000;
// @ts-ignore: decorator
@inline const ROOT_HALF_TO_ONE: u64 = 0x00095f6200000000;

/** Bits of a positive normal x, moved so that the exponent field is k + 1023 and the rest says 1 + f. */
// @ts-ignore: decorator
@inline
export function logSplit(x: v128): v128 {
  return i64x2.add(x, i64x2.splat(ROOT_HALF_TO_ONE));
}

/** k as a double. */
// @ts-ignore: decorator
@inline
export function logExponent(split: v128): v128 {
  const biased = v128.or(i64x2.shr_u(split, 52), i64x2.splat(0x4330000000000000));
  return f64x2.sub(biased, f64x2.splat(4503599627371519));
}

/** f, exact. */
// @ts-ignore: decorator
@inline
export function logFraction(split: v128): v128 {
  const bits = i64x2.add(v128.and(split, i64x2.splat(0x000fffffffffffff)), i64x2.splat(ROOT_HALF));
  return f64x2.sub(bits, f64x2.splat(1));
}

/** low + R. */
// @ts-ignore: decorator
@inline
export function logSeries(k: v128, f: v128, low: v128): v128 {
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  const even = f64x2.mul(
    w,
    f64x2.add(
      f64x2.splat(R2),
      f64x2.mul(w, f64x2.add(f64x2.splat(R4), f64x2.mul(w, f64x2.splat(R6)))),
    ),
  );
  const odd = f64x2.mul(
    z,
    f64x2.add(
      f64x2.splat(R1),
      f64x2.mul(
        w,
        f64x2.add(
          f64x2.splat(R3),
          f64x2.mul(w, f64x2.add(f64x2.splat(R5), f64x2.mul(w, f64x2.splat(R7)))),
        ),
      ),
    ),
  );
  const half = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f);
  const rest = f64x2.add(f64x2.mul(s, f64x2.add(half, f64x2.add(even, odd))), low);
  return f64x2.sub(f64x2.mul(k, f64x2.splat(LN2_HIGH)), f64x2.sub(f64x2.sub(half, rest), f));
}

/** The part of k·log 2 that goes with the small terms. */
// @ts-ignore: decorator
@inline
export function logLow(k: v128): v128 {
  return f64x2.mul(k, f64x2.splat(LN2_LOW));
}

/** log(x) for positive normal finite x. */
// @ts-ignore: decorator
@inline
function logNormalPair(x: v128): v128 {
  const split = logSplit(x);
  const k = logExponent(split);
  return logSeries(k, logFraction(split), logLow(k));
}

/** log(x) for every x. */
function logWidePair(x: v128): v128 {
  const tiny = f64x2.lt(x, f64x2.splat(2.2250738585072014e-308));
  const normal = v128.bitselect(f64x2.mul(x, f64x2.splat(18014398509481984)), x, tiny);
  const split = logSplit(normal);
  const k = f64x2.sub(logExponent(split), v128.and(f64x2.splat(54), tiny));
  const y = logSeries(k, logFraction(split), logLow(k));
  const positive = v128.bitselect(y, x, f64x2.lt(x, f64x2.splat(Infinity)));
  const other = v128.bitselect(f64x2.splat(-Infinity), f64x2.splat(NaN), f64x2.eq(x, f64x2.splat(0)));
  return v128.bitselect(positive, other, f64x2.gt(x, f64x2.splat(0)));
}

/** Lanes that are not positive, normal and finite: one signed comparison after a shift of the whole range. */
// @ts-ignore: decorator
@inline
export function notNormal(x: v128): v128 {
  return i64x2.gt_s(i64x2.add(x, i64x2.splat(0x7ff0000000000000)), i64x2.splat(0xffdfffffffffffff));
}

// @ts-ignore: decorator
@inline
export function logPair(x: v128): v128 {
  return v128.any_true(notNormal(x)) ? logWidePair(x) : logNormalPair(x);
}

// @ts-ignore: decorator
@inline
export function logOne(x: f64): f64 {
  return f64x2.extract_lane(logPair(f64x2.splat(x)), 0);
}

/** out[i] = log(x[i]). */
export function log(n: i32, x: usize, out: usize): void {
  for (const end = x + (<usize>(n & ~1) << 3); x < end; x += 16, out += 16) {
    v128.store(out, logPair(v128.load(x)));
  }
  if (n & 1) store<f64>(out, logOne(load<f64>(x)));
}
