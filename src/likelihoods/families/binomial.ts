import { logOne } from "../../backend/typescript/math/log.js";
import { sigmoidOne } from "../../backend/typescript/math/sigmoid.js";
import type { Loss } from "../../losses/loss.js";
import { logBetaOne } from "../../special/logBeta.js";
import type { Likelihood } from "../likelihood.js";
import { pointwiseLikelihood } from "../pointwiseLikelihood.js";
import { drawSuccesses } from "./draws.js";
import { counts } from "./supports.js";

/** Binomial distribution of successes in trials with probability σ(z); the trials of every row, or one number each. */
export function binomialOf(loss: Loss, trials: number | Float64Array): Likelihood {
  const of = (row: number): number => (typeof trials === "number" ? trials : trials[row]!);
  return pointwiseLikelihood({
    name: "binomial",
    loss,
    link: "logit",
    support: counts,
    ...(typeof trials !== "number" && { rows: trials.length }),
    // −log of the number of ways.
    constant(y, _phi, row) {
      const n = of(row);
      return y === 0 || y === n ? 0 : logBetaOne(y + 1, n - y + 1) + logOne(n + 1);
    },
    mean: (z, row) => of(row) * sigmoidOne(z),
    variance: (z, _phi, row) => of(row) * (sigmoidOne(z) * sigmoidOne(-z)),
    draw: (z, _phi, random, row) => drawSuccesses(of(row), z, random),
  });
}
