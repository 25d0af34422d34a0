import { expOne } from "../backend/typescript/math/exp.js";
import { expm1One } from "../backend/typescript/math/expm1.js";
import { logOne } from "../backend/typescript/math/log.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import type { Distribution } from "./distribution.js";
import { makeContinuous } from "./make.js";
import { readOptions, readPositive } from "./options.js";

/** Parameters of a Lomax distribution. */
export interface LomaxParameters {
  /** The exponent of the tail; > 0. */
  readonly shape: number;
  /** The scale; > 0. */
  readonly scale: number;
}

/**
 * The Lomax (Pareto II) distribution: exponential with a rate that is a gamma number of this shape and of rate `scale`; the
 * predictive distribution of exponential data.
 *
 * log p(x) = log(shape/scale) − (shape + 1)·log(1 + x/scale) nats, for x ≥ 0. The mean is Infinity for a shape up to 1.
 *
 * @param options - `shape` and `scale`.
 * @returns The distribution.
 * @throws TypeError for what is no number; RangeError for one that is not > 0 and finite.
 * @see Johnson, Kotz & Balakrishnan, *Continuous Univariate Distributions*, vol. 1, 2nd ed., 1994, chapter 20
 * @example
 * const d = distributions.lomax({ shape: 3, scale: 2 });
 * d.survival([0, 2]); // → [1, 0.125]
 * d.mean; // → 1
 */
export function lomax(options: LomaxParameters): Distribution<LomaxParameters> {
  const given = readOptions(options, ["shape", "scale"]);
  const shape = readPositive("shape", given.shape);
  const scale = readPositive("scale", given.scale);
  const peak = logOne(shape) - logOne(scale);
  const mean = shape > 1 ? scale / (shape - 1) : Infinity;
  const logTail = (x: number): number => {
    const ratio = x / scale;
    return ratio < Infinity ? log1pOne(ratio) : logOne(x) - logOne(scale);
  };
  return makeContinuous({
    name: "lomax",
    parameters: { shape, scale },
    support: [0, Infinity],
    mean,
    variance: shape > 2 ? mean * mean * (shape / (shape - 2)) : shape > 1 ? Infinity : NaN,
    entropy: 1 + 1 / shape - peak,
    logDensity: (x) => peak - (shape + 1) * logTail(x),
    cdf: (x) => -expm1One(-shape * logTail(x)),
    survival: (x) => expOne(-shape * logTail(x)),
    inverse: (p, q) => scale * expm1One((p <= q ? -log1pOne(-p) : -logOne(q)) / shape),
  });
}
