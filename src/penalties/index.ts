export { l2 } from "../priors/l2.js";
export type { Penalty } from "../priors/penalty.js";
