/**
 * Where a minimisation stands: what a stored one holds.
 *
 * @module
 */

import type { Diagnosis } from "./optimizers/objective.js";
import type { Asked, MachineState, Optimizer, Order, Problem, Request, Status } from "./optimizers/optimizer.js";

/** Where a minimisation stands; everything beside the objective, the optimiser and the settings. */
export interface Standing {
  state: MachineState;
  /** The evaluation the optimiser waits for; the last one once it wants to stop. */
  point: Float64Array;
  order: Order;
  /** What kind of evaluation, and along which direction and how far; of coordinates their slopes and the accuracy. */
  kind: Asked["kind"];
  direction: Float64Array | null;
  step: number;
  /** Why the optimiser or the driver wants to stop, before the objective has had its say. */
  stopping: { readonly status: Status; readonly reason: string } | null;
  outcome: Diagnosis | null;
  passes: [number, number, number];
  /** Products of the Hessian with a vector, its diagonal included; and evaluations along a line. */
  products: number;
  lines: number;
  /** Last iteration that onProgress heard of, and the next one to ask for a diagnosis at. */
  reported: number;
  nextDiagnosis: number;
}

export interface Settings {
  readonly optimizer: Optimizer;
  readonly choice: string | null;
  readonly problem: Problem;
  readonly maxIterations: number;
}

const FIRST_DIAGNOSIS = 4;

/** The standing before the first evaluation. */
export function standingAt(start: Float64Array, { optimizer, problem }: Settings): Standing {
  const standing: Standing = {
    state: optimizer.init(start, problem),
    point: Float64Array.from(start),
    order: 0,
    kind: "evaluate",
    direction: null,
    step: 0,
    stopping: null,
    outcome: null,
    passes: [0, 0, 0],
    products: 0,
    lines: 0,
    reported: 0,
    nextDiagnosis: FIRST_DIAGNOSIS,
  };
  follow(standing, optimizer.advance(standing.state, problem, null));
  return standing;
}

/** Notes what the optimiser wants next. */
export function follow(standing: Standing, request: Request): void {
  if (request.kind === "stop") {
    standing.stopping = { status: request.status, reason: request.reason };
  } else {
    standing.point.set(request.parameters);
    standing.kind = request.kind;
    standing.order = request.kind === "evaluate" ? request.order : 0;
    standing.step = "step" in request ? request.step : "accuracy" in request ? request.accuracy : 0;
    const direction = "direction" in request ? request.direction : "slope" in request ? request.slope : null;
    standing.direction = direction === null ? null : Float64Array.from(direction);
  }
}

/** The evaluation the optimiser waits for, as it asked for it. */
export function askedBy({ kind, point: parameters, order, direction, step }: Standing): Asked {
  if (kind === "evaluate") return { kind, parameters, order };
  if (kind === "common") return { kind, parameters };
  if (kind === "coordinates") return { kind, parameters, slope: direction!, accuracy: step };
  return kind === "multiply" ? { kind, parameters, direction } : { kind, parameters, direction: direction!, step };
}
