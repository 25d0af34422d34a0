import { normalFromPrecision } from "./normal.js";
import type { Prior } from "./prior.js";

/**
 * Flat prior: says nothing, adds nothing; maximum a posteriori is then maximum likelihood. It is improper: no density,
 * no evidence.
 *
 * @returns The prior.
 * @example
 * priors.flat().flat; // → true
 * priors.flat().penalty({ totalWeight: 10 }).lambda; // → 0
 */
export function flat(): Prior {
  return normalFromPrecision(0);
}
