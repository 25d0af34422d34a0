import { expOne } from "../../backend/typescript/math/exp.js";
import { logOne } from "../../backend/typescript/math/log.js";
import { checkOptions } from "../../check.js";
import { type Range, type SmoothPrior, readSmoothPrior } from "../smoothPrior.js";
import type { Distribution } from "../distribution.js";
import { type Data, total } from "./data.js";
import {
  type DistributionFit,
  type DistributionStatus,
  MAXIMUM_A_POSTERIORI,
  ONE_OF_SEVERAL,
  risingReason,
  withoutPrior,
} from "./fit.js";
import { type Maximum, type Point, climb } from "./maximum.js";

/** One parameter: a number > 0 is sought by its logarithm, any other in units of `spread` around `center`. */
export interface Coordinate {
  readonly name: string;
  readonly prior: SmoothPrior | null;
  readonly range: Range;
  readonly center?: number;
  readonly spread?: number;
}

/** Where the density of the parameters after the data is highest. */
export interface Mode {
  readonly parameters: Float64Array;
  readonly status: DistributionStatus;
  readonly reason: string;
  /** The parameter that went beyond all bounds, and where to, where there is no mode. */
  readonly escaped: { readonly name: string; readonly to: 0 | typeof Infinity } | null;
}

/** Priors by the names of parameters; null if there are none. */
export function readPriors<Name extends string>(
  given: unknown,
  ranges: Readonly<Record<Name, Range>>,
): Readonly<Record<Name, SmoothPrior | null>> | null {
  if (given === undefined) return null;
  const names = Object.keys(ranges) as Name[];
  checkOptions("prior", given, names);
  const own = (given ?? {}) as Readonly<Record<string, unknown>>;
  const read = names.map((name) => {
    const prior = own[name] === undefined ? null : readSmoothPrior(`prior.${name}`, own[name], ranges[name]);
    return [name, prior] as const;
  });
  if (read.every(([, prior]) => prior === null)) return null;
  return Object.fromEntries(read) as Record<Name, SmoothPrior | null>;
}

/** How far logarithms may go from where they start. */
const REACH = 40;

/** Ends from two starts are the same up to this. */
const SAME = 1e-6;

function parameterAt({ range, center = 0, spread = 1 }: Coordinate, u: number): number {
  return range === "positive" ? expOne(u) : center + spread * u;
}

/** The other way round. */
export function coordinateOf({ range, center = 0, spread = 1 }: Coordinate, parameter: number): number {
  return range === "positive" ? logOne(parameter) : (parameter - center) / spread;
}

/** What the priors add to a mean log-likelihood over this weight, by coordinates. */
function withPriors(point: Point, at: Float64Array, coordinates: readonly Coordinate[], weight: number): Point {
  const d = at.length;
  const gradient = point.gradient.slice();
  const information = point.information.slice();
  let { value } = point;
  coordinates.forEach((coordinate, j) => {
    const { prior, range, spread = 1 } = coordinate;
    if (prior === null) return;
    const x = parameterAt(coordinate, at[j]!);
    const stretch = range === "positive" ? x : spread;
    const slope = (stretch * prior.slope(x)) / weight;
    value += prior.logDensity(x) / weight;
    gradient[j]! += slope;
    information[j * d + j]! -= (stretch * stretch * prior.curvature(x)) / weight + (range === "positive" ? slope : 0);
  });
  return Number.isFinite(value) ? { value, gradient, information } : { value: -Infinity, gradient, information };
}

/** Derivatives by parameters > 0 as derivatives by their logarithms. */
export function byLogarithms({ value, gradient, information }: Point, parameters: Float64Array): Point {
  const d = parameters.length;
  return {
    value,
    gradient: gradient.map((slope, j) => slope * parameters[j]!),
    information: information.map((entry, at) => {
      const [i, j] = [Math.floor(at / d), at % d];
      return entry * parameters[i]! * parameters[j]! - (i === j ? gradient[i]! * parameters[i]! : 0);
    }),
  };
}

/**
 * The mode from several starts, each [coordinates]: one where all ends agree is "converged", else the highest is given as
 * "stationary". `evaluate`: the mean log-likelihood and its derivatives by the coordinates.
 */
export function modeOf(
  starts: readonly Float64Array[],
  coordinates: readonly Coordinate[],
  weight: number,
  evaluate: (at: Float64Array) => Point,
): Mode {
  const ends = starts.map((start) =>
    climb(start, (at) => {
      const far = at.some((u, j) => !(Math.abs(u - start[j]!) <= 2 * REACH));
      const d = at.length;
      if (far) return { value: -Infinity, gradient: new Float64Array(d), information: new Float64Array(d * d) };
      return withPriors(evaluate(at), at, coordinates, weight);
    }),
  );
  const highest = ends.reduce((a, b) => (b.value > a.value ? b : a));
  const parameters = highest.at.map((u, j) => parameterAt(coordinates[j]!, u));
  const start = starts[ends.indexOf(highest)]!;
  const gone = coordinates.findIndex(
    ({ range }, j) => range === "positive" && Math.abs(highest.at[j]! - start[j]!) > REACH,
  );
  if (gone >= 0) {
    const { name } = coordinates[gone]!;
    const to = highest.at[gone]! < start[gone]! ? 0 : Infinity;
    return { parameters, status: "unbounded", reason: risingReason(name, to), escaped: { name, to } };
  }
  if (!highest.converged) {
    return {
      parameters,
      status: "iteration-limit",
      reason: "The steps of Newton's method ended before the maximum.",
      escaped: null,
    };
  }
  const alike = ({ at, converged }: Maximum): boolean =>
    converged && at.every((u, j) => Math.abs(u - highest.at[j]!) <= SAME);
  const one = ends.every(alike);
  const reason = one ? MAXIMUM_A_POSTERIORI : ONE_OF_SEVERAL;
  return { parameters, status: one ? "converged" : "stationary", reason, escaped: null };
}

/** Two starts: what the data say, and where priors have their medians. */
export function startsOf(coordinates: readonly Coordinate[], data: Float64Array): Float64Array[] {
  const byPriors = data.map((u, j) => {
    const median = coordinates[j]!.prior?.median;
    return median === undefined ? u : coordinateOf(coordinates[j]!, median);
  });
  return [data, byPriors];
}

/** The fit of a mode, by what makes the distribution. */
export function modeFit<Parameters extends object>(
  data: Data,
  { status, reason }: Pick<Mode, "status" | "reason">,
  parameters: Parameters,
  make: (parameters: Parameters) => Distribution,
): DistributionFit<Parameters> {
  const distribution = status === "unbounded" ? null : make(parameters);
  return Object.freeze({
    distribution,
    parameters: Object.freeze(parameters),
    standardErrors: null,
    logLikelihood: distribution === null ? NaN : total(data, (x) => distribution.logDensity(x)),
    totalWeight: data.total,
    status,
    reason,
    ...withoutPrior,
  });
}
