import { checkOptions } from "../check.js";
import { lbfgs } from "./lbfgs.js";
import { newton } from "./newton.js";
import type { Capability, Optimizer } from "./optimizer.js";

/** Largest number of parameters for which size³ work per Newton step pays. */
const NEWTON_SIZE = 300;

/** An optimiser and, in one sentence, why this one. */
export interface Choice {
  readonly optimizer: Optimizer;
  readonly reason: string;
}

/** What picks an optimiser once the objective is known. */
export interface Chooser {
  readonly name: "auto";
  choose(objective: { readonly size: number; readonly capabilities: readonly Capability[] }): Choice;
}

/** Picks `newton` for an objective with a Hessian and at most 300 parameters, else `lbfgs`. */
export function auto(options: Record<string, never> = {}): Chooser {
  checkOptions("auto", options, []);
  return Object.freeze<Chooser>({
    name: "auto",
    choose({ size, capabilities }) {
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
