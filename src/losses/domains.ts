import { fail } from "../check.js";

/** Throws a RangeError, with the row (and column, of several a row), unless all targets lie in it. */
export type Domain = (targets: Float64Array, columns?: number) => void;

/** Target number i lies outside. */
function refuse(text: string, targets: Float64Array, i: number, columns: number): never {
  const column = i % columns;
  return fail("range", "targets", text, targets[i], { row: (i - column) / columns, ...(columns > 1 && { column }) });
}

/** The targets for which `has` holds. */
export function domainOf(text: string, has: (target: number) => boolean): Domain {
  return (targets, columns = 1) => {
    for (let i = 0; i < targets.length; i++) if (!has(targets[i])) refuse(text, targets, i, columns);
  };
}

/** The targets from `low` to `high`: all such domains share a loop without calls, which stays fast beside any other. */
function between(text: string, low: number, high: number): Domain {
  return (targets, columns = 1) => {
    const i = firstOutside(targets, low, high);
    if (i >= 0) refuse(text, targets, i, columns);
  };
}

/** The first index of a NaN or of what is not from `low` to `high`; −1 if there is none. */
function firstOutside(x: Float64Array, low: number, high: number): number {
  const { length } = x;
  let i = 0;
  for (const whole = length - 3; i < whole; i += 4) {
    const a = x[i];
    const b = x[i + 1];
    const c = x[i + 2];
    const d = x[i + 3];
    if (!(a >= low && a <= high && b >= low && b <= high && c >= low && c <= high && d >= low && d <= high)) break;
  }
  for (; i < length; i++) if (!(x[i] >= low && x[i] <= high)) return i;
  return -1;
}

/** The largest and the least positive number. */
const MOST = 1.7976931348623157e308;
const LEAST = 5e-324;

export const finite: Domain = /*#__PURE__*/ between("a finite number", -MOST, MOST);

export const nonNegative: Domain = /*#__PURE__*/ between("a finite number >= 0", 0, MOST);

export const positive: Domain = /*#__PURE__*/ between("a finite number > 0", LEAST, MOST);

export const fractions: Domain = /*#__PURE__*/ between("0..1", 0, 1);

/** 0 and 1, or −1 and 1: not 0 beside −1. */
export const signs: Domain = (targets) => {
  let negative = 1;
  for (let row = 0; row < targets.length; row++) {
    const y = targets[row];
    if (y === 1) continue;
    if (y !== 0 && y !== -1) fail("range", "targets", "0 or 1, or -1 or 1", y, { row });
    if (negative === 1) negative = y;
    else if (y !== negative) fail("range", "targets", `${negative} or 1, as in the rows before`, y, { row });
  }
};

/** The side of a target of two classes: 1 or −1. */
export function sideOf(target: number): number {
  return target > 0 ? 1 : -1;
}
