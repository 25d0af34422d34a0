import { logBetaOne } from "../../special/logBeta.js";
import { beta, type BetaParameters } from "../beta.js";
import type { Distribution } from "../distribution.js";
import { type DistributionStatus, MAXIMUM_A_POSTERIORI } from "./fit.js";
import { readPrior } from "./prior.js";

/** A probability after counts of successes and failures. */
export interface ProbabilityPosterior {
  readonly posterior: Distribution<BetaParameters>;
  /** log B(after) − log B(before). */
  readonly logEvidence: number;
  /** The mode of the posterior; NaN if there are two. */
  readonly mode: number;
  readonly status: DistributionStatus;
  readonly reason: string;
}

function modeOf(a: number, b: number): Pick<ProbabilityPosterior, "mode" | "status" | "reason"> {
  if (a > 1 && b > 1) return { mode: (a - 1) / (a + b - 2), status: "converged", reason: MAXIMUM_A_POSTERIORI };
  if (a === 1 && b === 1) {
    return { mode: 0.5, status: "flat", reason: "The posterior density is the same everywhere; its mean is given." };
  }
  if (a < 1 && b < 1) {
    return { mode: NaN, status: "unbounded", reason: "The posterior density grows without bound at 0 and at 1." };
  }
  const mode = a < b ? 0 : 1;
  return { mode, status: "boundary", reason: `The posterior density is highest at ${mode}, on the boundary.` };
}

export function betaPosterior(
  prior: Distribution<BetaParameters>,
  successes: number,
  failures: number,
): ProbabilityPosterior {
  const { alpha, beta: other } = readPrior<BetaParameters>(prior, "beta");
  const before = logBetaOne(alpha, other);
  const posterior = beta({ alpha: alpha + successes, beta: other + failures });
  const { alpha: a, beta: b } = posterior.parameters;
  return { posterior, logEvidence: logBetaOne(a, b) - before, ...modeOf(a, b) };
}
