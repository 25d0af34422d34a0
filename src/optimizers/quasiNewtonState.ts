import { fail } from "../check.js";
import { newCertificate, type Certificate } from "./certificate.js";
import type { Evaluated, MachineState } from "./optimizer.js";
import { newStrongWolfe, type StrongWolfe } from "./strongWolfe.js";

/** Which evaluation the machine waits for. */
export const START = 0;
export const SEARCH = 1;
export const FALLBACK = 2;
export const SCALE = 3;
export const CERTIFY = 4;
export const COMMON = 5;

export interface QuasiNewtonState extends MachineState {
  phase: number;
  direction: Float64Array;
  trial: Float64Array;
  search: StrongWolfe;
  /** Inverse of the Hessian's diagonal at 0, or of one near it, where the objective offers it, else ones. */
  inverse: Float64Array;
  certificate: Certificate;
  /** Whether that belongs to the current iterate. */
  certified: boolean;
  /** Smallest gradient (largest entry, in units in which that diagonal is 1) since the value last changed by more than
   *  rounding, and iterations since. */
  smallestGradient: number;
  stalled: number;
}

/** An approximation of the inverse Hessian that a state holds. */
export interface Approximation<State extends QuasiNewtonState> {
  /** Whether it has learnt anything. */
  knows(state: State): boolean;
  /** direction ← −H·gradient. */
  apply(state: State, gradient: Float64Array, direction: Float64Array): void;
  /** Takes a step and the change of the gradient along it. */
  learn(state: State, step: Float64Array, change: Float64Array): void;
  forget(state: State): void;
  /** The Hessian by one matrix for all outputs that it begins with, where it does. */
  readonly common?: {
    /** Whether it is to be taken at this iterate. */
    due(state: State): boolean;
    take(state: State, evaluated: Evaluated): void;
    /** vector ← its inverse·vector. */
    solve(state: State, vector: Float64Array): void;
  };
}

export function newQuasiNewtonState(start: Float64Array): QuasiNewtonState {
  const size = start.length;
  return {
    parameters: Float64Array.from(start),
    value: NaN,
    gradient: new Float64Array(size).fill(NaN),
    iteration: 0,
    decrement: NaN,
    phase: START,
    direction: new Float64Array(size),
    trial: new Float64Array(size),
    search: newStrongWolfe(),
    inverse: new Float64Array(size).fill(1),
    certificate: newCertificate(size),
    certified: false,
    smallestGradient: Infinity,
    stalled: 0,
  };
}

/** Refuses a stored state in no phase of these methods. */
export function checkQuasiNewton({ phase }: QuasiNewtonState): void {
  if (![START, SEARCH, FALLBACK, SCALE, CERTIFY, COMMON].includes(phase))
    fail("range", "json.state.phase", "0..5", phase);
}
