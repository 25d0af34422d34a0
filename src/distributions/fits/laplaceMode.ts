import { expOne } from "../../backend/typescript/math/exp.js";
import { logOne } from "../../backend/typescript/math/log.js";
import { increasingRoot } from "../../special/increasingRoot.js";
import type { LaplaceParameters } from "../laplace.js";
import type { SmoothPrior } from "../smoothPrior.js";
import { type Data, total } from "./data.js";
import { type DistributionStatus, MAXIMUM_A_POSTERIORI, ONE_OF_SEVERAL, risingReason } from "./fit.js";

/** Its parameters by the maximum of the density after the data. */
export interface LaplaceMode {
  readonly parameters: LaplaceParameters;
  readonly status: DistributionStatus;
  readonly reason: string;
}

/** The ends of the interval of weighted medians. */
export type Medians = readonly [number, number];

/** Changes below this share of the scale are what differences of the prior leave. */
const SETTLED = 1e-13;

/** Turns that the two parameters take at most. */
const MOST_TURNS = 2000;

/** Probabilities of the places of a prior. */
const PLACES = [1e-6, 1e-3, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1 - 1e-6];

/** Half of a bracket until it holds no more numbers. `f` falls from above 0 to below. */
function rootBetween(low: number, high: number, f: (x: number) => number): number {
  let [a, b] = [low, high];
  for (;;) {
    const middle = a + 0.5 * (b - a);
    if (!(middle > a && middle < b)) return middle;
    if (f(middle) > 0) a = middle;
    else b = middle;
  }
}

/** A value with the weight on it, or a place of the prior with none; and the slope of the prior there. */
interface Step {
  readonly here: number;
  readonly weight: number;
  readonly own: number;
}

/** Values, and places of the prior that separate where its density bends; ascending. */
function stepsOf({ x, weights }: Data, prior: SmoothPrior): Step[] {
  const steps = new Map<number, number>(PLACES.map((p) => [prior.quantile(p), 0]));
  x.forEach((value, i) => steps.set(value, (steps.get(value) ?? 0) + (weights === null ? 1 : weights[i])));
  const ascending = [...steps].sort(([a], [b]) => a - b);
  return ascending.map(([here, weight]) => ({ here, weight, own: prior.slope(here) }));
}

/**
 * The location of highest density at a scale: the kinks of Σ w·|x − location|/scale are values, between which its slope is
 * constant, so that the slope of the prior crosses it inside an interval or jumps over it at a value.
 */
function locationAt(data: Data, prior: SmoothPrior, steps: readonly Step[], scale: number): number {
  const { total: W } = data;
  const candidates: number[] = [];
  let below = 0;
  let last = -Infinity;
  let slope = 0;
  for (const { here, weight, own } of steps) {
    const pull = (W - 2 * below) / scale;
    if (pull + slope > 0 && pull + own < 0 && last > -Infinity) {
      candidates.push(rootBetween(last, here, (at) => pull + prior.slope(at)));
    }
    below += weight;
    // The slope jumps over a value by the weight of all that lie on it.
    if (pull + own >= 0 && (W - 2 * below) / scale + own <= 0) candidates.push(here);
    last = here;
    slope = own;
  }
  const height = (at: number): number => prior.logDensity(at) - total(data, (v) => Math.abs(v - at)) / scale;
  return candidates.reduce((a, b) => (height(b) > height(a) ? b : a));
}

/** The scale of highest density where the residuals have this sum of sizes. */
function scaleAt(prior: SmoothPrior | null, sizes: number, W: number, from: number): number {
  if (prior === null) return sizes / W;
  const log = increasingRoot(logOne(from), (t) => {
    const scale = expOne(t);
    const slope = scale * prior.slope(scale);
    return { value: W - sizes / scale - slope, slope: sizes / scale - slope - scale * scale * prior.curvature(scale) };
  });
  return expOne(log);
}

/** The mode of the density of location and scale after the data. */
export function laplaceMode(
  data: Data,
  priors: Readonly<Record<"location" | "scale", SmoothPrior | null>>,
  [low, high]: Medians,
): LaplaceMode {
  const W = data.total;
  const middle = low + 0.5 * (high - low);
  const sizesAt = (location: number): number => total(data, (x) => Math.abs(x - location));
  const height = ({ location, scale }: LaplaceParameters): number =>
    (priors.location?.logDensity(location) ?? 0) +
    (priors.scale?.logDensity(scale) ?? 0) -
    sizesAt(location) / scale -
    W * logOne(scale);
  const spread = sizesAt(middle) / W;
  const steps = priors.location === null ? [] : stepsOf(data, priors.location);
  const from = (scale: number): LaplaceParameters & { settled: boolean } => {
    let at: LaplaceParameters = { location: middle, scale };
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      const location = priors.location === null ? middle : locationAt(data, priors.location, steps, at.scale);
      const next = { location, scale: scaleAt(priors.scale, sizesAt(location), W, at.scale) };
      if (!(next.scale > 1e-12 * scale)) return { ...next, settled: false };
      const moved = Math.abs(next.location - at.location) / next.scale + Math.abs(next.scale / at.scale - 1);
      at = next;
      if (moved <= SETTLED) return { ...at, settled: true };
    }
    return { ...at, settled: false };
  };
  const wide = priors.location === null ? 0 : Math.abs(priors.location.median - middle);
  const ends = [spread > 0 ? spread : (priors.scale?.median ?? 1), spread + wide + (priors.scale?.median ?? 0)].map(
    from,
  );
  const collapsed = ends.find(({ scale }) => !(scale > 1e-12 * (spread + wide)));
  if (collapsed !== undefined) {
    const parameters = { location: collapsed.location, scale: 0 };
    return { parameters, status: "unbounded", reason: risingReason("scale", 0) };
  }
  const [one, two] = ends as [(typeof ends)[0], (typeof ends)[0]];
  const highest = height(two) > height(one) ? two : one;
  const { location, scale, settled } = highest;
  const parameters = { location, scale };
  if (!settled) {
    return {
      parameters,
      status: "iteration-limit",
      reason: "Location and scale still changed each other at the last turn.",
    };
  }
  const same = Math.abs(one.location - two.location) + Math.abs(one.scale - two.scale) <= 1e-6 * scale;
  if (!same) {
    return { parameters, status: "stationary", reason: ONE_OF_SEVERAL };
  }
  if (priors.location === null && low < high) {
    const reason = `Every location from ${low} to ${high} maximises the posterior density; the middle is given.`;
    return { parameters, status: "flat", reason };
  }
  return { parameters, status: "converged", reason: MAXIMUM_A_POSTERIORI };
}
