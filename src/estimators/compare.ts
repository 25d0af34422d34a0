import { fail } from "../check.js";
import { chiSquaredSurvival } from "../special/chiSquared.js";
import { fSurvival } from "../special/f.js";
import type { Inference } from "./inferenceRecord.js";

/** A test of one fit against a larger one. */
export interface Comparison {
  /** Which distribution the statistic has if the smaller model holds. */
  readonly test: "chi-squared" | "F";
  /** Of χ² twice the gain in log-likelihood; of F the drop in deviance per parameter over φ of the larger fit. */
  readonly statistic: number;
  /** Parameters that the larger fit has more. */
  readonly degreesOfFreedom: number;
  /** n − p of the larger fit, for F; null for χ². */
  readonly residualDegreesOfFreedom: number | null;
  /** P of a statistic as large if the smaller model held. */
  readonly pValue: number;
}

/**
 * Tests a fit against a larger one in which it is nested: the likelihood-ratio test, or where the dispersion is estimated the
 * F test of the analysis of deviance, which is exact for a Gaussian.
 *
 * Both by maximum likelihood, to the same rows, with the columns of the smaller among those of the larger.
 *
 * @param smaller - The inference of the smaller fit.
 * @param larger - That of the larger.
 * @returns The statistic, its degrees of freedom and its p-value.
 * @throws TypeError for what is no inference; RangeError for fits that are not nested, of other rows, or whose likelihood is
 *   not at its greatest (a prior, sampling weights).
 * @see McCullagh & Nelder, *Generalized Linear Models*, 2nd ed., 1989, §2.3
 * @example
 * const hours = [[0.5, 3], [1, 1], [1.5, 2], [2, 3], [2.5, 1], [3, 2], [3.5, 1], [4, 3]];
 * const passed = [0, 0, 1, 0, 1, 0, 1, 1];
 * const [one, two] = [hours.map(([h]) => [h]), hours];
 * const smaller = inference(logisticRegression(one, passed), dataset(one, passed));
 * const larger = inference(logisticRegression(two, passed), dataset(two, passed));
 * compare(smaller, larger).pValue; // → 0.379440218713
 */
export function compare(smaller: Inference, larger: Inference): Comparison {
  check("smaller", smaller);
  check("larger", larger);
  if (smaller.name !== larger.name)
    fail("range", "larger", `a fit of the same likelihood, ${smaller.name}`, larger.name);
  if (smaller.observations !== larger.observations || smaller.weightsAre !== larger.weightsAre) {
    fail("range", "larger", `a fit to the same ${smaller.observations} observations`, larger.observations);
  }
  const keys = new Set(larger.rows.map(keyOf));
  const missing = smaller.rows.find((row) => !keys.has(keyOf(row)));
  if (missing !== undefined)
    fail("range", "larger", `the coefficient ${missing.name} of the smaller fit too`, "others");
  const [a, b] = [smaller.nullDeviance, larger.nullDeviance];
  const sameIntercept = hasIntercept(smaller) === hasIntercept(larger);
  if (a !== null && b !== null && sameIntercept && !(Math.abs(a - b) <= 1e-8 * Math.max(a, b)) && !hasTheta(larger)) {
    fail("range", "larger", "a fit to the same targets, whose null deviance is the same", b);
  }
  const degreesOfFreedom = larger.parameters - smaller.parameters;
  if (!(degreesOfFreedom > 0)) fail("range", "larger", "more parameters than the smaller fit", larger.parameters);
  if (larger.test === "t") {
    const residual = larger.residualDegreesOfFreedom;
    const statistic = (smaller.deviance! - larger.deviance!) / degreesOfFreedom / larger.dispersion!;
    const pValue = fSurvival(statistic, degreesOfFreedom, residual);
    return Object.freeze({ test: "F", statistic, degreesOfFreedom, residualDegreesOfFreedom: residual, pValue });
  }
  const statistic = 2 * (larger.logLikelihood! - smaller.logLikelihood!);
  const pValue = chiSquaredSurvival(statistic, degreesOfFreedom);
  return Object.freeze({ test: "chi-squared", statistic, degreesOfFreedom, residualDegreesOfFreedom: null, pValue });
}

function check(argument: string, given: Inference): void {
  if (typeof given !== "object" || given === null || !Array.isArray(given.rows)) {
    fail("type", argument, "what inference gives", given);
  }
  if (given.aic === null) {
    const why = given.refused?.["aic"] ?? "its likelihood is not at its greatest";
    fail("range", argument, "a fit by maximum likelihood", why);
  }
}

const keyOf = (row: Inference["rows"][number]): string => `${row.class}: ${row.name}`;
const hasIntercept = ({ rows }: Inference): boolean => rows.some((row) => row.name === "(intercept)");
const hasTheta = ({ theta }: Inference): boolean => theta !== null;
