/**
 * Going on with a stored minimisation.
 *
 * @module
 */

import { checkOptions, fail } from "./check.js";
import { Job } from "./job.js";
import {
  decodeCounts,
  decodeDocument,
  decodeInteger,
  decodeNumber,
  decodeNumbers,
  decodeRecord,
  decodeStored,
  decodeString,
} from "./json.js";
import type { Stored } from "./json.js";
import { Minimization } from "./minimization.js";
import { checkNeeds, checkSettings, problemOf } from "./minimize.js";
import type { Diagnosis, Minimizable } from "./optimizers/objective.js";
import { STATUSES, type MachineState, type Optimizer, type Order, type Status } from "./optimizers/optimizer.js";
import { checkFinite, checkFiniteAt } from "./optimizers/storedState.js";
import { makeOptimizer } from "./optimizers/registry.js";
import type { Progress, Result } from "./result.js";
import { type Settings, type Standing, askedBy } from "./standing.js";

/** Options of a resumed minimisation. */
export interface ResumeOptions {
  /** Needed only if the stored run used an optimiser that is not one of this library's; must have the same name. */
  readonly optimizer?: Optimizer;
  /** Told once per iteration. */
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * A minimisation from what `job.toJSON()` gave. With the same objective it ends with the same bits as if it had never
 * been stored: an evaluation that was under way starts again.
 *
 * @param json - The object, or its text.
 * @param objective - The objective of the stored run.
 * @param options - `onProgress`; `optimizer` only if it is not one of this library's.
 * @returns The job.
 * @throws TypeError or RangeError naming the field that is wrong, or that does not fit the objective.
 * @example
 * const target = objective({ data: dataset([[1], [2], [3], [4]], [0, 1, 0, 1]), likelihood: likelihoods.bernoulli() });
 * const job = minimizer(target);
 * job.step({ units: 3 });
 * const resumed = resumeMinimizer(JSON.stringify(job), target);
 * resumed.step({ units: Infinity }); // → true
 * resumed.result.value === minimize(target).value; // → true
 */
export function resumeMinimizer(
  json: unknown,
  objective: Minimizable,
  options: ResumeOptions = {},
): Job<Result, Progress> {
  return new Job(restoreMinimization(json, objective, options));
}

/** The stored work of a minimisation, for jobs that make something else of its result. */
export function restoreMinimization(json: unknown, objective: Minimizable, options: ResumeOptions = {}): Minimization {
  checkOptions("options", options, ["optimizer", "onProgress"]);
  checkSettings(options);
  const document = decodeDocument("minimizer", json, [
    "optimizer",
    "choice",
    "problem",
    "maxIterations",
    "fingerprint",
    "state",
    "point",
    "order",
    "kind",
    "direction",
    "step",
    "stopping",
    "outcome",
    "passes",
    "products",
    "lines",
    "reported",
    "nextDiagnosis",
  ]);
  const { onProgress = null } = options;
  const settings = decodeSettings(document, objective, options.optimizer);
  checkNeeds(settings.optimizer, objective);
  checkFingerprint(document["fingerprint"], objective);
  const standing = decodeStanding(document, settings);
  return new Minimization(objective, settings, standing, onProgress);
}

function decodeSettings(document: Record<string, unknown>, objective: Minimizable, given?: Optimizer): Settings {
  const stored = decodeRecord("json.problem", document["problem"], ["size", "totalWeight", "tolerance", "convex"]);
  const tolerance = decodeNumber("json.problem.tolerance", stored["tolerance"]);
  if (!(tolerance > 0 && tolerance < Infinity)) fail("range", "json.problem.tolerance", "a number > 0", tolerance);
  const problem = problemOf(objective, tolerance);
  for (const key of ["size", "totalWeight", "convex"] as const) {
    if (stored[key] !== problem[key]) {
      fail("range", `json.problem.${key}`, `${problem[key]}, as in the objective`, stored[key]);
    }
  }
  const { name, options } = decodeRecord("json.optimizer", document["optimizer"], ["name", "options"]);
  if (given !== undefined && given.name !== name) fail("range", "json.optimizer.name", `"${given.name}"`, name);
  if (given !== undefined && JSON.stringify(given.options) !== JSON.stringify(options)) {
    fail("range", "json.optimizer.options", JSON.stringify(given.options), options);
  }
  return {
    optimizer: given ?? makeOptimizer(decodeString("json.optimizer.name", name), options),
    choice: document["choice"] === null ? null : decodeString("json.choice", document["choice"]),
    problem,
    maxIterations: decodeInteger("json.maxIterations", document["maxIterations"]),
  };
}

/** Refuses, by name, an objective of other data or of another statement. */
function checkFingerprint(json: unknown, objective: Minimizable): void {
  const own = objective.fingerprint?.() ?? null;
  if (own === null && json === null) return;
  const given = json === null ? {} : decodeRecord("json.fingerprint", json, ["data", "statement"]);
  if (given["data"] !== own?.data) fail("range", "json.fingerprint.data", "the data of the stored run", own?.data);
  if (given["statement"] !== own?.statement) {
    const expected = "the loss, model and prior or penalty of the stored run";
    fail("range", "json.fingerprint.statement", expected, own?.statement);
  }
}

function decodeStanding(document: Record<string, unknown>, { optimizer, problem, maxIterations }: Settings): Standing {
  const { size } = problem;
  const template = optimizer.init(new Float64Array(size), problem) as unknown as Stored;
  const state = decodeStored("json.state", document["state"], template) as unknown as MachineState;
  decodeInteger("json.state.iteration", state.iteration, 0, maxIterations);
  const kind = decodeKind(document["kind"]);
  const standing: Standing = {
    state,
    point: decodeFinite("json.point", document["point"], size),
    order: decodeInteger(
      "json.order",
      document["order"],
      0,
      optimizer.needs.some((one) => one === "hessian" || one === "gaussNewton") ? 2 : 1,
    ) as Order,
    kind,
    direction: decodeDirection(kind, document["direction"], size),
    step: decodeNumber("json.step", document["step"]),
    stopping: document["stopping"] === null ? null : decodeStop("json.stopping", document["stopping"]),
    outcome: document["outcome"] === null ? null : decodeOutcome(document["outcome"]),
    passes: decodeCounts("json.passes", document["passes"]),
    products: decodeInteger("json.products", document["products"]),
    lines: decodeInteger("json.lines", document["lines"]),
    reported: decodeInteger("json.reported", document["reported"]),
    nextDiagnosis: decodeInteger("json.nextDiagnosis", document["nextDiagnosis"], 1),
  };
  checkStanding(standing);
  if (standing.stopping === null && standing.outcome === null) optimizer.check?.(state, problem, askedBy(standing));
  return standing;
}

/** What holds of every run, whatever its optimiser. */
function checkStanding(standing: Standing): void {
  const { state, kind, order, direction, step, reported, passes, products, lines } = standing;
  const { parameters, value, gradient, iteration } = state;
  checkFinite("parameters", parameters);
  if (!(Number.isFinite(value) || (value !== value && iteration === 0))) {
    fail("range", "json.state.value", "a finite number", value);
  }
  gradient.forEach((slope, row) => {
    if (Math.abs(slope) === Infinity) fail("range", "json.state.gradient", "finite numbers, or NaN", slope, { row });
  });
  for (const key of ["current", "trial", "point"]) {
    const values = (state as unknown as Record<string, Stored | undefined>)[key];
    if (values instanceof Float64Array) checkFinite(key, values);
  }
  const along = kind === "line" || kind === "coordinates";
  if (along ? !Number.isFinite(step) || (kind === "coordinates" && step <= 0) : step !== 0) {
    const expected = kind === "coordinates" ? "a finite number > 0" : "a finite number";
    fail("range", "json.step", along ? expected : `0, by json.kind "${kind}"`, step);
  }
  if (direction !== null && !along && kind !== "multiply") {
    fail("range", "json.direction", `null, by json.kind "${kind}"`, direction);
  }
  if (order !== 0 && kind !== "evaluate") fail("range", "json.order", `0, by json.kind "${kind}"`, order);
  if (reported !== iteration) fail("range", "json.reported", `${iteration}, as json.state.iteration`, reported);
  const evaluations = passes.reduce((sum, count) => sum + count, products + lines);
  if (evaluations < iteration) fail("range", "json.passes", `at least one for each of ${iteration} iterations`, passes);
}

/** Finite numbers. */
function decodeFinite(field: string, json: unknown, size?: number): Float64Array {
  const values = decodeNumbers(field, json, size);
  checkFiniteAt(field, values);
  return values;
}

function decodeKind(json: unknown): Standing["kind"] {
  if (json === "evaluate" || json === "multiply" || json === "common" || json === "line") return json;
  if (json === "coordinates") return json;
  return fail("range", "json.kind", "evaluate, multiply, common, line or coordinates", json);
}

function decodeDirection(kind: Standing["kind"], json: unknown, size: number): Float64Array | null {
  if (json === null && (kind === "line" || kind === "coordinates")) fail("type", "json.direction", "numbers", json);
  return json === null ? null : decodeNumbers("json.direction", json, size);
}

function decodeStop(field: string, json: unknown): { status: Status; reason: string } {
  const { status, reason } = decodeRecord(field, json, ["status", "reason"]);
  return { status: decodeStatus(`${field}.status`, status), reason: decodeString(`${field}.reason`, reason) };
}

function decodeOutcome(json: unknown): Diagnosis {
  const { status, reason, witness } = decodeRecord("json.outcome", json, ["status", "reason", "witness"]);
  return {
    status: decodeStatus("json.outcome.status", status),
    reason: decodeString("json.outcome.reason", reason),
    witness: witness === null ? null : decodeFinite("json.outcome.witness", witness),
  };
}

function decodeStatus(field: string, json: unknown): Status {
  return STATUSES.includes(json as Status) ? (json as Status) : fail("range", field, STATUSES.join(", "), json);
}
