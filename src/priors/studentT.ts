import { logOne } from "../backend/typescript/math/log.js";
import { checkOptions, fail } from "../check.js";
import { PI } from "../constants.js";
import { readEach } from "./each.js";
import type { Family, Numbers } from "./family.js";
import { logGammaHalfStep } from "../special/logGammaHalfStep.js";
import { makePrior } from "./make.js";
import { readIntercept, readMean, readNumber, readOneScale, readScale } from "./options.js";
import type { Prior } from "./prior.js";
import { logTail, tailTerm } from "./tail.js";

/** Options of a Student t prior. */
export interface StudentTOptions {
  /** Degrees of freedom of every coefficient, or one each; > 0. */
  readonly df: number | ArrayLike<number>;
  /** Mean of every coefficient, or one each (default 0). */
  readonly mean?: number | ArrayLike<number>;
  /** Scale of every coefficient, or one each; > 0. */
  readonly scale: number | ArrayLike<number>;
  /** A prior of the intercept too, which is free without it. */
  readonly intercept?: {
    /** Degrees of freedom of every intercept; > 0. */
    readonly df: number;
    /** Mean of every intercept (default 0). */
    readonly mean?: number;
    /** Scale of every intercept; > 0. */
    readonly scale: number;
  };
}

type Names = "df" | "scale";

/** The family that powers of Student t and Cauchy densities belong to. */
export const studentTFamily: Family<Names> = {
  name: "studentT",
  penalty: null,
  shown: ["df", "scale"],
  proper: true,
  term: ({ df, scale }) => ({ precision: 0, rate: 0, smooth: tailTerm(df, scale) }),
  logDensity: ({ df, scale }, distance) =>
    logGammaHalfStep(0.5 * df) -
    0.5 * (logOne(df) + logOne(PI)) -
    logOne(scale) -
    0.5 * (df + 1) * logTail(distance, df, scale),
  power: powerOfTail,
};

/** (1 + z²/ν)^−(ν+1)k/2 is a Student t of ν′ = k(ν + 1) − 1 and s′ = s√(ν/ν′). */
function powerOfTail(numbers: Numbers<Names>, k: number): Numbers<Names> {
  const df = k * (numbers.df + 1) - 1;
  if (!(df > 0 && df < Infinity)) {
    fail("range", "scale", `one that leaves a density: φ·W′/(φ′·W) > ${1 / (numbers.df + 1)}`, k);
  }
  return { ...numbers, df, scale: numbers.scale * Math.sqrt(numbers.df / df) };
}

/**
 * Student t prior: each coefficient = mean + scale·t, t of df degrees of freedom, independently; like a normal prior near
 * the mean, with tails that let large coefficients be.
 *
 * Adds ½(df + 1)·ln(1 + ((θ − mean)/scale)²/df) nats per coefficient to the summed surprisal, which is not convex: a fit
 * ends "stationary" and may not be the only one. Its constant enters `logDensity` only. The intercept is free unless
 * `intercept` names its own. As a penalty: φ/W times as much.
 *
 * @param options - `df`, `scale` and `mean` (default 0): one number, or one per coefficient. `intercept`: `{ df, mean?,
 *   scale }`.
 * @returns The prior.
 * @throws TypeError for what is no number; RangeError unless every mean is finite, every df and scale is finite and > 0,
 *   and 1/scale² is finite.
 * @see Gelman, Jakulin, Pittau & Su, "A weakly informative default prior distribution for logistic and other regression
 *   models", Annals of Applied Statistics 2 (2008)
 * @example
 * const prior = priors.studentT({ df: 4, scale: 2.5 });
 * prior.logDensity([0]); // → -1.89712
 * String(prior); // → "studentT(df 4, scale 2.5)"
 */
export function studentT(options: StudentTOptions): Prior {
  checkOptions("options", options, ["df", "mean", "scale", "intercept"]);
  const df = readEach("df", options?.df, true);
  const [scale] = readScale("scale", options.scale, "inverse square", (value) => 1 / (value * value));
  const mean = readMean(options.mean);
  const own = readIntercept(options.intercept, ["df", "mean", "scale"]);
  const coefficients = { df, scale, mean };
  if (own === null) return makePrior({ family: studentTFamily, coefficients, intercept: null });
  const [ownDf] = readOneScale("intercept.df", own.df, "value", (value) => value);
  const [ownScale] = readOneScale("intercept.scale", own.scale, "inverse square", (value) => 1 / (value * value));
  const ownMean = own.mean === undefined ? 0 : readNumber("intercept.mean", own.mean);
  return makePrior({ family: studentTFamily, coefficients, intercept: { df: ownDf, scale: ownScale, mean: ownMean } });
}
