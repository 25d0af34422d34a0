import { logOne } from "../../backend/typescript/math/log.js";
import { checkNumber, fail } from "../../check.js";
import { sum } from "../../linalg/vector.js";
import { categorical as make, type CategoricalOptions, type CategoricalParameters } from "../categorical.js";
import { dirichlet, type DirichletParameters, logMultiBeta } from "../dirichlet.js";
import type { Distribution } from "../distribution.js";
import type { VectorDistribution } from "../vector.js";
import { COUNT, type Data, readData, readFitOptions } from "./data.js";
import {
  CONVERGED,
  type ConjugateFitOptions,
  type DistributionFit,
  type DistributionStatus,
  type Fits,
  MAXIMUM_A_POSTERIORI,
  withoutPrior,
} from "./fit.js";
import { readPrior } from "./prior.js";

/** @inline */
type Prior = VectorDistribution<DirichletParameters>;
/** @inline */
type Result = DistributionFit<CategoricalParameters, Prior, Distribution<CategoricalParameters>>;
type Parts = Pick<Result, "distribution" | "parameters" | "standardErrors" | "logLikelihood" | "totalWeight">;

/** Options of a fit of a categorical distribution. */
export interface CategoricalFitOptions extends ConjugateFitOptions<Prior> {
  /** How many classes there are; without it those of the prior, or up to the largest index. */
  readonly classes?: number;
}

/** Most classes that a fit takes unasked: an index beyond is more likely a mistake. */
const MOST = 1_000_000;

function countsOf({ x, weights }: Data, classes: number): Float64Array {
  const counts = new Float64Array(classes);
  x.forEach((k, i) => {
    if (k >= classes) fail("range", "data", `a class below ${classes}`, k);
    counts[k] += weights === null ? 1 : weights[i];
  });
  return counts;
}

function modeOf(alpha: Float64Array): {
  readonly mode: Float64Array | null;
  readonly status: DistributionStatus;
  readonly reason: string;
} {
  if (alpha.some((a) => a < 1)) {
    return {
      mode: null,
      status: "unbounded",
      reason: "The posterior density grows without bound where a probability is 0.",
    };
  }
  const above = sum(alpha.map((a) => a - 1));
  if (above === 0) {
    const mode = alpha.map(() => 1 / alpha.length);
    return { mode, status: "flat", reason: "The posterior density is the same everywhere; its mean is given." };
  }
  const mode = alpha.map((a) => (a - 1) / above);
  if (alpha.every((a) => a > 1)) return { mode, status: "converged", reason: MAXIMUM_A_POSTERIORI };
  return { mode, status: "boundary", reason: "The posterior density is highest where a probability is 0." };
}

function fit(values: ArrayLike<number>, options?: CategoricalFitOptions): Result {
  const { weights, prior, classes } = readFitOptions(options, ["weights", "prior", "classes"]);
  const data = readData(values, weights, COUNT, prior !== undefined);
  const before =
    prior === undefined ? null : Float64Array.from(readPrior<DirichletParameters>(prior, "dirichlet").alpha);
  if (classes !== undefined)
    checkNumber("classes", classes, { min: before?.length ?? 1, max: before?.length ?? MOST, integer: true });
  const largest = data.x.reduce((a, b) => Math.max(a, b), 0);
  const size = before?.length ?? classes ?? largest + 1;
  if (size > MOST) fail("range", "data", `classes below ${MOST}`, largest);
  const counts = countsOf(data, size);
  const finish = (p: Float64Array | null): Parts => ({
    distribution: p === null ? null : make({ probabilities: p }),
    parameters: Object.freeze({ probabilities: Object.freeze(Array.from(p ?? counts.map(() => NaN))) }),
    standardErrors: null,
    logLikelihood: p === null ? NaN : sum(counts.map((count, k) => (count === 0 ? 0 : count * logOne(p[k])))),
    totalWeight: data.total,
  });
  if (before !== null) {
    const after = before.map((a, k) => a + counts[k]);
    const { mode, status, reason } = modeOf(after);
    const posterior = dirichlet({ alpha: after });
    return Object.freeze({
      ...finish(mode),
      status,
      reason,
      posterior,
      predictive: make({ probabilities: posterior.mean }),
      logEvidence: logMultiBeta(after) - logMultiBeta(before),
    });
  }
  const p = counts.map((count) => count / data.total);
  const errors = Array.from(p, (q) => Math.sqrt((q * (1 - q)) / data.total));
  const empty = counts.indexOf(0);
  return Object.freeze({
    ...finish(p),
    standardErrors: data.counting ? Object.freeze({ probabilities: Object.freeze(errors) }) : null,
    status: empty < 0 && size > 1 ? "converged" : "boundary",
    reason:
      empty < 0
        ? size > 1
          ? CONVERGED
          : "There is one class only."
        : `Class ${empty} has no value: its probability is 0, on the boundary.`,
    ...withoutPrior,
  });
}

/**
 * The categorical distribution: a class, as its index.
 *
 * log p(k) = log probabilities[k] nats, for k = 0, 1, ... K − 1.
 *
 * @param options - `probabilities` [k], sum 1.
 * @returns The distribution.
 * @throws TypeError for what is no array of numbers; RangeError for none, one outside [0, 1], or a sum that is not 1 within
 *   1e-6.
 * @see Johnson, Kotz & Balakrishnan, *Discrete Multivariate Distributions*, 1997, chapter 35
 * @example
 * const d = distributions.categorical({ probabilities: [0.2, 0.5, 0.3] });
 * d.logDensity(1); // → -0.693147180560
 * d.quantile([0.1, 0.6, 0.9]); // → [0, 1, 2]
 * d.sample(random(1), 5); // → [2, 0, 0, 2, 1]
 * distributions.categorical.fit([0, 2, 1, 2]).parameters; // → {"probabilities":[0.25,0.25,0.5]}
 */
export const categorical: ((options: CategoricalOptions) => Distribution<CategoricalParameters>) &
  Fits<CategoricalFitOptions, Result> = /*#__PURE__*/ Object.assign(
  (options: Parameters<typeof make>[0]) => make(options),
  { fit },
);
