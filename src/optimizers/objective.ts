/**
 * What the driver needs from an objective, and how the forms that users write are adapted to it.
 *
 * @module
 */

import { fail } from "../check.js";
import type { Bounds } from "./bounds.js";
import type { Pieces } from "./pieces.js";
import type { Capability, Order, Part, Request, Status } from "./optimizer.js";

/** One evaluation under way, done unit by unit; the units do not depend on how many are asked for at a time. */
export interface Evaluation {
  /** True when there is a value. */
  readonly done: boolean;
  /** Does up to `units` more units (Infinity: all of them); returns `done`. */
  advance(units: number): boolean;
  /** F(θ)/W; valid when done. */
  readonly value: number;
  /** [size]; valid when done, for order ≥ 1. */
  readonly gradient: Float64Array;
  /** Packed lower triangle; valid when done, for order 2. */
  readonly hessian: Float64Array | null;
  /** The Hessian times a vector, or its diagonal; valid when done, for `beginProduct`. */
  readonly product?: Float64Array | null;
  /** First derivative along a line; valid when done, for `beginLine`. */
  readonly slope?: number;
  /** And the second. */
  readonly curvature?: number;
}

/** An optimum that does not exist or is not unique, shown with its witness: a direction in parameter space. */
export interface Diagnosis {
  /** What is wrong, in a word. */
  readonly status: Status;
  /** And as a sentence. */
  readonly reason: string;
  /** A direction in parameter space that proves it, or null. */
  readonly witness: Float64Array | null;
}

/** Hashes of what an objective was stated with. */
export interface ObjectiveFingerprint {
  /** Of the data. */
  readonly data: string;
  /** Of all the rest: loss, model, prior. */
  readonly statement: string;
}

/** Σ rate_j·|θ_j − center_j|: the part of a function that has kinks. */
export interface Kinks {
  /** [size], finite and ≥ 0. */
  readonly rate: ArrayLike<number>;
  /** [size], finite; zeros if not given. */
  readonly center?: ArrayLike<number>;
}

/**
 * Something to minimise. It offers its value and gradient in one of four forms; the first one present is used:
 * `begin` (resumable), `evaluate`, `valueAndGradient`, or `value` with `gradient`.
 *
 * Parameters and gradients are Float64Arrays of length `size`; the gradient is filled in place, or returned. `hessian`
 * fills the packed lower triangle (entry (a, b), a ≥ b, at a(a+1)/2 + b) and makes `newton` available; `hessianVector`
 * fills the product of the Hessian and a direction and makes `newtonCG` available.
 */
