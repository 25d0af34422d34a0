import { fail } from "../check.js";

/** Throws a RangeError, with the row (and column, of several a row), unless all targets lie in it. */
export type Domain = (targets: Float64Array, columns?: number) => void;

/** The targets for which `has` holds. */
export function domainOf(text: string, has: (target: number) => boolean): Domain {
  return (targets, columns = 1) => {
    for (let i = 0; i < targets.length; i++) {
      if (has(targets[i])) continue;
      const column = i % columns;
      fail("range", "targets", text, targets[i], { row: (i - column) / columns, ...(columns > 1 && { column }) });
    }
  };
}

// y − y is NaN for what is not finite.
export const finite: Domain = /*#__PURE__*/ domainOf("a finite number", (y) => y - y === 0);

export const nonNegative: Domain = /*#__PURE__*/ domainOf("a finite number >= 0", (y) => y >= 0 && y < Infinity);

export const positive: Domain = /*#__PURE__*/ domainOf("a finite number > 0", (y) => y > 0 && y < Infinity);

export const fractions: Domain = /*#__PURE__*/ domainOf("0..1", (y) => y >= 0 && y <= 1);

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
