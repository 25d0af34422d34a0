/* eslint-disable @typescript-eslint/ban-ts-comment */
// @ts-nocheck: AssemblyScript, compiled by run.js.
/**
 * The candidates for exp and log in SIMD, without the checks for special values: normal finite arguments only.
 *
 * @module
 */
import { expNormalPair } from "../../assembly/math/exp";
import { logExponent, logOfSum } from "../../assembly/math/log";

export { expTable, log1pTable } from "../../assembly/math/tables";

const TABLE_32: usize = memory.data(512, 16);

export function table32(): usize {
  return TABLE_32;
}

function plus(c: f64, a: v128, b: v128): v128 {
  return f64x2.add(f64x2.splat(c), f64x2.mul(a, b));
}

/** 32 entries, degree 6. */
function exp32Pair(x: v128): v128 {
  const rounding = f64x2.splat(6755399441055744);
  const steps = f64x2.add(f64x2.mul(x, f64x2.splat(46.16624130844683)), rounding);
  const a = v128.load(TABLE_32 + ((<usize>(i32x4.extract_lane(steps, 0) & 31)) << 4));
  const b = v128.load(TABLE_32 + ((<usize>(i32x4.extract_lane(steps, 2) & 31)) << 4));
  const exponent = v128.and(i64x2.shl(steps, 47), i64x2.splat(0xfff0000000000000));
  const base = i64x2.add(i64x2.shuffle(a, b, 1, 3), exponent);
  const k = f64x2.sub(steps, rounding);
  const near = f64x2.sub(x, f64x2.mul(k, f64x2.splat(0.021660849392446835)));
  const r = f64x2.sub(near, f64x2.mul(k, f64x2.splat(5.145609244655338e-14)));
  const r2 = f64x2.mul(r, r);
  const high = f64x2.add(
    plus(0.04166666666622852, r, f64x2.splat(0.008333367980616005)),
    f64x2.mul(r2, f64x2.splat(0.0013888948917730594)),
  );
  const low = f64x2.mul(r2, plus(0.5, r, f64x2.splat(0.16666666666526117)));
  const tail = f64x2.add(f64x2.add(f64x2.add(i64x2.shuffle(a, b, 0, 2), r), low), f64x2.mul(f64x2.mul(r2, r2), high));
  return f64x2.add(base, f64x2.mul(base, tail));
}

/** No table, degree 12 in pairs of terms. */
function expPolynomialPair(x: v128): v128 {
  const rounding = f64x2.splat(6755399441055744);
  const steps = f64x2.add(f64x2.mul(x, f64x2.splat(1.4426950408889634)), rounding);
  const k = f64x2.sub(steps, rounding);
  const near = f64x2.sub(x, f64x2.mul(k, f64x2.splat(0.6931471805598903)));
  const r = f64x2.sub(near, f64x2.mul(k, f64x2.splat(5.497923018708371e-14)));
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  const r8 = f64x2.mul(r4, r4);
  const p0 = plus(0.5, r, f64x2.splat(0.16666666666666685));
  const p2 = plus(0.04166666666666673, r, f64x2.splat(0.008333333333316751));
  const p4 = plus(0.0013888888888858569, r, f64x2.splat(0.00019841269897026724));
  const p6 = plus(2.480158737351073e-5, r, f64x2.splat(2.7557234269679e-6));
  const p8 = plus(2.7557233545434945e-7, r, f64x2.splat(2.5112228157446226e-8));
  const first = f64x2.add(p0, f64x2.mul(r2, p2));
  const second = f64x2.add(p4, f64x2.mul(r2, p6));
  const third = f64x2.add(p8, f64x2.mul(r2, f64x2.splat(2.09268885787335e-9)));
  const p = f64x2.add(f64x2.add(first, f64x2.mul(r4, second)), f64x2.mul(r8, third));
  const y = f64x2.add(f64x2.splat(1), f64x2.add(r, f64x2.mul(r2, p)));
  return i64x2.add(y, i64x2.shl(steps, 52));
}

/** The form of fdlibm: s = f/(2 + f), 7 terms in s². */
function logDivisionPair(x: v128): v128 {
  const split = i64x2.add(x, i64x2.splat(0x00095f6200000000));
  const biased = v128.or(i64x2.shr_u(split, 52), i64x2.splat(0x4330000000000000));
  const k = f64x2.sub(biased, f64x2.splat(4503599627371519));
  const z = i64x2.add(v128.and(split, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3fe6a09e00000000));
  const f = f64x2.sub(z, f64x2.splat(1));
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
  const s2 = f64x2.mul(s, s);
  const s4 = f64x2.mul(s2, s2);
  const even = plus(0.39999999999414326, s4, plus(0.22222198563553847, s4, f64x2.splat(0.15314035913113286)));
  const high = plus(0.2857142874247406, s4, plus(0.18183564863475332, s4, f64x2.splat(0.14796104681466576)));
  const series = f64x2.add(f64x2.mul(s4, even), f64x2.mul(s2, plus(0.6666666666666734, s4, high)));
  const half = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f);
  const low = f64x2.mul(k, f64x2.splat(5.497923018708371e-14));
  const rest = f64x2.add(f64x2.mul(s, f64x2.add(half, series)), low);
  return f64x2.sub(f64x2.mul(k, f64x2.splat(0.6931471805598903)), f64x2.sub(f64x2.sub(half, rest), f));
}

export function exp128(n: i32, x: usize, out: usize): void {
  for (const end = x + ((<usize>n) << 3); x < end; x += 16, out += 16) v128.store(out, expNormalPair(v128.load(x)));
}

export function exp32(n: i32, x: usize, out: usize): void {
  for (const end = x + ((<usize>n) << 3); x < end; x += 16, out += 16) v128.store(out, exp32Pair(v128.load(x)));
}

export function expPolynomial(n: i32, x: usize, out: usize): void {
  for (const end = x + ((<usize>n) << 3); x < end; x += 16, out += 16) v128.store(out, expPolynomialPair(v128.load(x)));
}

export function log128(n: i32, x: usize, out: usize): void {
  for (const end = x + ((<usize>n) << 3); x < end; x += 16, out += 16) {
    const u = v128.load(x);
    v128.store(out, logOfSum(u, logExponent(u), u, true));
  }
}

export function logDivision(n: i32, x: usize, out: usize): void {
  for (const end = x + ((<usize>n) << 3); x < end; x += 16, out += 16) v128.store(out, logDivisionPair(v128.load(x)));
}
