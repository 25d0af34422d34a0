import { EPSILON } from "../constants.js";
import { factorLdlt } from "../linalg/ldlt.js";
import { dot } from "../linalg/vector.js";
import type { Objective } from "../objective.js";
import { curvatureOf, slopeOf } from "../priors/surprisal.js";
import { type Terms, isConvex } from "../priors/terms.js";
import type { Certificate } from "../result.js";
import { examinePieces } from "./pieceOptimality.js";
import type { Verification } from "./verification.js";

/** Parameters up to which the Hessian is asked for. */
const MOST_PARAMETERS = 300;

/** Operations whose roundings may add up in an entry of a gradient, as a multiple of the rounding of its size. */
const ROUNDINGS = 16;

/** What an estimated certificate may have missed: a decrement² below this is an optimum by any run. */
const SMALL = 1e-14;

/** What the gradient may be of what moving every parameter by 1e-6 of itself changes. */
const SHARE = 0.1;

/**
 * Whether θ minimises F = Σ w·ℓ/φ + the surprisal of θ under the terms; `target` is the objective of the losses alone.
 * `claimed` is what the fit says of itself.
 */
export function examine(
  target: Objective,
  terms: Terms,
  phi: number,
  parameters: Float64Array,
  claimed: Certificate,
): Verification {
  if (target.pieces !== undefined) return examinePieces(target, terms, phi, parameters);
  const { size, totalWeight: W } = target;
  const byHessian = target.capabilities.includes("hessian") && size <= MOST_PARAMETERS;
  const evaluation = target.begin(parameters, byHessian ? 2 : 1);
  evaluation.advance(Infinity);
  const slope = (values: Float64Array, theta: Float64Array): Float64Array =>
    values.map((g, j) => (W / phi) * g + slopeOf(terms, theta, j));
  const gradient = slope(evaluation.gradient, parameters);
  const { held, violation } = split(gradient, terms, parameters);
  const loose = [...parameters.keys()].filter((j) => !held[j]);
  if (!byHessian) {
    const moved = parameters.map((value) => value + 1e-6 * value);
    const elsewhere = slope(target.gradient(moved), moved);
    const bound = SHARE * loose.reduce((max, j) => Math.max(max, Math.abs(elsewhere[j] - gradient[j])), 0);
    const value = loose.reduce((max, j) => Math.max(max, Math.abs(gradient[j])), violation);
    const kind = terms.rate.some((rate) => rate > 0) ? "kkt-residual" : "gradient-norm";
    const optimal = value <= bound;
    const certificate: Certificate = Object.freeze({ kind, value, bound, estimate: false });
    return { optimal, certificate, reason: `The gradient is ${value.toPrecision(3)}, ${against(optimal, bound)}.` };
  }
  const full = evaluation.hessian!;
  const at = (j: number, k: number): number => {
    const [a, b] = j > k ? [j, k] : [k, j];
    return (W / phi) * full[(a * (a + 1)) / 2 + b] + (j === k ? curvatureOf(terms, parameters, j) : 0);
  };
  // Of the rounding of every entry of the gradient: of θ, by the Hessian, and of what the rows add up to.
  const size2 = (2 * W * Math.abs(evaluation.value)) / phi + W / phi;
  const noise = loose.map((j) => {
    let sum = Math.sqrt(Math.abs(at(j, j)) * size2) + Math.abs(terms.precision[j] * terms.mean[j]) + terms.rate[j];
    for (const k of parameters.keys()) sum += Math.abs(at(j, k) * parameters[k]);
    return ROUNDINGS * EPSILON * sum;
  });
  const packed = Float64Array.from(loose.flatMap((j, a) => loose.slice(0, a + 1).map((k) => at(j, k))));
  const factored = factorLdlt(packed, loose.length);
  const own = Float64Array.from(loose, (j) => gradient[j]);
  const step = new Float64Array(own.length);
  const unreachable = factored.solve(own, step);
  const value = dot(own, step) + unreachable;
  let rounding = 0;
  const unit = new Float64Array(own.length);
  for (let a = 0; a < own.length; a++) {
    unit.fill(0);
    unit[a] = 1;
    factored.solve(unit, unit);
    rounding += noise[a] * Math.sqrt(Math.max(0, unit[a]));
    if (factored.deficient.includes(a)) rounding += noise[a] / Math.sqrt(at(loose[a], loose[a]) || 1);
  }
  const exact = claimed.kind === "newton-decrement" && !claimed.estimate && claimed.value >= 0;
  const bound = Math.max(rounding * rounding, exact ? Math.min(16 * claimed.value, SMALL) : SMALL);
  const largestNoise = noise.reduce((max, entry) => Math.max(max, entry), 0);
  const certificate: Certificate = Object.freeze({ kind: "newton-decrement", value, bound, estimate: false });
  if (!factored.definite) {
    return {
      optimal: false,
      certificate,
      reason: "The Hessian has a negative curvature there: a saddle or worse, no minimum.",
    };
  }
  if (violation > ROUNDINGS * largestNoise) {
    return {
      optimal: false,
      certificate: Object.freeze({ kind: "kkt-residual", value: violation, bound: largestNoise, estimate: false }),
      reason: `A coefficient that is held where its absolute value has its kink is pulled away by ${violation.toPrecision(3)}.`,
    };
  }
  const optimal = value <= bound;
  const where = target.convex && isConvex(terms) ? "" : " The objective is not convex: this is a local minimum.";
  const found = `The Newton decrement² is ${value.toPrecision(3)}, ${against(optimal, bound)}.`;
  return { optimal, certificate, reason: optimal ? found + where : found };
}

function against(optimal: boolean, bound: number): string {
  return optimal
    ? `within the ${bound.toPrecision(3)} that rounding and the run account for`
    : `more than the ${bound.toPrecision(3)} that rounding and the run account for: other coefficients fit better`;
}

/** Which parameters an absolute value holds at its kink, and by how much the worst is pulled away from it. */
function split(
  gradient: Float64Array,
  { rate, mean }: Terms,
  parameters: Float64Array,
): { held: boolean[]; violation: number } {
  let violation = 0;
  const held = Array.from(gradient, (g, j) => {
    if (rate[j] === 0 || parameters[j] !== mean[j]) return false;
    violation = Math.max(violation, Math.abs(g) - rate[j]);
    return true;
  });
  return { held, violation };
}
