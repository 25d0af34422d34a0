/**
 * What every check of a state read from JSON is made of: each names the field, what was expected and what came.
 *
 * @module
 */

import { fail } from "../check.js";
import type { Asked, MachineState, Order } from "./optimizer.js";

const EPSILON = 2.220446049250313e-16;
const TINY = 1e-300;

/** Refuses what is no whole number ≥ 0. */
export function checkCounters(counters: Readonly<Record<string, number>>): void {
  for (const [key, value] of Object.entries(counters)) {
    if (!(Number.isSafeInteger(value) && value >= 0)) fail("range", `json.state.${key}`, "an integer >= 0", value);
  }
}

/** Refuses another number than the one that other fields imply; `by` names these. */
export function checkImplied(key: string, expected: number, got: number, by: string): void {
  if (!Object.is(expected, got)) fail("range", `json.state.${key}`, `${expected}, by ${by}`, got);
}

/** Refuses what is not finite. */
export function checkFinite(key: string, values: Float64Array): void {
  checkFiniteAt(`json.state.${key}`, values);
}

/** The same of a field outside the state. */
export function checkFiniteAt(field: string, values: Float64Array): void {
  values.forEach((value, row) => {
    if (!Number.isFinite(value)) fail("range", field, "finite numbers", value, { row });
  });
}

/** Refuses what is not at least `least`, NaN too. A sum of squares may have overflown to Infinity. */
export function checkAtLeast(key: string, values: Float64Array, least: number | Float64Array): void {
  values.forEach((value, row) => {
    const low = typeof least === "number" ? least : least[row]!;
    if (!(value >= low)) fail("range", `json.state.${key}`, `numbers >= ${low}`, value, { row });
  });
}

/** Refuses a best value that is not finite once there is one, and one before. */
export function checkValue({ value }: MachineState, known: boolean): void {
  if (known !== Number.isFinite(value)) {
    fail("range", "json.state.value", known ? "a finite number" : "NaN before the first evaluation", value);
  }
}

/** Refuses what is not base^exponent, base in [0, 1), to the rounding of as many products. */
export function checkPower(key: string, base: number, exponent: number, got: number): void {
  let power = 1;
  for (let square = base, left = exponent; left > 0; left = Math.floor(left / 2), square *= square) {
    if (left % 2 === 1) power *= square;
  }
  // Below the last term products are of denormal numbers, which may stay where they are.
  const rounding = power * Math.min(1, (exponent + 64) * EPSILON) + TINY;
  const near = exponent === 0 ? got === 1 : Math.abs(got - power) <= rounding && got >= 0 && got < 1;
  if (!near) fail("range", `json.state.${key}`, `${base} to the power ${exponent}`, got);
}

/** Refuses another kind of evaluation than the one that a phase waits for. */
export function checkKind(kind: Asked["kind"], asked: Asked | null): void {
  if (asked !== null && asked.kind !== kind)
    fail("range", "json.kind", `"${kind}", by the phase of the state`, asked.kind);
}

/** Refuses another evaluation than the one a state waits for. */
export function checkAsked(asked: Asked, point: Float64Array, order: Order): void {
  checkKind("evaluate", asked);
  if (asked.kind !== "evaluate") return;
  if (asked.order !== order) fail("range", "json.order", `${order}, by the phase of the state`, asked.order);
  point.forEach((value, row) => {
    const got = asked.parameters[row];
    if (!Object.is(value, got)) fail("range", "json.point", `${value}, as in the state`, got, { row });
  });
}
