import type { Moments } from "../moments.js";
import type { Layout } from "../priors/terms.js";

/**
 * θ as coefficients of the columns as given: standardising undone, and the level of several scores, which no likelihood
 * sees, fixed: a reference class whose row is 0, or intercepts that sum to 0, or left as it is.
 */
export function toColumnScale(
  { outputs, features, intercept }: Layout,
  moments: Moments | null,
  parameters: Float64Array,
  level: number | "mean" | null,
): { coefficients: Float64Array; intercepts: Float64Array } {
  const shift = intercept ? 1 : 0;
  const stride = features + shift;
  const coefficients = new Float64Array(outputs * features);
  const intercepts = new Float64Array(outputs);
  for (let k = 0; k < outputs; k++) {
    let constant = intercept ? parameters[k * stride] : 0;
    for (let j = 0; j < features; j++) {
      let coefficient = parameters[k * stride + shift + j];
      if (moments !== null) {
        coefficient /= moments.scale[j];
        constant -= coefficient * moments.center[j];
      }
      coefficients[k * features + j] = coefficient;
    }
    intercepts[k] = constant;
  }
  if (typeof level === "number") {
    subtractRow(coefficients, features, level);
    subtractRow(intercepts, 1, level);
  } else if (level === "mean" && intercept) {
    const mean = intercepts.reduce((sum, value) => sum + value, 0) / outputs;
    for (let k = 0; k < outputs; k++) intercepts[k] -= mean;
  }
  return { coefficients, intercepts };
}

/** The same of θ = [thresholds, coefficients], the thresholds of scores whose columns are as given. */
export function toThresholds(
  { features, thresholds = 0 }: Layout,
  moments: Moments | null,
  parameters: Float64Array,
): { thresholds: Float64Array; coefficients: Float64Array } {
  const own = { outputs: 1, features, intercept: false };
  const { coefficients, intercepts } = toColumnScale(own, moments, parameters.subarray(thresholds), null);
  return { thresholds: parameters.slice(0, thresholds).map((value) => value - intercepts[0]), coefficients };
}

function subtractRow(matrix: Float64Array, columns: number, row: number): void {
  const kept = matrix.slice(row * columns, (row + 1) * columns);
  for (let i = 0; i < matrix.length; i++) matrix[i] -= kept[i % columns];
}
