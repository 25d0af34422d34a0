import { expOne } from "../backend/typescript/math/exp.js";
import { logOne } from "../backend/typescript/math/log.js";
import { digammaOne } from "../special/digamma.js";
import { logBetaOne } from "../special/logBeta.js";
import { logGammaHalfStep } from "../special/logGammaHalfStep.js";
import { studentTCdfOne, studentTQuantileOne } from "../special/studentT.js";
import type { Distribution } from "./distribution.js";
import { drawLogGamma, drawNormal } from "./drawGamma.js";
import { makeContinuous } from "./make.js";
import { readLocation, readOptions, readPositive } from "./options.js";
import { LOG_PI, logOnePlusSquare, standardized } from "./terms.js";

/** Parameters of a Student t distribution. */
export interface StudentTParameters {
  /** Degrees of freedom, not necessarily whole; > 0. */
  readonly df: number;
  /** The median. */
  readonly location: number;
  /** The scale, which is not the standard deviation; > 0. */
  readonly scale: number;
}

/** What is given: the degrees of freedom, and the others unless they are 0 and 1. */
export type StudentTOptions = Pick<StudentTParameters, "df"> & Partial<StudentTParameters>;

/** log of the density at its centre, of scale 1. */
export function logStudentTPeak(df: number): number {
  return logGammaHalfStep(0.5 * df) - 0.5 * (logOne(df) + LOG_PI);
}

/** The distribution itself; `fits/studentT.ts` has it with its fit. */
export function studentT(options: StudentTOptions): Distribution<StudentTParameters> {
  const given = readOptions(options, ["df", "location", "scale"]);
  const df = readPositive("df", given.df);
  const location = readLocation("location", given.location);
  const scale = readPositive("scale", given.scale, 1);
  const peak = logStudentTPeak(df) - logOne(scale);
  const half = 0.5 * (df + 1);
  return makeContinuous({
    name: "studentT",
    parameters: { df, location, scale },
    support: [-Infinity, Infinity],
    mean: df > 1 ? location : NaN,
    variance: df > 2 ? scale * scale * (df / (df - 2)) : df > 1 ? Infinity : NaN,
    entropy:
      half * (digammaOne(half) - digammaOne(0.5 * df)) + 0.5 * logOne(df) + logBetaOne(0.5 * df, 0.5) + logOne(scale),
    logDensity: (x) => peak - half * logOnePlusSquare(standardized(x, location, scale), df),
    cdf: (x) => studentTCdfOne(standardized(x, location, scale), df),
    survival: (x) => studentTCdfOne(-standardized(x, location, scale), df),
    inverse: (p, q) => location + scale * (p <= q ? studentTQuantileOne(p, df) : -studentTQuantileOne(q, df)),
    draw(random) {
      const z = drawNormal(random);
      const log = drawLogGamma(random, 0.5 * df) - logOne(0.5 * df);
      return location + scale * (z * expOne(-0.5 * log));
    },
  });
}
