import { type Domain, domainOf } from "../../losses/domains.js";

// Targets that have a density, where a loss takes more.

export const zeroOrOne: Domain = /*#__PURE__*/ domainOf("0 or 1 for a likelihood", (y) => y === 0 || y === 1);

/** A whole number ≥ 0. */
export const counts: Domain = /*#__PURE__*/ domainOf(
  "a whole number >= 0 for a likelihood",
  (y) => y >= 0 && y < Infinity && Math.floor(y) === y,
);
