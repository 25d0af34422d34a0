import { checkOptions, fail } from "../check.js";
import { type Each, mapPositive, readEach } from "./each.js";

/** Mean of every coefficient, 0 if not given. */
export function readMean(mean: unknown): Each {
  return readEach("mean", mean === undefined ? 0 : mean, false);
}

/** The options of the intercept, checked for names; null if it is not named. */
export function readIntercept<T extends object>(
  intercept: T | undefined,
  names: readonly (keyof T & string)[],
): T | null {
  if (intercept === undefined) return null;
  checkOptions("intercept", intercept, names);
  return intercept;
}

/** One number of the intercept. */
export function readNumber(argument: string, value: unknown): number {
  if (typeof value !== "number") fail("type", argument, "a number", value);
  return readEach(argument, value, false) as number;
}

/** What users give as a scale and what is made of it: f must be finite and > 0. */
export function readScale(argument: string, value: unknown, what: string, f: (value: number) => number): [Each, Each] {
  const given = readEach(argument, value, true);
  return [given, mapPositive(argument, what, given, f)];
}

/** The same for the intercept, which has one. */
export function readOneScale(
  argument: string,
  value: unknown,
  what: string,
  f: (value: number) => number,
): [number, number] {
  readNumber(argument, value);
  return readScale(argument, value, what, f) as [number, number];
}
