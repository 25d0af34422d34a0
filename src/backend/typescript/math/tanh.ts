/**
 * tanh(x): for |x| < 0.55 x + x·z·P(z), z = x², P a minimax polynomial of 10 terms; else 1 − 2/(exp(2|x|) + 1) with the
 * sign of x.
 * Range: all; odd, ±0 keep their sign. 1.49 ulp measured, 2 guaranteed.
 *
 * @module
 */
import { expNormalOne } from "./exp.js";

function nearZero(a: number): number {
  const z = a * a;
  const w = z * z;
  const even =
    -0.33333333333332316 +
    w *
      (-0.05396825387593485 + w * (-0.00886319435370468 + w * (-0.0014532074366735532 + w * -0.00021024373314994406)));
  const odd =
    0.13333333333168818 +
    w * (0.021869485967236885 + w * (0.0035917181321597678 + w * (0.0005791050693803408 + w * 5.097676257380791e-5)));
  return a + a * (z * (even + z * odd));
}

function awayFromZero(a: number): number {
  const twice = a + a;
  return 1 - 2 / (expNormalOne(twice > 44 ? 44 : twice) + 1);
}

export function tanhOne(x: number): number {
  if (x === 0) return x;
  const a = Math.abs(x);
  const y = a < 0.55 ? nearZero(a) : awayFromZero(a);
  return x < 0 ? -y : y;
}

/** out[i] = tanh(x[i]). */
export function tanh(n: number, x: Float64Array, out: Float64Array): void {
  for (let i = 0; i < n; i++) out[i] = tanhOne(x[i]);
}
