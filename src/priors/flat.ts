import { normalFromPrecision } from "./normal.js";
import type { Prior } from "./prior.js";

/** The prior that says nothing: maximum a posteriori is then maximum likelihood. */
export function flat(): Prior {
  return normalFromPrecision(0);
}
