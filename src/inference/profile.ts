import { minimize } from "../minimize.js";
import type { Objective } from "../objective.js";
import type { Minimizable } from "../optimizers/objective.js";
import { newton } from "../optimizers/newton.js";

/** Fits tried at most for one end of an interval, and how exactly it is found, in units of the standard error. */
const MOST_FITS = 40;
const EXACT = 1e-9;

/** What a profile starts from. */
export interface ProfileRequest {
  /** The losses alone. */
  readonly target: Objective;
  /** The minimum. */
  readonly theta: Float64Array;
  /** Places of the parameters that move. */
  readonly free: readonly number[];
  /** φ of the standard errors. */
  readonly dispersion: number;
  /** The distance in standard errors at which an interval ends. */
  readonly reach: number;
}

/**
 * The interval of one parameter outside of which the best fit that holds it there costs more than reach²/2 times φ: the
 * likelihood-ratio test of that value rejects. NaN where an end is not found.
 */
export function profileInterval(
  request: ProfileRequest,
  place: number,
  standardError: number,
): readonly [lower: number, upper: number] {
  return [end(request, place, standardError, -1), end(request, place, standardError, 1)];
}

/** One end, by secants of the signed root of the likelihood ratio, which is nearly linear. */
function end(request: ProfileRequest, place: number, standardError: number, side: -1 | 1): number {
  const { target, theta, reach, dispersion } = request;
  const W = target.totalWeight;
  const least = target.value(theta);
  let start = theta;
  const rootAt = (distance: number): number => {
    const fitted = heldAt(request, place, theta[place]! + side * distance * standardError, start);
    if (fitted === null) return NaN;
    start = fitted.parameters;
    return Math.sqrt((2 * W * Math.max(0, fitted.value - least)) / dispersion);
  };
  let [below, above] = [0, Infinity];
  let [last, lastRoot] = [0, 0];
  let at = reach;
  for (let trial = 0; trial < MOST_FITS; trial++) {
    const root = rootAt(at);
    if (root !== root) return NaN;
    if (root < reach) below = at;
    else above = at;
    const slope = (root - lastRoot) / (at - last);
    const wanted = slope > 0 ? at + (reach - root) / slope : NaN;
    if (Math.abs(wanted - at) <= EXACT * reach) return theta[place]! + side * wanted * standardError;
    [last, lastRoot] = [at, root];
    const most = above === Infinity ? 4 * at : above;
    at = wanted > below && wanted < most ? wanted : above === Infinity ? 2 * at : 0.5 * (below + above);
  }
  return NaN;
}

/** The best fit with one parameter held: all parameters, and the mean loss. Null where it was not found. */
function heldAt(
  { target, free }: ProfileRequest,
  place: number,
  value: number,
  start: Float64Array,
): { parameters: Float64Array; value: number } | null {
  const others = free.filter((j) => j !== place);
  const theta = start.slice();
  theta[place] = value;
  if (others.length === 0) return { parameters: theta, value: target.value(theta) };
  const whole = (own: Float64Array): Float64Array => {
    const all = theta.slice();
    others.forEach((j, a) => (all[j] = own[a]!));
    return all;
  };
  const restricted: Minimizable = {
    size: others.length,
    totalWeight: target.totalWeight,
    convex: target.convex,
    valueAndGradient(own, out) {
      const { value: mean, gradient } = target.valueAndGradient(whole(own));
      others.forEach((j, a) => (out[a] = gradient[j]!));
      return mean;
    },
    hessian(own, out) {
      const full = target.hessian(whole(own));
      others.forEach((j, a) => {
        for (let b = 0; b <= a; b++) out[(a * (a + 1)) / 2 + b] = full[(j * (j + 1)) / 2 + others[b]!]!;
      });
    },
  };
  const {
    converged,
    parameters,
    value: mean,
  } = minimize(restricted, {
    optimizer: newton(),
    start: Float64Array.from(others, (j) => theta[j]!),
  });
  return converged ? { parameters: whole(parameters), value: mean } : null;
}
