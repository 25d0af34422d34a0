import { checkOptions, fail } from "../check.js";
import { makeLinear } from "./linearEvaluation.js";
import type { Model } from "./model.js";

/**
 * The linear model: scores = intercept + X·coefficients (+ offset), one such row per class.
 *
 * θ = [intercept, coefficients] per output, [outputs × (1 + columns)], or [outputs × columns] with `intercept: false`.
 */
export function linear(options?: { readonly intercept?: boolean }): Model {
  checkOptions("options", options, ["intercept"]);
  const intercept = options?.intercept === undefined ? true : options.intercept;
  if (typeof intercept !== "boolean") fail("type", "intercept", "true or false", intercept);
  return Object.freeze<Model>({
    name: "linear",
    bind: (data, outputs, kernels) => makeLinear(data, outputs, intercept, kernels),
  });
}
