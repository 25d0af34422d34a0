import { expOne } from "../backend/typescript/math/exp.js";
import { expm1One } from "../backend/typescript/math/expm1.js";
import { logOne } from "../backend/typescript/math/log.js";
import { log1pOne } from "../backend/typescript/math/log1p.js";
import type { Distribution } from "./distribution.js";
import { makeContinuous } from "./make.js";
import { readOptions, readPositive } from "./options.js";

/** Parameters of an exponential distribution. */
export interface ExponentialParameters {
  /** Events in a unit of x: the inverse of the mean; > 0. */
  readonly rate: number;
}

/** The distribution itself; `fits/exponential.ts` has it with its fit. */
export function exponential(options: ExponentialParameters): Distribution<ExponentialParameters> {
  const rate = readPositive("rate", readOptions(options, ["rate"]).rate);
  const log = logOne(rate);
  return makeContinuous({
    name: "exponential",
    parameters: { rate },
    support: [0, Infinity],
    mean: 1 / rate,
    variance: 1 / rate / rate,
    entropy: 1 - log,
    logDensity: (x) => log - rate * x,
    cdf: (x) => -expm1One(-rate * x),
    survival: (x) => expOne(-rate * x),
    inverse: (p, q) => (p <= q ? -log1pOne(-p) : -logOne(q)) / rate,
  });
}
