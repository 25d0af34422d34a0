import { checkOptions } from "../check.js";
import { boxNewton } from "./boxNewton.js";
import { type Choice, type Choosable, NEWTON_SIZE } from "./choice.js";
import { coordinateDescent } from "./coordinateDescent.js";
import { fista } from "./fista.js";
import { lbfgs } from "./lbfgs.js";
import { proximalNewton } from "./proximalNewton.js";
import { newton } from "./newton.js";

/** Largest number of parameters of one output for which their matrix and its factors pay. */
const COMMON_SIZE = 300;

/**
 * Parameters from which the Hessian of a sample of the rows pays, where there are this many rows for each, as many as their
 * square, and this many numbers: that of all rows takes as long as many passes, and 50000 x 40 is fitted in half of the time;
 * 3000 x 31 would take twice as long.
 */
const SAMPLED_SIZE = 30;
const ROWS_PER_PARAMETER = 80;
const SAMPLED_NUMBERS = 1 << 17;

/** Whether a sample of the rows tells the Hessian well, and that of all is dear. */
function isLong(rows: number, size: number): boolean {
  return size >= SAMPLED_SIZE && rows >= Math.max(ROWS_PER_PARAMETER, size) * size && rows * size >= SAMPLED_NUMBERS;
}

/** What picks an optimiser once the objective is known. */
export interface Chooser {
  /** Its name. */
  readonly name: "auto";
  /** The optimiser for an objective of this size and these capabilities. */
  choose(objective: Choosable): Choice;
}

/**
 * Picks `boxNewton` for an objective with bounds; `interiorPoint` for a loss with kinks, `dualCoordinateDescent` where that
 * has more than 300 parameters or sparse rows and an L2 penalty on all coefficients; for an objective with an L1 part
 * `proximalNewton`, with more than 300 parameters or sparse rows `coordinateDescent`, and `fista` where it offers neither;
 * else `lbfgs` with the Hessian of a sample from 30 parameters on where there are 80 times as many rows, their square, and
 * 2¹⁷ numbers; else `newton` for one with a Hessian and at most 300 parameters, else `lbfgs`, of a softmax with at most 300
 * parameters per class with one matrix for all of them; the default. `result.choice` says which, and why.
 *
 * @param options - None.
 * @returns What chooses once the objective is known.
 * @throws TypeError for an option.
 * @example
 * const chooser = optimizers.auto();
 * chooser.choose({ size: 2, capabilities: ["hessian"] }).optimizer.name; // → "newton"
 * chooser.choose({ size: 2, capabilities: [] }).optimizer.name; // → "lbfgs"
 */
export function auto(options: Record<string, never> = {}): Chooser {
  checkOptions("auto", options, []);
  return Object.freeze<Chooser>({
    name: "auto",
    choose({ size, outputs = 1, rows = 0, capabilities, pieces }) {
      if (capabilities.includes("bounds")) {
        return { optimizer: boxNewton(), reason: "boxNewton, because the parameters have bounds." };
      }
      if (capabilities.includes("pieces") && !capabilities.includes("hessian")) {
        const choice = pieces?.choose({ size, capabilities, pieces });
        if (choice) return choice;
      }
      if (capabilities.includes("prox") && capabilities.includes("coordinates")) {
        if (size > NEWTON_SIZE || !capabilities.includes("hessian")) {
          return {
            optimizer: coordinateDescent(),
            reason: `coordinateDescent, because the objective has an L1 part and ${size} parameters, of which it takes those that matter.`,
          };
        }
      }
      if (capabilities.includes("prox") && !capabilities.includes("hessian")) {
        return {
          optimizer: fista(),
          reason: `fista, because the objective has an L1 part and offers no Hessian for its ${size} parameters.`,
        };
      }
      if (capabilities.includes("prox")) {
        return {
          optimizer: proximalNewton(),
          reason: "proximalNewton, because the objective has an L1 part, which makes some parameters exactly 0.",
        };
      }
      const hasCommon = capabilities.includes("commonHessian");
      if (hasCommon && outputs === 1 && isLong(rows, size)) {
        return {
          optimizer: lbfgs({ preconditioner: "common" }),
          reason: `lbfgs with the Hessian of a sample, because there are many more rows (${rows}) than parameters (${size}).`,
        };
      }
      if (hasCommon && outputs > 1 && size > NEWTON_SIZE && size / outputs <= COMMON_SIZE) {
        return {
          optimizer: lbfgs({ preconditioner: "common" }),
          reason: `lbfgs with one matrix for all ${outputs} outputs, because ${size} parameters are more than ${NEWTON_SIZE}.`,
        };
      }
      if (!capabilities.includes("hessian")) {
        return { optimizer: lbfgs(), reason: "lbfgs, because the objective offers no Hessian." };
      }
      if (size > NEWTON_SIZE) {
        return { optimizer: lbfgs(), reason: `lbfgs, because ${size} parameters are more than ${NEWTON_SIZE}.` };
      }
      return {
        optimizer: newton(),
        reason: `newton, because the objective offers a Hessian and has at most ${NEWTON_SIZE} parameters (${size}).`,
      };
    },
  });
}
