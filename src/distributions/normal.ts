import { logOne } from "../backend/typescript/math/log.js";
import { normalCdfOne } from "../special/normalCdf.js";
import { normalQuantileOne } from "../special/normalQuantile.js";
import type { Distribution } from "./distribution.js";
import { makeContinuous } from "./make.js";
import { readLocation, readOptions, readPositive } from "./options.js";
import { HALF_LOG_TWO_PI, standardized } from "./terms.js";

/** Parameters of a normal distribution. */
export interface NormalParameters {
  /** The mean. */
  readonly mean: number;
  /** The standard deviation; > 0. */
  readonly sd: number;
}

/** The distribution itself; `fits/normal.ts` has it with its fit. */
export function normal(options?: Partial<NormalParameters>): Distribution<NormalParameters> {
  const given = readOptions(options, ["mean", "sd"]);
  const mean = readLocation("mean", given.mean);
  const sd = readPositive("sd", given.sd, 1);
  const constant = HALF_LOG_TWO_PI + logOne(sd);
  return makeContinuous({
    name: "normal",
    parameters: { mean, sd },
    support: [-Infinity, Infinity],
    mean,
    variance: sd * sd,
    entropy: constant + 0.5,
    logDensity(x) {
      const z = standardized(x, mean, sd);
      return -0.5 * z * z - constant;
    },
    cdf: (x) => normalCdfOne(standardized(x, mean, sd)),
    survival: (x) => normalCdfOne(-standardized(x, mean, sd)),
    inverse: (p, q) => mean + sd * (p <= q ? normalQuantileOne(p) : -normalQuantileOne(q)),
  });
}
