import { normalCdfOne } from "../special/normalCdf.js";
import { normalQuantileOne } from "../special/normalQuantile.js";
import { studentTCdfOne, studentTQuantileOne } from "../special/studentT.js";

/** The two-sided p-value of a statistic: of Student's t with `df` degrees of freedom, or normal where that is null. */
export function twoSided(statistic: number, df: number | null): number {
  const below = -Math.abs(statistic);
  return 2 * (df === null ? normalCdfOne(below) : studentTCdfOne(below, df));
}

/** How many standard errors an interval of this level reaches to either side. */
export function reachOf(level: number, df: number | null): number {
  // 1 − level is exact from ½ on.
  const tail = 0.5 * (1 - level);
  return -(df === null ? normalQuantileOne(tail) : studentTQuantileOne(tail, df));
}
