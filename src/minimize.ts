/**
 * Minimising a function: at once, or as a job in slices.
 *
 * @module
 */

import { allocate, checkNumber, checkOptions, fail, toFloat64 } from "./check.js";
import { Job, checkListener } from "./job.js";
import { Minimization } from "./minimization.js";
import { auto, type Chooser } from "./optimizers/auto.js";
import { capabilitiesOf, type Minimizable } from "./optimizers/objective.js";
import type { Optimizer, Problem } from "./optimizers/optimizer.js";
import type { Progress, Result } from "./result.js";
import { standingAt, type Settings } from "./standing.js";

export type { Certificate, Progress, Result } from "./result.js";

/** Options of a minimisation. */
export interface MinimizeOptions {
  /** One of `optimizers`; `auto()` if not given. */
  readonly optimizer?: Optimizer | Chooser;
  /** [size], finite; if not given `objective.initial()`, or zeros where there is none. */
  readonly start?: ArrayLike<number>;
  /** Bound on the Newton decrement² on the sum scale, > 0; 1e-16 if not given. */
  readonly tolerance?: number;
  /** Iterations at most; 10000 if not given. */
  readonly maxIterations?: number;
  /** Told once per iteration. What it throws reaches the caller; a job can then go on. */
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Minimises a function, and returns when done. Not converging is a result with its reason, not an exception.
 *
 * @param objective - An `objective`, or any object with `size` and one of `evaluate`, `valueAndGradient`, or `value`
 *   with `gradient`.
 * @param options - `optimizer`, `start`, `tolerance`, `maxIterations`, `onProgress`.
 * @returns The best iterate, and how the run ended.
 * @throws TypeError or RangeError for options that make no sense, or an optimiser that needs more than the objective
 *   offers.
 * @see Nocedal & Wright, *Numerical Optimization*, 2nd ed., 2006
 * @example
 * const bowl = {
 *   size: 1,
 *   value: (x: Float64Array) => (x[0] - 3) * (x[0] - 3),
 *   gradient: (x: Float64Array) => [2 * (x[0] - 3)],
 * };
 * minimize(bowl).parameters; // → [3]
 */
export function minimize(objective: Minimizable, options: MinimizeOptions = {}): Result {
  const job = minimizer(objective, options);
  job.step({ units: Infinity });
  return job.result;
}

/**
 * A minimisation as a {@link Job}: by units, by milliseconds, in the background, stored and resumed, with the same
 * bits.
 *
 * @param objective - As `minimize` takes it.
 * @param options - `optimizer`, `start`, `tolerance`, `maxIterations`, `onProgress`.
 * @returns The job; a unit is a leaf of rows, or one evaluation of a plain function.
 * @throws TypeError or RangeError for options that make no sense, or an optimiser that needs more than the objective
 *   offers.
 * @example
 * const data = dataset([[1], [2], [3], [4]], [0, 1, 0, 1]);
 * const job = minimizer(objective({ data, likelihood: likelihoods.bernoulli() }));
 * while (!job.step({ units: 10 })); // one slice a frame
 * job.result.status; // → "converged"
 */
export function minimizer(objective: Minimizable, options: MinimizeOptions = {}): Job<Result, Progress> {
  return new Job(startMinimization(objective, options));
}

/** The work of a minimisation, for jobs that make something else of its result. */
export function startMinimization(objective: Minimizable, options: MinimizeOptions = {}): Minimization {
  checkOptions("options", options, ["optimizer", "start", "tolerance", "maxIterations", "onProgress"]);
  checkSettings(options);
  const { optimizer = auto(), tolerance = 1e-16, maxIterations = 10000, onProgress } = options;
  const problem = problemOf(objective, tolerance);
  const settings: Settings = { ...chosen(optimizer, objective), problem, maxIterations };
  checkNeeds(settings.optimizer, objective);
  const standing = standingAt(
    checkStart(options.start === undefined ? objective.initial?.() : options.start, problem.size),
    settings,
  );
  return new Minimization(objective, settings, standing, onProgress ?? null);
}

/** Throws a TypeError or RangeError for options that make no sense for any objective. */
export function checkSettings({ optimizer, tolerance, maxIterations, onProgress }: MinimizeOptions): void {
  if (tolerance !== undefined) checkNumber("tolerance", tolerance, { exclusiveMin: 0 });
  if (maxIterations !== undefined) checkNumber("maxIterations", maxIterations, { min: 0, integer: true });
  checkListener(onProgress);
  if (optimizer === undefined) return;
  const { advance, choose } = (optimizer ?? {}) as Partial<Optimizer & Chooser>;
  if (typeof optimizer !== "object" || (typeof advance !== "function" && typeof choose !== "function")) {
    fail("type", "optimizer", "an optimizer such as optimizers.lbfgs()", optimizer);
  }
}

/** What the optimiser is told about `objective`, after checking it. */
export function problemOf(objective: Minimizable, tolerance: number): Problem {
  if (typeof objective !== "object" || objective === null) fail("type", "objective", "an object", objective);
  const { size, totalWeight = 1, convex = null } = objective;
  checkNumber("objective.size", size, { min: 0, integer: true });
  checkNumber("objective.totalWeight", totalWeight, { exclusiveMin: 0 });
  if (objective.pieces !== undefined && typeof objective.pieces?.design !== "function") {
    fail("type", "objective.pieces", "rows as an objective of this library has them", objective.pieces);
  }
  if (convex !== null && typeof convex !== "boolean") fail("type", "objective.convex", "true or false", convex);
  const offered = capabilitiesOf(objective).includes("rows");
  return Object.freeze({
    size,
    totalWeight,
    tolerance,
    convex,
    outputs: readOutputs(objective),
    rows: offered ? checkNumber("objective.rows", objective.rows, { min: 1, integer: true }) : null,
    capabilities: capabilitiesOf(objective),
    prox: readKinks(objective, size),
    pieces: objective.pieces ?? null,
    bounds: readBounds(objective, size),
  });
}

/** Outputs that share a matrix; 1 where none is offered. */
function readOutputs(objective: Minimizable): number {
  const { size, outputs = 1 } = objective;
  if (!capabilitiesOf(objective).includes("commonHessian")) return 1;
  checkNumber("objective.outputs", outputs, { min: 1, integer: true });
  if (size % outputs !== 0) fail("range", "objective.outputs", `a divisor of the size ${size}`, outputs);
  return outputs;
}

function readKinks({ prox, capabilities }: Minimizable, size: number): Problem["prox"] {
  if (prox === undefined) {
    if (capabilities?.includes("prox") === true) fail("type", "objective.prox", "{ rate, center }", prox);
    return null;
  }
  if (typeof prox !== "object" || prox === null) fail("type", "objective.prox", "{ rate, center }", prox);
  const rate = readVector("objective.prox.rate", prox.rate, size, 0);
  const center =
    prox.center === undefined
      ? new Float64Array(size)
      : readVector("objective.prox.center", prox.center, size, -Infinity);
  return Object.freeze({ rate, center });
}

function readBounds({ bounds, capabilities }: Minimizable, size: number): Problem["bounds"] {
  if (bounds === undefined) {
    if (capabilities?.includes("bounds") === true) fail("type", "objective.bounds", "{ lower, upper }", bounds);
    return null;
  }
  if (typeof bounds !== "object" || bounds === null) fail("type", "objective.bounds", "{ lower, upper }", bounds);
  const read = (name: "lower" | "upper", none: number): Float64Array => {
    const argument = `objective.bounds.${name}`;
    if (bounds[name] === undefined) return new Float64Array(size).fill(none);
    const values = toFloat64(argument, bounds[name]).slice();
    if (values.length !== size) fail("range", argument, `an array of length ${size}`, bounds[name]);
    values.forEach((value, row) => {
      if (Number.isNaN(value) || value === -none) fail("range", argument, `a number, or ${none}`, value, { row });
    });
    return values;
  };
  const lower = read("lower", -Infinity);
  const upper = read("upper", Infinity);
  lower.forEach((low, row) => {
    if (!(low <= upper[row]!)) fail("range", "objective.bounds.upper", `a number >= ${low}`, upper[row], { row });
  });
  return Object.freeze({ lower, upper });
}

function readVector(argument: string, given: unknown, size: number, min: number): Float64Array {
  const values = toFloat64(argument, given).slice();
  if (values.length !== size) fail("range", argument, `an array of length ${size}`, given);
  values.forEach((value, row) => {
    if (!(Number.isFinite(value) && value >= min)) {
      fail("range", argument, min === 0 ? "finite numbers >= 0" : "finite numbers", value, { row });
    }
  });
  return values;
}

/** Refuses, by name, an optimiser that needs what the objective does not offer. */
export function checkNeeds(optimizer: Optimizer, objective: Minimizable): void {
  const offered = capabilitiesOf(objective);
  if (offered.includes("prox") && !optimizer.needs.concat(optimizer.uses ?? []).includes("prox")) {
    const error = new TypeError(
      `optimizer "${optimizer.name}" needs a smooth objective, and this one holds absolute values (an L1 part); ` +
        `use ${objective.pieces?.curvature === null ? "interiorPoint" : "proximalNewton"}`,
    );
    throw Object.assign(error, { argument: "optimizer", expected: "an optimizer that uses prox", got: optimizer.name });
  }
  if (offered.includes("bounds") && !optimizer.needs.concat(optimizer.uses ?? []).includes("bounds")) {
    const error = new TypeError(
      `optimizer "${optimizer.name}" knows no bounds, and this objective has some; use boxNewton`,
    );
    throw Object.assign(error, { argument: "optimizer", expected: "boxNewton", got: optimizer.name });
  }
  if (objective.pieces?.curvature === null && !optimizer.needs.concat(optimizer.uses ?? []).includes("pieces")) {
    const error = new TypeError(
      `optimizer "${optimizer.name}" needs a smooth objective, and the loss of this one has kinks; use interiorPoint`,
    );
    throw Object.assign(error, { argument: "optimizer", expected: "interiorPoint", got: optimizer.name });
  }
  for (const capability of optimizer.needs) {
    if (!offered.includes(capability)) {
      const error = new TypeError(
        `optimizer "${optimizer.name}" needs "${capability}", which this objective does not offer` +
          (offered.includes("prox") ? "" : "; use lbfgs or gradientDescent"),
      );
      const expected = `an optimizer that needs only ${offered.join(", ") || "value and gradient"}`;
      throw Object.assign(error, { argument: "optimizer", expected, got: optimizer.name });
    }
  }
}

function chosen(optimizer: Optimizer | Chooser, objective: Minimizable): Pick<Settings, "optimizer" | "choice"> {
  if ("choose" in optimizer) {
    const { size, outputs, rows, pieces } = objective;
    const shape = { size, ...(outputs && { outputs }), ...(rows && { rows }) };
    const choice = optimizer.choose({ ...shape, capabilities: capabilitiesOf(objective), pieces });
    return { optimizer: choice.optimizer, choice: choice.reason };
  }
  return { optimizer, choice: null };
}

/** Where to start: zeros, or [size] finite numbers. */
export function checkStart(start: unknown, size: number): Float64Array {
  if (start === undefined) return allocate("objective.size", size);
  const values = toFloat64("start", start);
  if (values.length !== size) fail("range", "start", `an array of length ${size}`, start);
  for (let j = 0; j < size; j++) {
    if (!Number.isFinite(values[j])) fail("range", "start", "finite numbers", values[j], { row: j });
  }
  return values;
}
