import { expOne } from "../backend/typescript/math/exp.js";
import { logOne } from "../backend/typescript/math/log.js";
import type { Distribution } from "./distribution.js";
import { makeContinuous } from "./make.js";
import { readLocation, readOptions, readPositive } from "./options.js";
import { standardized } from "./terms.js";

/** Parameters of a Laplace distribution. */
export interface LaplaceParameters {
  /** The median, which is the mean too. */
  readonly location: number;
  /** The mean distance from it; > 0. */
  readonly scale: number;
}

/** The distribution itself; `fits/laplace.ts` has it with its fit. */
export function laplace(options?: Partial<LaplaceParameters>): Distribution<LaplaceParameters> {
  const given = readOptions(options, ["location", "scale"]);
  const location = readLocation("location", given.location);
  const scale = readPositive("scale", given.scale, 1);
  const constant = logOne(2) + logOne(scale);
  const lower = (z: number): number => (z <= 0 ? 0.5 * expOne(z) : 1 - 0.5 * expOne(-z));
  return makeContinuous({
    name: "laplace",
    parameters: { location, scale },
    support: [-Infinity, Infinity],
    mean: location,
    variance: 2 * scale * scale,
    entropy: constant + 1,
    logDensity: (x) => -Math.abs(standardized(x, location, scale)) - constant,
    cdf: (x) => lower(standardized(x, location, scale)),
    survival: (x) => lower(-standardized(x, location, scale)),
    inverse: (p, q) => location + scale * (p <= q ? logOne(2 * p) : -logOne(2 * q)),
  });
}
