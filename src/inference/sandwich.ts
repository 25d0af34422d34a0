import { fail } from "../check.js";
import type { Objective } from "../objective.js";
import type { ExpectedCurvature } from "./expectedCurvature.js";
import { addOuter, congruence, quadraticForm, rowsOf, withZeros } from "./symmetric.js";
import type { WeightsMeaning } from "./weightsMeaning.js";

/** What corrects the sandwich for few rows: nothing (HC0), n/(n − p) (HC1), 1/(1 − h) (HC2), 1/(1 − h)² (HC3), h the leverage. */
export type Sandwich = "HC0" | "HC1" | "HC2" | "HC3";

/** What a sandwich is made of. */
export interface SandwichRequest {
  /** The losses alone. */
  readonly target: Objective;
  readonly theta: Float64Array;
  /** Which parameters, ascending; and the inverse of their information, NaN where others determine one. */
  readonly used: readonly number[];
  readonly inverse: Float64Array;
  readonly kind: Sandwich;
  readonly curvature: ExpectedCurvature | null;
  readonly weights: WeightsMeaning;
  /** Cluster of each row, 0 .. clusters − 1; null for rows on their own. */
  readonly clusters: { readonly of: Int32Array; readonly count: number } | null;
  /** Parameters that are determined. */
  readonly parameters: number;
}

/**
 * A⁻¹BA⁻¹, A the information and B the sum of outer products of scores: of rows, of the w rows that a frequency stands for,
 * or of the sums of clusters. Holds whatever the distribution, as long as the scores have mean 0.
 */
export function sandwich(request: SandwichRequest): Float64Array {
  const { inverse, kind, used, clusters, weights, parameters: p } = request;
  const { observations: n } = weights;
  const bread = withZeros(inverse);
  const meat = new Float64Array(bread.length);
  let factor = 1;
  if (clusters === null) {
    if (kind === "HC1") factor = n / (n - p);
    rowScores(request, bread, (u, weight, _row, leverage) => {
      const excess = 1 - leverage;
      const correction = kind === "HC2" ? 1 / excess : kind === "HC3" ? 1 / (excess * excess) : 1;
      // A row of weight 1 that fits itself exactly has no residual to correct.
      if (u.every((entry) => entry === 0)) return;
      addOuter(meat, weights.are === "frequency" ? weight * correction : weight * weight * correction, u);
    });
  } else {
    if (kind !== "HC0" && kind !== "HC1") fail("range", "sandwich", '"HC0" or "HC1" with clusters', kind);
    const { of, count } = clusters;
    if (kind === "HC1") factor = (count / (count - 1)) * ((n - 1) / (n - p));
    const sums = Array.from({ length: count }, () => new Float64Array(used.length));
    rowScores(request, bread, (u, weight, row) => {
      const sum = sums[of[row]!]!;
      for (let a = 0; a < u.length; a++) sum[a]! += weight * u[a]!;
    });
    for (const sum of sums) addOuter(meat, 1, sum);
  }
  return congruence(meat, rowsOf(bread, used.length)).map((value, at) =>
    inverse[at] !== inverse[at] ? NaN : factor * value,
  );
}

/** Calls back with ∂ℓ/∂θ of every row of weight > 0, its weight, its number and its leverage; the array is used again. */
function rowScores(
  { target, theta, used, kind, curvature, weights: { are } }: SandwichRequest,
  bread: Float64Array,
  visit: (score: Float64Array, weight: number, row: number, leverage: number) => void,
): void {
  const { data, loss, bound } = target;
  const { outputs, features, intercept } = bound.layout;
  const shift = intercept ? 1 : 0;
  const stride = features + shift;
  const scores = bound.scores(theta);
  const slopes = loss.gradient(scores, data.targets!, { reduction: "sum" });
  const needsLeverage = kind === "HC2" || kind === "HC3";
  if (needsLeverage && outputs > 1) fail("range", "sandwich", '"HC0" or "HC1" for several scores per row', kind);
  const kappa = needsLeverage
    ? (curvature?.(scores) ?? loss.hessian(scores, data.targets!, { reduction: "sum" }))
    : null;
  const design = new Float64Array(used.length);
  const score = new Float64Array(used.length);
  bound.eachRow((i, x) => {
    const weight = data.weights === null ? 1 : data.weights[i]!;
    if (weight === 0) return;
    used.forEach((j, a) => {
      const column = j % stride;
      design[a] = column < shift ? 1 : x[column - shift]!;
      score[a] = slopes[i * outputs + (j - column) / stride]! * design[a];
    });
    const own = are === "frequency" ? 1 : weight;
    const leverage = kappa === null ? 0 : own * kappa[i]! * quadraticForm(bread, design);
    visit(score, weight, i, leverage);
  });
}
