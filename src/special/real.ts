import { fail } from "../check.js";

/** Any number, NaN and infinities among them, or a TypeError. */
export function checkReal(argument: string, value: unknown): void {
  if (typeof value !== "number") fail("type", argument, "a number", value);
}