export interface Minimizable {
  /** Length of the parameters. */
  readonly size: number;
  /** W: what multiplies value to reach the sum scale that `tolerance` refers to; 1 if not given. */
  readonly totalWeight?: number;
  /** True if every stationary point is a global minimum, false if not; leave it out if unknown. */
  readonly convex?: boolean;
  /** Rows whose mean the value is: `evaluate`, or `begin` with the capability "rows", then take a part of them. */
  readonly rows?: number;
  /** Outputs that its parameters are those of, one after the other; 1 if not given. Of use to "commonHessian" alone. */
  readonly outputs?: number;
  /** What `begin` can do beyond value and gradient. */
  readonly capabilities?: readonly Capability[];
  /**
   * Absolute values that the value holds, Σ rate·|θ − center|: with this the objective has the capability "prox", and
   * optimisers that follow gradients alone refuse it. The gradient holds them too, with derivative 0 at the kink.
   */
  readonly prox?: Kinks;
  /**
   * Its rows as pieces, linear or square in their scores: with this it has the capability "pieces", and if they are
   * linear and have kinks, optimisers that follow gradients alone refuse it.
   */
  readonly pieces?: Pieces;
  /** Where its parameters may lie: with this it has the capability "bounds", and optimisers that know of none refuse it. */
  readonly bounds?: Bounds;
  /** Begins an evaluation at `parameters`, to be done in slices; of a part of the rows if one is given. */
  begin?(parameters: Float64Array, order: Order, part?: Part): Evaluation;
  /** Begins the Hessian at `parameters` times `direction`, or its diagonal where that is null. */
  beginProduct?(parameters: Float64Array, direction: Float64Array | null): Evaluation;
  /** Begins value, slope and curvature at `parameters` + step·`direction`. */
  beginLine?(parameters: Float64Array, direction: Float64Array, step: number): Evaluation;
  /**
   * Begins one matrix for all outputs in place of the Hessian at `parameters`: `hessian` is the packed lower triangle of one
   * output, `product` what of its diagonal a prior adds.
   */
  beginCommon?(parameters: Float64Array): Evaluation;
  /**
   * Begins the minimum of the quadratic model at `parameters`, absolute values included, over the coordinates whose `slope`, that
   * of the smooth part, is not NaN: the point is the `product`. Its value is −Infinity where the model falls without end along a coordinate, which then
   * stays.
   */
  beginCoordinates?(parameters: Float64Array, slope: Float64Array, accuracy: number): Evaluation;
  /** Returns the value; fills `gradientOut` unless it is null. `part` is given only if there are `rows`. */
  evaluate?(parameters: Float64Array, gradientOut: Float64Array | null, part?: Part): number;
  /** Returns the value, or both; fills `gradientOut` if it returns the value alone. */
  valueAndGradient?(
    parameters: Float64Array,
    gradientOut: Float64Array,
  ): number | { readonly value: number; readonly gradient: ArrayLike<number> };
  /** The value. */
  value?(parameters: Float64Array): number;
  /** Returns the gradient, or fills `gradientOut`. */
  gradient?(parameters: Float64Array, gradientOut: Float64Array): ArrayLike<number> | void;
  /** Returns the packed lower triangle, or fills `hessianOut`. */
  hessian?(parameters: Float64Array, hessianOut: Float64Array): ArrayLike<number> | void;
  /** Returns the Hessian at `parameters` times `direction`, or fills `productOut`. */
  hessianVector?(parameters: Float64Array, direction: Float64Array, productOut: Float64Array): ArrayLike<number> | void;
  /**
   * Hashes of what it was stated with: stored runs keep them, and refuse to go on with another objective. Leave it out if
   * there are none.
   */
  fingerprint?(): ObjectiveFingerprint;
  /** Where a minimisation starts if nobody says; zeros without it. */
  initial?(): ArrayLike<number>;
  /** The same as `diagnose`, yielding between small pieces; asked instead of it where it is there. */
  diagnosis?(parameters: Float64Array): Generator<void, Diagnosis | null>;
  /** Asked now and then, and before a run ends: does the optimum exist? null: nothing to report. */
  diagnose?(parameters: Float64Array): Diagnosis | null;
}

/** Begins what an optimiser asks for, of a part of the rows if given; the arrays in its request stay as they are until done. */
export type Begin = (request: Exclude<Request, { kind: "stop" }>, part?: Part) => Evaluation;

/** What an objective can do beyond value and gradient. */
export function capabilitiesOf(objective: Minimizable): readonly Capability[] {
  const offered =
    objective.begin !== undefined
      ? (objective.capabilities ?? [])
      : [
          ...(["hessian", "hessianVector"] as const).filter((name) => objective[name] !== undefined),
          ...(objective.rows === undefined || objective.evaluate === undefined ? [] : (["rows"] as const)),
        ];
  const more = (["prox", "pieces", "bounds"] as const).filter(
    (one) => objective[one] !== undefined && !offered.includes(one),
  );
  return more.length === 0 ? offered : [...offered, ...more];
}

