import type { Moments } from "../moments.js";
import { type Layout, type Terms, isFlat, namesIntercept } from "../priors/terms.js";
import { curvatureOf, slopeOf } from "../priors/surprisal.js";
import type { Objective } from "../objective.js";
import type { ExpectedCurvature } from "./expectedCurvature.js";
import { type Information, informationOf } from "./information.js";
import { congruence, quadraticForm, withZeros } from "./symmetric.js";

/** What was minimised: F = Σ w·ℓ/phi + the surprisal of θ under the terms. */
export interface Minimized {
  /** The losses alone. */
  readonly target: Objective;
  readonly theta: Float64Array;
  readonly terms: Terms;
  readonly phi: number;
}

/** Which parameters inference is about. */
export interface Parameters {
  /** Their places in θ, ascending. */
  readonly used: readonly number[];
  /** Places among those of intercepts whose common level is free. */
  readonly level: readonly number[];
  /** The class that the others are compared with, or null. */
  readonly reference: number | null;
}

/** The parameters that are estimated: of classes those but a reference, or all under a prior; not those that an L1 part holds. */
export function parametersOf({ target, theta, terms }: Minimized, compared: boolean): Parameters {
  const { layout } = target.bound;
  const { outputs, features, intercept } = layout;
  const stride = features + (intercept ? 1 : 0);
  const flat = isFlat(terms);
  let reference: number | null = null;
  if (compared && flat) {
    reference = Math.max(
      0,
      Array.from({ length: outputs }, (_, k) => theta.subarray(k * stride, (k + 1) * stride)).findIndex((row) =>
        row.every((value) => value === 0),
      ),
    );
  }
  const used = [...theta.keys()].filter(
    (j) => Math.floor(j / stride) !== reference && (terms.rate[j] === 0 || theta[j] !== terms.mean[j]),
  );
  const loose = compared && !flat && intercept && !namesIntercept(terms, layout);
  const level = loose ? [...used.keys()].filter((a) => used[a]! % stride === 0) : [];
  return { used, level, reference };
}

/** The inverse information of {@link informationOf} with what the prior adds, times phi; and how much each adds. */
export function inverseOf(
  minimized: Minimized,
  { used, level }: Parameters,
  curvature: ExpectedCurvature | null,
): { readonly information: Information | null; readonly ridge: Float64Array | null } {
  const { target, theta, terms, phi } = minimized;
  const ridge = isFlat(terms) ? null : Float64Array.from(used, (j) => phi * curvatureOf(terms, theta, j));
  return { information: informationOf({ target, theta, used, ridge, curvature, level }), ridge };
}

/** tr H(H + Λ)⁻¹: how many parameters the data decide, of those that are determined. */
export function effectiveDegrees(
  { inverse, aliased }: Information,
  ridge: Float64Array | null,
  { used, level }: Parameters,
): number {
  let sum = used.length - aliased.length - (level.length > 0 ? 1 : 0);
  if (ridge === null) return sum;
  for (let a = 0; a < used.length; a++) if (ridge[a] !== 0) sum -= ridge[a]! * inverse[(a * (a + 3)) / 2]!;
  return sum;
}

/** gᵀA⁻¹g, g the gradient of phi·F: 0 at a minimum, and in units of standard errors, squared, beside it. */
export function distanceFromMinimum(
  { target, theta, terms, phi }: Minimized,
  used: readonly number[],
  gradient: Float64Array,
  inverse: Float64Array,
): number {
  const slope = Float64Array.from(used, (j) => target.totalWeight * gradient[j]! + phi * slopeOf(terms, theta, j));
  return quadraticForm(withZeros(inverse), slope);
}

/** A covariance of parameters as those of the columns as given: standardising undone. NaN stays where it is. */
export function inColumnScale(
  packed: Float64Array,
  { features, intercept }: Layout,
  used: readonly number[],
  moments: Moments | null,
): Float64Array {
  if (moments === null) return packed;
  const stride = features + (intercept ? 1 : 0);
  const rows = used.map((j, a) => {
    const row = new Float64Array(used.length);
    const column = j % stride;
    if (column > 0) {
      row[a] = 1 / moments.scale[column - 1]!;
      return row;
    }
    row[a] = 1;
    used.forEach((k, b) => {
      if (k !== j && k - (k % stride) === j)
        row[b] = -moments.center[(k % stride) - 1]! / moments.scale[(k % stride) - 1]!;
    });
    return row;
  });
  return congruence(withZeros(packed), rows).map((value, at) => (packed[at] !== packed[at] ? NaN : value));
}

/** √ of the diagonal. */
export function standardDeviations(packed: Float64Array, size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, a) => Math.sqrt(packed[(a * (a + 3)) / 2]!));
}
