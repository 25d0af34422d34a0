/**
 * Optimisers for `minimize`, `minimizer` and the fits.
 *
 * @module
 */

export { auto, type Choice, type Chooser } from "./auto.js";
export { gradientDescent, type GradientDescentOptions } from "./gradientDescent.js";
export { interiorPoint } from "./interiorPoint.js";
export { lbfgs, type LbfgsOptions } from "./lbfgs.js";
export { newton } from "./newton.js";
export { proximalNewton } from "./proximalNewton.js";
export type { Pieces } from "./pieces.js";
export type { Diagnosis, Evaluation, Kinks, Minimizable } from "./objective.js";
export type { Capability, Evaluated, MachineState, Optimizer, Order, Problem, Request, Status } from "./optimizer.js";
