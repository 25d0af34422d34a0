import { expOne } from "../backend/typescript/math/exp.js";
import { logOne } from "../backend/typescript/math/log.js";
import { fail } from "../check.js";
import type { Dataset } from "../dataset.js";
import { dispersionScore } from "../inference/dispersionScore.js";
import { RootSearch } from "../inference/rootSearch.js";
import { negativeBinomial } from "../likelihoods/negativeBinomial.js";
import { poisson } from "../likelihoods/poisson.js";
import { sum } from "../linalg/vector.js";
import type { MatrixInput } from "../matrix.js";
import { type Result, startMinimization } from "../minimize.js";
import { linear } from "../models/linear.js";
import { type Objective, objective } from "../objective.js";
import { withBounds } from "./bounds.js";
import { type RegressionOptions, readPrior } from "./estimator.js";
import type { FitWork } from "./fitWork.js";
import { type Context, finish } from "./finish.js";
import { type Fit, statedBy } from "./fit.js";
import { estimateOptions, ownData } from "./lossRegression.js";
import { stepsWork } from "./stepsWork.js";

const UNDERDISPERSED =
  "The counts vary no more than Poisson counts would: the likelihood is greatest as the dispersion goes to 0, where the " +
  "distribution is Poisson. The coefficients are those of Poisson regression.";

/** Dispersions tried at most. */
const MOST_TRIALS = 100;

/** The work of a negative binomial fit whose dispersion is estimated: the profile likelihood of ln α, maximised. */
export function startNegativeBinomial(x: MatrixInput, targets: Float64Array, options: RegressionOptions): FitWork {
  const { intercept = true, bounds } = options;
  const { prior, penalty } = readPrior(options);
  if ((prior !== undefined && !prior.flat) || penalty !== undefined) {
    const expected = "a known dispersion beside a prior or penalty: negativeBinomial({ dispersion })";
    fail("range", "likelihood", expected, "one that is to be estimated");
  }
  const model = linear({ intercept });
  const data = ownData(x, targets, options);
  try {
    const targetAt = (alpha: number): Objective => {
      const likelihood = alpha === 0 ? poisson() : negativeBinomial({ dispersion: alpha });
      const target = objective({ data, model, likelihood });
      return bounds === undefined ? target : withBounds(target, bounds);
    };
    const settings = estimateOptions(options);
    // What is wrong with the statement is said now.
    startMinimization(targetAt(0), settings);
    return stepsWork({
      classes: null,
      steps: () => profile(data, targetAt, settings),
      aborted: () => aborted(targetAt(0)),
      release: () => data.release(),
      toJSON: () => null,
    });
  } catch (error) {
    data.release();
    throw error;
  }
}

/** The fit where it is ended early: all coefficients 0. */
function aborted(target: Objective): Fit {
  const work = startMinimization(target);
  work.abort();
  const making = finish(target, contextOf(null), work.result());
  for (;;) {
    const { done, value } = making.next();
    if (done === true) return value;
  }
}

function contextOf(dispersion: number | null): Context {
  return { classes: null, prior: "flat", stated: statedBy({}), name: "negativeBinomial", nuisance: { dispersion } };
}

/** A minimisation to its end, yielding between small pieces. */
function* minimized(target: Objective, options: object): Generator<void, Result> {
  const work = startMinimization(target, options);
  while (!work.advance(1)) yield;
  return work.result();
}

/** The means of the rows. */
function meansAt(target: Objective, parameters: Float64Array): Float64Array {
  return target.bound.scores(parameters).map(expOne);
}

function* profile(data: Dataset, targetAt: (alpha: number) => Objective, settings: object): Generator<void, Fit> {
  const { targets, weights } = data;
  const total = { iterations: 0, evaluations: 0, passes: [0, 0, 0] as [number, number, number] };
  const fitAt = function* (target: Objective, start: Float64Array | null): Generator<void, Result> {
    const result = yield* minimized(target, { ...settings, ...(start && { start }) });
    total.iterations += result.iterations;
    total.evaluations += result.evaluations;
    result.passes.forEach((passes, k) => (total.passes[k] += passes));
    return { ...result, ...total };
  };
  const bare = targetAt(0);
  let result = yield* fitAt(bare, null);
  if (!result.converged) return yield* finish(bare, contextOf(null), result);
  const means = meansAt(bare, result.parameters);
  const excess = dispersionScore(targets!, means, weights, 0);
  if (!(excess > 0)) {
    const fit = { ...result, converged: false, status: "boundary", reason: UNDERDISPERSED } as const;
    return yield* finish(bare, contextOf(0), fit);
  }
  // Moments: excess variance over squared means.
  const squares = sum(means.map((mean, i) => (weights === null ? 1 : weights[i]) * (mean * mean)));
  let logAlpha = logOne((2 * excess) / squares);
  const search = new RootSearch();
  for (let trial = 0; ; trial++) {
    const alpha = expOne(logAlpha);
    const target = targetAt(alpha);
    result = yield* fitAt(target, result.parameters);
    if (!result.converged) return yield* finish(target, contextOf(alpha), result);
    const slope = alpha * dispersionScore(targets!, meansAt(target, result.parameters), weights, alpha);
    const next = search.next(logAlpha, slope, 0.25);
    // What is left in units of standard errors of ln α, squared, and in roundings of ln α.
    const settled = slope === 0 || Math.abs(next - logAlpha) <= 1e-14 * Math.max(1, Math.abs(logAlpha));
    if (settled || trial >= MOST_TRIALS) {
      const reason = `The likelihood is stationary in the dispersion too. ${result.reason}`;
      const limit = {
        status: "iteration-limit",
        converged: false,
        reason: "The dispersion was tried too often.",
      } as const;
      return yield* finish(target, contextOf(alpha), { ...result, ...(settled ? { reason } : limit) });
    }
    logAlpha = next;
  }
}
