import { checkNumber, fail, toFloat64 } from "../check.js";

/** A number for every coefficient, or one each. */
export type Each = number | Float64Array;

/** What users give for it: copied, every number finite and, if asked, > 0. */
export function readEach(argument: string, value: unknown, positive: boolean): Each {
  if (typeof value === "number") return checkNumber(argument, value, positive ? { exclusiveMin: 0 } : {});
  const each = toFloat64(argument, value).slice();
  each.forEach((number, row) => {
    if (!Number.isFinite(number) || (positive && number <= 0)) {
      fail("range", argument, positive ? "a finite number > 0" : "a finite number", number, { row });
    }
  });
  return each;
}

/** f of each number; throws a RangeError, with the row, unless the result is finite and > 0. */
export function mapPositive(argument: string, what: string, each: Each, f: (value: number) => number): Each {
  const one = (value: number, row?: number): number => {
    const result = f(value);
    if (result > 0 && result < Infinity) return result;
    return fail("range", argument, `a number whose ${what} is finite and > 0`, value, row === undefined ? {} : { row });
  };
  return typeof each === "number" ? one(each) : each.map((value, row) => one(value, row));
}

export function mapEach(each: Each, f: (value: number) => number): Each {
  return typeof each === "number" ? f(each) : each.map((value) => f(value));
}

export function at(each: Each, j: number): number {
  return typeof each === "number" ? each : each[j];
}

/** Most numbers that a description shows one by one. */
const MOST_SHOWN = 6;

export function showEach(each: Each): string {
  if (typeof each === "number") return String(each);
  return each.length <= MOST_SHOWN ? `[${each.join(", ")}]` : `of ${each.length} numbers`;
}

/** The numbers of a prior as plain JSON. */
export function encodeEach(numbers: Readonly<Record<string, Each>>): Record<string, number | number[]> {
  return Object.fromEntries(
    Object.entries(numbers).map(([name, each]) => [name, typeof each === "number" ? each : Array.from(each)]),
  );
}
