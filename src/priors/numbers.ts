import { fail } from "../check.js";
import { type Each, at, showEach } from "./each.js";
import type { EachNumber, Family, Numbers } from "./family.js";

/** A family with the numbers of every coefficient, and those of the intercept or null where that is free. */
export interface Member<K extends string> {
  readonly family: Family<K>;
  readonly coefficients: EachNumber<K>;
  readonly intercept: Numbers<K> | null;
}

/** How many coefficients the numbers are for, and which of them says so; null if one number is for all. */
export function lengthOf<K extends string>(coefficients: EachNumber<K>): readonly [number, string] | null {
  let found: readonly [number, string] | null = null;
  for (const [name, each] of Object.entries<Each>(coefficients)) {
    if (typeof each === "number") continue;
    found ??= [each.length, name];
    if (each.length !== found[0]) fail("range", name, `one number, or ${found[0]} as "${found[1]}" has`, each);
  }
  return found;
}

/** The numbers of one coefficient after the other; one record if they are the same for all. */
export function numbersOf<K extends string>(
  coefficients: EachNumber<K>,
  length: readonly [number, string] | null,
): Numbers<K>[] {
  return Array.from({ length: length === null ? 1 : length[0] }, (_, j) => pick(coefficients, j));
}

function pick<K extends string>(coefficients: EachNumber<K>, j: number): Numbers<K> {
  const entries = Object.entries<Each>(coefficients).map(([name, each]) => [name, at(each, j)]);
  return Object.fromEntries(entries) as Numbers<K>;
}

/** The member whose density is this one's to the power k. */
export function powerOf<K extends string>(member: Member<K>, k: number): Member<K> {
  const { family, coefficients, intercept } = member;
  const length = lengthOf(coefficients);
  const powers = numbersOf(coefficients, length).map((numbers) => family.power(numbers, k));
  const names = Object.keys(coefficients) as (K | "mean")[];
  const entries = names.map((name) => {
    const each = Float64Array.from(powers, (numbers) => numbers[name]);
    return [name, length === null ? each[0] : each];
  });
  return {
    family: family.powers ?? family,
    coefficients: Object.fromEntries(entries) as EachNumber<K>,
    intercept: intercept === null ? null : family.power(intercept, k),
  };
}

/** Named numbers in words; a mean of 0 goes without saying. */
export function listOf(parts: readonly (readonly [string, Each])[], mean: Each): string {
  const centred = typeof mean === "number" ? mean === 0 : mean.every((value) => value === 0);
  return [...parts, ...(centred ? [] : [["mean", mean] as const])]
    .map(([name, each]) => `${name}${name === "" ? "" : " "}${showEach(each)}`)
    .join(", ");
}

/** Numbers of a family by some function of those of another: the same for every coefficient and the intercept. */
export function mapNumbers<K extends string>(coefficients: EachNumber<K>, f: (numbers: Numbers<K>) => number): Each {
  const length = lengthOf(coefficients);
  const each = Float64Array.from(numbersOf(coefficients, length), f);
  return length === null ? each[0] : each;
}
