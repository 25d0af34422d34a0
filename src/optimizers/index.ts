/**
 * Optimisers for `minimize`, `minimizer` and the fits.
 *
 * @module
 */

export { auto, type Chooser } from "./auto.js";
export type { Choice, Choosable } from "./choice.js";
export type { Bounds, Box } from "./bounds.js";
export { boxNewton } from "./boxNewton.js";
export { dualCoordinateDescent, type DualCoordinateDescentOptions } from "./dualCoordinateDescent.js";
export { bfgs } from "./bfgs.js";
export { coordinateDescent } from "./coordinateDescent.js";
export { fista } from "./fista.js";
export { gaussNewton } from "./gaussNewton.js";
export { gradientDescent, type GradientDescentOptions } from "./gradientDescent.js";
export { interiorPoint } from "./interiorPoint.js";
export { lbfgs, type LbfgsOptions } from "./lbfgs.js";
export { type MomentumOptions, momentum } from "./momentum.js";
export { nesterov } from "./nesterov.js";
export { newton } from "./newton.js";
export { type NewtonCGOptions, newtonCG } from "./newtonCG.js";
export { proximalNewton } from "./proximalNewton.js";
export type { Pieces, SparseRows } from "./pieces.js";
export { type AdagradOptions, adagrad } from "./stochastic/adagrad.js";
export { type AdamOptions, type AdamwOptions, adam, adamw } from "./stochastic/adam.js";
export { type FtrlOptions, ftrl } from "./stochastic/ftrl.js";
export type { StochasticState } from "./stochastic/state.js";
export type { BatchOptions, StochasticOptions } from "./stochastic/options.js";
export { type RmspropOptions, rmsprop } from "./stochastic/rmsprop.js";
export { type SagaOptions, type SagaState, saga } from "./stochastic/saga.js";
export type { Schedule } from "./stochastic/schedule.js";
export { type SgdOptions, sgd } from "./stochastic/sgd.js";
export type { Diagnosis, Evaluation, Kinks, Minimizable } from "./objective.js";
export type {
  Asked,
  Capability,
  Evaluated,
  MachineState,
  Optimizer,
  Order,
  Part,
  Problem,
  Request,
  Setting,
  Status,
} from "./optimizer.js";
