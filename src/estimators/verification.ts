import type { Certificate } from "../result.js";

/** What `verify` found. */
export interface Verification {
  /** True if no other coefficients fit these data better, as far as rounding lets tell. */
  readonly optimal: boolean;
  /** How near the coefficients are to the optimum, computed afresh. */
  readonly certificate: Certificate;
  /** What was found, as a sentence. */
  readonly reason: string;
}
