/**
 * What an optimiser is: a serialisable state and one function that moves it on. It never calls the objective: it asks for
 * an evaluation, gets its result, and asks for the next. Slices, abort, resume and workers all follow from that.
 *
 * @module
 */

import type { Box } from "./bounds.js";
import type { Pieces } from "./pieces.js";

/** How much of the objective is wanted at a point: its value, also the gradient, also the Hessian. */
export type Order = 0 | 1 | 2;

/**
 * One capability of an objective beyond its value and gradient: its Hessian; JᵀCJ of its scores in place of one; the Hessian times a vector; its diagonal; one matrix in
 * its place for all outputs; values, slopes and curvatures along a line at the cost of its scores; values and gradients of some of its rows; the proximal map of
 * its part with kinks, which it then has; the minimum of its quadratic model, kinks included, over some coordinates; its rows as pieces, linear or square in their scores; or bounds of its parameters.
 */
export type Capability =
  | "hessian"
  | "gaussNewton"
  | "hessianVector"
  | "diagonal"
  | "commonHessian"
  | "line"
  | "coordinates"
  | "rows"
  | "prox"
  | "pieces"
  | "bounds";

/** A part of an objective that is a mean over rows. */
export interface Part {
  /** Which rows, in this order; their mean estimates that of all. */
  readonly rows: ArrayLike<number>;
  /** With what the prior adds, as in the whole objective; or the loss alone. */
  readonly prior: boolean;
}

/** What a setting of an optimiser can be: plain JSON. */
export type Setting = number | string | boolean | { readonly [field: string]: Setting };

/** Why a minimisation ended: every word there is. */
export const STATUSES = /*#__PURE__*/ Object.freeze([
  "converged",
  "stationary",
  "separated",
  "quasi-separated",
  "unbounded",
  "boundary",
  "rank-deficient",
  "precision-limit",
  "iteration-limit",
  "aborted",
  "diverged",
] as const);

/**
 * How a minimisation ended: every word there is. `stationary` is for objectives that are not known to be convex;
 * `separated`, `quasi-separated` and `unbounded` have no optimum, `rank-deficient` no single one; `boundary` lies on
 * the edge of its domain (a variance of 0); `precision-limit` is as far as rounding lets it.
 */
export type Status = (typeof STATUSES)[number];

/** What the objective answered at the requested point; overwritten by the next evaluation. */
export interface Evaluated {
  /** F(θ)/W: the objective on the mean scale. */
  value: number;
  /** [size]; filled for order ≥ 1. */
  gradient: Float64Array;
  /** Packed lower triangle, row after row, entry (a, b), a ≥ b, at a(a+1)/2 + b; filled for order 2, else null; that of Gauss and Newton of an objective with "gaussNewton". */
  hessian: Float64Array | null;
  /** The Hessian times the direction asked for, or its diagonal, for "multiply"; the point asked for, for "coordinates". */
  product?: Float64Array | null;
  /** First derivative along the direction asked for; for "line". */
  slope?: number;
  /** And the second. */
  curvature?: number;
}

/** What a machine wants next: another evaluation, or to stop. */
export type Request =
  | {
      /** An evaluation is wanted. */
      readonly kind: "evaluate";
      /** Where; unchanged until it is done. */
      readonly parameters: Float64Array;
      /** How much of it. */
      readonly order: Order;
    }
  | {
      /** The Hessian times a vector is wanted; of an objective with "hessianVector", or "diagonal". */
      readonly kind: "multiply";
      /** Where; unchanged until it is done. */
      readonly parameters: Float64Array;
      /** The vector, or null for the diagonal of the Hessian. */
      readonly direction: Float64Array | null;
    }
  | {
      /** One matrix for all outputs in place of the Hessian is wanted; of an objective with "commonHessian". */
      readonly kind: "common";
      /** Where; unchanged until it is done. */
      readonly parameters: Float64Array;
    }
  | {
      /** Value, slope and curvature at θ + step·direction are wanted; of an objective with "line". */
      readonly kind: "line";
      /** θ; unchanged until it is done. */
      readonly parameters: Float64Array;
      /** The direction. */
      readonly direction: Float64Array;
      /** How far along it. */
      readonly step: number;
    }
  | {
      /**
       * Where the quadratic model of the objective at θ, absolute values included, has its minimum over some coordinates is
       * wanted; of an objective with "coordinates".
       */
      readonly kind: "coordinates";
      /** θ; unchanged until it is done. */
      readonly parameters: Float64Array;
      /** The gradient of the smooth part there; NaN for coordinates that stay: [size]. */
      readonly slope: Float64Array;
      /** By how much the last sweep over the coordinates is to be shorter than the first. */
      readonly accuracy: number;
    }
  | {
      /** The run ends. */
      readonly kind: "stop";
      /** How, in a word. */
      readonly status: Status;
      /** And why, as a sentence. */
      readonly reason: string;
    };

