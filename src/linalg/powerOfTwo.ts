/**
 * The power of two 2^e ≤ x < 2^(e+1), for a positive finite x: scaling by it is exact. Very small x give 2⁻¹⁰⁰⁰, so that
 * the reciprocal stays finite; 1 for anything that is not positive and finite.
 */
export function powerOfTwoBelow(x: number): number {
  if (!(x > 0 && x < Infinity)) return 1;
  let power = 1;
  for (const step of [
    1.3407807929942597e154, 1.157920892373162e77, 3.402823669209385e38, 18446744073709552000, 4294967296, 65536, 256,
    16, 4, 2,
  ]) {
    while (power <= x / step) power *= step;
    while (power / step >= 1e-301 && power > x) power /= step;
  }
  return power;
}
