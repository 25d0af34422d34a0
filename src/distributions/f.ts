import { expOne } from "../backend/typescript/math/exp.js";
import { logOne } from "../backend/typescript/math/log.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import type { Split } from "../special/betaTail.js";
import { fCdf, fSurvival } from "../special/f.js";
import { betaInverseLogit } from "../special/inverseBeta.js";
import { logBetaOne } from "../special/logBeta.js";
import type { Distribution } from "./distribution.js";
import { drawLogGamma } from "./drawGamma.js";
import { makeContinuous } from "./make.js";
import { readOptions, readPositive } from "./options.js";
import { logBetaTerm } from "./terms.js";

/** Parameters of an F distribution. */
export interface FParameters {
  /** Degrees of freedom of the numerator; > 0. */
  readonly d1: number;
  /** Degrees of freedom of the denominator; > 0. */
  readonly d2: number;
}

function logDensity(x: number, d1: number, d2: number): number {
  const a = 0.5 * d1;
  const b = 0.5 * d2;
  if (x === 0) return a < 1 ? Infinity : a === 1 ? 0 : -Infinity;
  const ratio = (d1 / d2) * x;
  if (ratio < 1e-200 || ratio > 1e200) {
    const log = logOne(d1) - logOne(d2) + logOne(x);
    // (1 + r)^−(a + b), r next to 0 or alone.
    return a * log - (a + b) * (ratio < 1 ? 0 : log) - logBetaOne(a, b) - logOne(x);
  }
  const y = 1 / (1 + ratio);
  const split: Split = { x: ratio < 1 ? ratio * y : ratio / (1 + ratio), xLow: 0, y, yLow: 0 };
  if (a < 8 || b < 8) return a * logOne(ratio) - (a + b) * log1pOne(ratio) - logBetaOne(a, b) - logOne(x);
  return logBetaTerm(split, a, b) - logOne(x);
}

/**
 * The F distribution of the ratio of two mean squares with d1 and d2 degrees of freedom.
 *
 * log p(x) = (d1/2)·log r − ((d1 + d2)/2)·log(1 + r) − log x − log B(d1/2, d2/2) nats, r = x·d1/d2, for x ≥ 0.
 *
 * @param options - `d1` and `d2`.
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for degrees of freedom that are not > 0 and finite.
 * @see Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions*, vol. 2, 2nd ed., 1995
 * @example
 * const d = distributions.f({ d1: 3, d2: 20 });
 * d.quantile(0.95); // → 3.098391212141
 * d.mean; // → 1.111111111111
 */
export function f(options: FParameters): Distribution<FParameters> {
  const given = readOptions(options, ["d1", "d2"]);
  const d1 = readPositive("d1", given.d1);
  const d2 = readPositive("d2", given.d2);
  const mean = d2 > 2 ? d2 / (d2 - 2) : Infinity;
  return makeContinuous({
    name: "f",
    parameters: { d1, d2 },
    support: [0, Infinity],
    mean,
    variance: d2 > 4 ? (2 * mean * mean * ((d1 + d2 - 2) / d1)) / (d2 - 4) : d2 > 2 ? Infinity : NaN,
    entropy: null,
    logDensity: (x) => logDensity(x, d1, d2),
    cdf: (x) => fCdf(x, d1, d2),
    survival: (x) => fSurvival(x, d1, d2),
    inverse: (p, q) => (d2 / d1) * expOne(betaInverseLogit(p, q, 0.5 * d1, 0.5 * d2)),
    draw(random) {
      const above = drawLogGamma(random, 0.5 * d1);
      return (d2 / d1) * expOne(above - drawLogGamma(random, 0.5 * d2));
    },
  });
}