/** The resumable form of any objective: its own, or one unit per evaluation of a plain function. */
export function evaluatorOf(objective: Minimizable): Begin {
  if (typeof objective.begin === "function") return (request, part) => beginOwn(objective, request, part);
  const { size, hessian: given } = objective;
  for (const name of ["hessian", "hessianVector"] as const) {
    const method: unknown = objective[name];
    if (method !== undefined && typeof method !== "function") fail("type", `objective.${name}`, "a function", method);
  }
  const point = new Float64Array(size);
  const along = new Float64Array(size);
  const product = new Float64Array(given === undefined && objective.hessianVector === undefined ? 0 : size);
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(given === undefined ? 0 : (size * (size + 1)) / 2);
  const value = plainValue(objective);
  return (request, part) => {
    if (request.kind === "line") return refuse("line");
    if (request.kind === "common") return refuse("commonHessian");
    if (request.kind === "coordinates") return refuse("coordinates");
    const { parameters } = request;
    if (request.kind === "multiply") {
      const { direction } = request;
      if (direction === null || objective.hessianVector === undefined) return refuse("diagonal");
      const evaluation = { done: false, value: NaN, gradient: nothing, hessian: null, product, advance: multiply };
      function multiply(): boolean {
        if (evaluation.done) return true;
        point.set(parameters);
        along.set(direction!);
        accept("objective.hessianVector", objective.hessianVector!(point, along, product), product);
        return (evaluation.done = true);
      }
      return evaluation;
    }
    const { order } = request;
    const evaluation = { done: false, value: NaN, gradient, hessian: order === 2 ? hessian : null, advance };
    function advance(): boolean {
      if (evaluation.done) return true;
      point.set(parameters); // a copy: whatever the function does to its argument, the run stays the same
      evaluation.value = checkValue(value(point, order === 0 ? null : gradient, part));
      if (order === 2) {
        point.set(parameters);
        accept("objective.hessian", objective.hessian!(point, hessian), hessian);
      }
      evaluation.done = true;
      return true;
    }
    return evaluation;
  };
}

const nothing = /*#__PURE__*/ new Float64Array(0);

function beginOwn(objective: Minimizable, request: Parameters<Begin>[0], part?: Part): Evaluation {
  const { kind, parameters } = request;
  if (kind === "evaluate") return objective.begin!(parameters, request.order, part);
  if (kind === "multiply") {
    return objective.beginProduct?.(parameters, request.direction) ?? refuse("hessianVector");
  }
  if (kind === "common") return objective.beginCommon?.(parameters) ?? refuse("commonHessian");
  if (kind === "coordinates") {
    return objective.beginCoordinates?.(parameters, request.slope, request.accuracy) ?? refuse("coordinates");
  }
  return objective.beginLine?.(parameters, request.direction, request.step) ?? refuse("line");
}

/** An optimiser asked for what it did not say it needs, or an objective does not keep what it offers. */
function refuse(capability: Capability): never {
  return fail("type", "objective", `one that offers "${capability}"`, "one that does not");
}

type PlainValue = (parameters: Float64Array, gradientOut: Float64Array | null, part?: Part) => unknown;

function plainValue(objective: Minimizable): PlainValue {
  if (typeof objective.evaluate === "function") {
    return (parameters, gradientOut, part) =>
      part === undefined
        ? objective.evaluate!(parameters, gradientOut)
        : objective.evaluate!(parameters, gradientOut, part);
  }
  if (typeof objective.valueAndGradient === "function") {
    const unused = new Float64Array(objective.size);
    return (parameters, gradientOut) => {
      const answer = objective.valueAndGradient!(parameters, gradientOut ?? unused);
      if (typeof answer !== "object" || answer === null) return answer;
      accept("objective.valueAndGradient", answer.gradient, gradientOut ?? unused);
      return answer.value;
    };
  }
  if (typeof objective.value === "function" && typeof objective.gradient === "function") {
    return (parameters, gradientOut) => {
      const answer = objective.value!(parameters);
      if (gradientOut !== null) accept("objective.gradient", objective.gradient!(parameters, gradientOut), gradientOut);
      return answer;
    };
  }
  return fail("type", "objective", "evaluate, valueAndGradient, or value with gradient", objective);
}

function checkValue(value: unknown): number {
  return typeof value === "number" ? value : fail("type", "objective", "a number as its value", value);
}

/** Copies what a user's function returned into `out`, unless it filled `out` itself. */
function accept(argument: string, answer: ArrayLike<number> | void, out: Float64Array): void {
  if (answer === undefined || answer === out) return;
  const expected = `nothing or an array of length ${out.length} as its result`;
  if (typeof answer !== "object" || answer === null) fail("type", argument, expected, answer);
  if (answer.length !== out.length) fail("range", argument, expected, answer);
  for (let i = 0; i < out.length; i++) {
    if (typeof answer[i] !== "number") fail("type", argument, "numbers", answer[i], { row: i });
    out[i] = answer[i]!;
  }
}