/** A request that wants an evaluation. */
export type Asked = Exclude<
  Request,
  {
    /** The run ends. */
    readonly kind: "stop";
  }
>;

/**
 * The common part of every optimiser's state; the rest is its own: numbers, booleans, Float64Arrays and records of these
 * only, all there with their final lengths from the start, so that a state read from JSON can be checked against a fresh
 * one.
 */
export interface MachineState {
  /** Best point so far: what is reported if the run stops now. */
  parameters: Float64Array;
  /** The objective there. */
  value: number;
  /** Its gradient there. */
  gradient: Float64Array;
  /** Completed iterations (accepted steps). */
  iteration: number;
  /** Estimate of the Newton decrement² on the sum scale, or NaN before there is one. */
  decrement: number;
  /** True if the decrement is a bound of Newton's own, though the optimiser has no Hessian. */
  certified?: boolean;
  /** A duality gap on the sum scale, in nats: F less a lower bound of its minimum; NaN before there is one. */
  gap?: number;
  /** What that gap must not exceed; the tolerance where there is none. */
  gapBound?: number;
}

/** What every machine is told about the problem. */
export interface Problem {
  /** Length of the parameters. */
  readonly size: number;
  /** W: multiplies value and decrement to reach the sum scale; 1 for a function that is no mean. */
  readonly totalWeight: number;
  /** Bound on the Newton decrement² on the sum scale. */
  readonly tolerance: number;
  /** True if every stationary point is a global minimum, false if not, null if nobody said. */
  readonly convex: boolean | null;
  /** Outputs that the parameters are those of, one after the other. */
  readonly outputs: number;
  /** Rows whose mean the objective is; null if it is none, or does not offer "rows". */
  readonly rows: number | null;
  /** What the objective offers beyond value and gradient. */
  readonly capabilities: readonly Capability[];
  /** The absolute values in the objective, Σ rate·|θ − center| on its own scale; null if it is smooth. */
  readonly prox: {
    /** The rate of each parameter, 0 where it has no such part: [size]. */
    readonly rate: Float64Array;
    /** Where its absolute value is 0: [size]. */
    readonly center: Float64Array;
  } | null;
  /** Its rows as pieces, linear or square in their scores; null where it offers none. */
  readonly pieces: Pieces | null;
  /** Where its parameters may lie; null where they are free. */
  readonly bounds: Box | null;
}

/**
 * An optimiser: a serialisable state, and one function that moves it on. It never calls the objective: it asks for an
 * evaluation, gets its result, and asks for the next.
 */
export interface Optimizer<State extends MachineState = MachineState> {
  /** Its name; what stored runs call it. */
  readonly name: string;
  /** Its settings, as plain JSON, enough to make it again. */
  readonly options: Readonly<Record<string, Setting>>;
  /** What it needs of an objective beyond value and gradient. */
  readonly needs: readonly Capability[];
  /** What it makes use of where it is there. An objective with "prox" is not smooth: optimisers without it refuse. */
  readonly uses?: readonly Capability[];
  /** The state before the first evaluation, at `start` (copied). */
  init(start: Float64Array, problem: Problem): State;
  /**
   * Refuses, by name, a state read from JSON in which no run can be; its shape is already checked. `asked` is the evaluation
   * that it waits for, null where gradients come from elsewhere. Runs that have ended are not asked about.
   */
  check?(state: State, problem: Problem, asked: Asked | null): void;
  /** Which part of the objective the evaluation last asked for is of; null or no such method: all of it. */
  part?(state: State, problem: Problem): Part | null;
  /** One step from where `state` is by a gradient from elsewhere, which may be written over: for online learning. */
  take?(state: State, gradient: Float64Array, problem: Problem): void;
  /** The first request, or what to do after the evaluation last asked for. Changes `state` in place. */
  advance(state: State, problem: Problem, evaluated: Evaluated | null): Request;
}
