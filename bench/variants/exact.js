/** Errors in units in the last place of exp and log, against exp in 192-bit fixed point. */
const BITS = 192n;
const ONE = 1n << BITS;

/** log 2 = Σ 1/(n·2^n). */
const LN2 = Array.from({ length: 200 }, (_, i) => (ONE >> BigInt(i + 1)) / BigInt(i + 1)).reduce((a, b) => a + b);

/** x = mantissa·2^exponent. */
function parts(x) {
  const bits = new BigUint64Array(new Float64Array([x]).buffer)[0];
  const field = (bits >> 52n) & 0x7ffn;
  const mantissa = (bits & 0xfffffffffffffn) + (field === 0n ? 0n : 1n << 52n);
  return [x < 0 ? -mantissa : mantissa, (field === 0n ? 1n : field) - 1075n];
}

const shift = (a, by) => (by >= 0n ? a << by : a >> -by);

/** [mantissa, exponent]: exp(x) = mantissa/2^192·2^exponent with the mantissa near 1. */
function exp(x) {
  const [mantissa, exponent] = parts(x);
  const k = BigInt(Math.round(x / Math.LN2));
  const r = shift(mantissa, exponent + BITS) - k * LN2;
  let sum = ONE;
  for (let n = 1n, term = r; term !== 0n && term !== -1n; n++, term = (term * r) >> BITS) {
    term /= n;
    sum += term;
  }
  return [sum, k];
}

/** |got − exp(x)| in ulp of exp(x). */
export function expError(x, got) {
  const [value, k] = exp(x);
  const ulp = k - (value < ONE ? 53n : 52n);
  const [mantissa, exponent] = parts(got);
  const difference = shift(mantissa, exponent - ulp + 40n) - shift(value, k - BITS - ulp + 40n);
  return Math.abs(Number(difference)) / 2 ** 40;
}

/** |got − log(x)| in ulp of log(x): log(x) = got + log(x/exp(got)). */
export function logError(x, got) {
  const [value, k] = exp(got);
  const [mantissa, exponent] = parts(x);
  const ratio = shift(mantissa, exponent - k + 2n * BITS) / value - ONE;
  const [, ulp] = parts(got);
  return Math.abs(Number(ratio)) / 2 ** Number(BITS) / 2 ** Number(ulp);
}
