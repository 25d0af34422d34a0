import { fail } from "../check.js";
import type { Fit } from "./fit.js";
import { linearFitFromJSON } from "./fitJSON.js";
import { networkFitFromJSON } from "./networkFitJSON.js";

/**
 * The fit that `fit.toJSON()` wrote: it predicts the same bits. That of `mlp` is a `NetworkFit` again.
 *
 * @param json - The object, or its text.
 * @returns The fit.
 * @throws TypeError or RangeError naming the field that is wrong.
 * @example
 * const fit = linearRegression([[0], [1], [2]], [1, 3, 5.3]);
 * const again = fitFromJSON(JSON.stringify(fit));
 * again.coefficients[0] === fit.coefficients[0]; // → true
 */
export function fitFromJSON(json: unknown): Fit {
  let parsed = json;
  if (typeof json === "string") {
    try {
      parsed = JSON.parse(json);
    } catch {
      fail("type", "json", "valid JSON", json);
    }
  }
  const network = typeof parsed === "object" && parsed !== null && "type" in parsed && parsed.type === "networkFit";
  return network ? networkFitFromJSON(parsed) : linearFitFromJSON(parsed);
}
