export { linear } from "./linear.js";
export type { Model } from "./model.js";
