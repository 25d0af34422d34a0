import { fail } from "../check.js";
import { boxNewton } from "./boxNewton.js";
import { dualCoordinateDescent } from "./dualCoordinateDescent.js";
import { bfgs } from "./bfgs.js";
import { coordinateDescent } from "./coordinateDescent.js";
import { fista } from "./fista.js";
import { gaussNewton } from "./gaussNewton.js";
import { gradientDescent } from "./gradientDescent.js";
import { interiorPoint } from "./interiorPoint.js";
import { lbfgs } from "./lbfgs.js";
import { momentum } from "./momentum.js";
import { nesterov } from "./nesterov.js";
import { newton } from "./newton.js";
import { newtonCG } from "./newtonCG.js";
import { proximalNewton } from "./proximalNewton.js";
import type { Optimizer } from "./optimizer.js";
import { adagrad } from "./stochastic/adagrad.js";
import { adam, adamw } from "./stochastic/adam.js";
import { ftrl } from "./stochastic/ftrl.js";
import { rmsprop } from "./stochastic/rmsprop.js";
import { saga } from "./stochastic/saga.js";
import { sgd } from "./stochastic/sgd.js";

const makers: Record<string, (options: never) => Optimizer> = /*#__PURE__*/ Object.assign(
  { boxNewton, gradientDescent, lbfgs, newton, proximalNewton, interiorPoint, dualCoordinateDescent },
  { bfgs, coordinateDescent, fista, gaussNewton, momentum, nesterov, newtonCG },
  { sgd, adagrad, rmsprop, adam, adamw, ftrl, saga },
);

/** Makes an optimiser again from its name and options, as stored in JSON: `makers` check the options themselves. */
export function makeOptimizer(name: string, options: unknown): Optimizer {
  if (!Object.hasOwn(makers, name)) {
    fail(
      "range",
      "json.optimizer.name",
      `${Object.keys(makers).join(", ")}, or the optimizer itself as an option`,
      name,
    );
  }
  return makers[name]!(options as never);
}
