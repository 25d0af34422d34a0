import { checkOptions, fail } from "../check.js";
import { makeLinear } from "./linearEvaluation.js";
import type { Model } from "./model.js";

/**
 * The linear model: scores = intercept + X·coefficients (+ offset), one such row per class.
 *
 * θ = [intercept, coefficients] per output: [outputs × (1 + columns)], or [outputs × columns] with `intercept: false`;
 * scores [rows × outputs].
 *
 * @param options - `intercept`: false leaves it out (default true).
 * @returns The model.
 * @throws TypeError for an `intercept` that is neither true nor false, or an unknown option.
 * @example
 * const data = dataset([[1], [2]], [3, 5]);
 * const model = models.linear({ intercept: false });
 * objective({ data, model, loss: losses.squaredError() }).size; // → 1
 */
export function linear(options?: { readonly intercept?: boolean }): Model {
  checkOptions("options", options, ["intercept"]);
  const intercept = options?.intercept === undefined ? true : options.intercept;
  if (typeof intercept !== "boolean") fail("type", "intercept", "true or false", intercept);
  return Object.freeze<Model>({
    name: "linear",
    bind: (data, outputs, kernels) => makeLinear(data, outputs, intercept, kernels),
    toJSON: () => ({ version: 1, type: "model", name: "linear", options: { intercept } }),
  });
}
