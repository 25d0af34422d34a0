import { checkNumber, checkOptions, fail, type NumberRange, toFloat64 } from "../check.js";

/** An object of options that holds no name beside `names`. */
export function readOptions<T extends object>(
  options: T | undefined,
  names: readonly (keyof T & string)[],
): Partial<T> {
  checkOptions("options", options, names);
  return options ?? {};
}

/** A finite number, or what stands for one that is not given. */
export function readLocation(argument: string, value: unknown, otherwise = 0): number {
  return value === undefined ? otherwise : checkNumber(argument, value);
}

/** A finite number > 0 whose inverse is finite too. */
export function readPositive(argument: string, value: unknown, otherwise?: number): number {
  if (value === undefined && otherwise !== undefined) return otherwise;
  const number = checkNumber(argument, value, { exclusiveMin: 0 });
  if (1 / number === Infinity) fail("range", argument, "a number > 0 with a finite inverse", value);
  return number;
}

export function readProbability(argument: string, value: unknown): number {
  return checkNumber(argument, value, { min: 0, max: 1 });
}

/** A copy of an array of at least one number, each in the range. */
export function readNumbers(argument: string, values: unknown, range: NumberRange): Float64Array {
  const numbers = toFloat64(argument, values).slice();
  if (numbers.length === 0) fail("range", argument, "at least one number", values);
  numbers.forEach((value, row) => {
    try {
      checkNumber(argument, value, range);
    } catch (error) {
      const { expected } = error as { expected: string };
      fail("range", argument, expected, value, { row });
    }
  });
  return numbers;
}
