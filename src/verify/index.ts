/**
 * Whether this device gives the same bits as every other one.
 *
 * @module surprisal/verify
 */

export {
  type HashDifference,
  type Report,
  type VerifyOptions,
  type VerifyProgress,
  verifier,
  verify,
} from "./verify.js";
export { inspect } from "./inspect.js";
export type { InspectedInput, Inspection } from "./inspection.js";
export { type ValueDifference, firstDifference } from "./compare.js";
