/**
 * The candidates for exp and log in TypeScript, without the checks for special values: normal finite arguments only.
 *
 * @module
 */
import { expNormalOne } from "../../src/backend/typescript/math/exp.js";
import { highWord, log } from "../../src/backend/typescript/math/log.js";
import { expTable, powersOfTwo } from "../../src/backend/tables.js";

/** Every fourth entry of the table of 128. */
export const table32 = expTable.filter((_, i) => i % 8 < 2);

/** 32 entries, degree 6. */
function exp32One(x: number): number {
  const k = x * 46.16624130844683 + 6755399441055744 - 6755399441055744;
  const j = (k & 31) << 1;
  const base = table32[j + 1] * powersOfTwo[(k >> 5) + 1074];
  const r = x - k * 0.021660849392446835 - k * 5.145609244655338e-14;
  const r2 = r * r;
  const high = 0.04166666666622852 + r * 0.008333367980616005 + r2 * 0.0013888948917730594;
  return base + base * (table32[j] + r + r2 * (0.5 + r * 0.16666666666526117) + r2 * r2 * high);
}

/** No table, degree 12 in pairs of terms. */
function expPolynomialOne(x: number): number {
  const k = x * 1.4426950408889634 + 6755399441055744 - 6755399441055744;
  const r = x - k * 0.6931471805598903 - k * 5.497923018708371e-14;
  const r2 = r * r;
  const r4 = r2 * r2;
  const first = 0.5 + r * 0.16666666666666685 + r2 * (0.04166666666666673 + r * 0.008333333333316751);
  const second =
    0.0013888888888858569 + r * 0.00019841269897026724 + r2 * (2.480158737351073e-5 + r * 2.7557234269679e-6);
  const third = 2.7557233545434945e-7 + r * 2.5112228157446226e-8 + r2 * 2.09268885787335e-9;
  const p = first + r4 * second + r4 * r4 * third;
  return (1 + (r + r2 * p)) * powersOfTwo[k + 1074];
}

/** The form of fdlibm: s = f/(2 + f), 7 terms in s². */
function logDivisionOne(x: number): number {
  const k = ((highWord(x) + 0x00095f62) >> 20) - 1023;
  const f = x * powersOfTwo[1074 - k] - 1;
  const s = f / (2 + f);
  const s2 = s * s;
  const s4 = s2 * s2;
  const even = s4 * (0.39999999999414326 + s4 * (0.22222198563553847 + s4 * 0.15314035913113286));
  const high = s4 * (0.2857142874247406 + s4 * (0.18183564863475332 + s4 * 0.14796104681466576));
  const half = 0.5 * f * f;
  const rest = s * (half + (even + s2 * (0.6666666666666734 + high))) + k * 5.497923018708371e-14;
  return k * 0.6931471805598903 - (half - rest - f);
}

type Loop = (n: number, x: Float64Array, out: Float64Array) => void;

export const twins: Record<string, Loop> = {
  exp128: (n, x, out) => {
    for (let i = 0; i < n; i++) out[i] = expNormalOne(x[i]);
  },
  exp32: (n, x, out) => {
    for (let i = 0; i < n; i++) out[i] = exp32One(x[i]);
  },
  expPolynomial: (n, x, out) => {
    for (let i = 0; i < n; i++) out[i] = expPolynomialOne(x[i]);
  },
  log128: log,
  logDivision: (n, x, out) => {
    for (let i = 0; i < n; i++) out[i] = logDivisionOne(x[i]);
  },
};
