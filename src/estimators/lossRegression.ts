import { fail } from "../check.js";
import { type Dataset, dataset } from "../dataset.js";
import type { Loss } from "../losses/loss.js";
import type { MatrixInput } from "../matrix.js";
import { linear } from "../models/linear.js";
import { objective } from "../objective.js";
import { type Penalty, checkPenalty } from "../penalties/penalty.js";
import { ESTIMATE_OPTIONS, type EstimateOptions, estimationWork } from "./estimate.js";
import { type RegressionOptions, dataOptions } from "./estimator.js";
import { statedBy } from "./fit.js";
import type { FitWork, StoredWork } from "./fitWork.js";
import type { Label } from "./labels.js";

/** Options of fits by a loss: those of all fits, but that a penalty stands where others have a prior. */
export type LossRegressionOptions = Omit<RegressionOptions, "prior">;

/** What a fit by a loss needs beside its rows. */
interface LossStatement {
  readonly loss: Loss;
  readonly targets: Float64Array;
  readonly classes: readonly Label[] | null;
  /** The penalty where none is given (default none). */
  readonly otherwise?: (data: Dataset) => Penalty;
}

/** Refuses a prior, by what the loss is instead of a surprisal. */
export function refusePrior(options: object): void {
  const { prior } = options as { readonly prior?: unknown };
  if (prior !== undefined) fail("type", "prior", "nothing: state a penalty, such as prior.penalty(scale)", prior);
}

/** The options of a minimisation, out of all. */
export function estimateOptions(options: LossRegressionOptions): EstimateOptions {
  return Object.fromEntries(
    ESTIMATE_OPTIONS.filter((key) => options[key] !== undefined).map((key) => [key, options[key]]),
  );
}

/** A data set of a fit's own, with one target a row. */
export function ownData(x: MatrixInput, targets: Float64Array, options: LossRegressionOptions): Dataset {
  const data = dataset(x, targets, dataOptions(options));
  if (targets.length === data.rows) return data;
  const { rows } = data;
  data.release();
  return fail("range", "y", `${rows} targets, as X has rows`, targets.length);
}

/** A fit of a linear model by a loss, to data of its own, which it releases when done; `stored` as estimators have it. */
export function startLossRegression(
  x: MatrixInput,
  { loss, targets, classes, otherwise }: LossStatement,
  options: LossRegressionOptions,
  stored: StoredWork | undefined,
): FitWork {
  refusePrior(options);
  const { intercept = true, penalty: given } = options;
  if (given !== undefined) checkPenalty(given);
  const model = linear({ intercept });
  const data = ownData(x, targets, options);
  try {
    const penalty = given ?? otherwise?.(data);
    const target = objective({ data, model, loss, ...(penalty && { penalty }) });
    const stated = statedBy(penalty === undefined ? {} : { penalty });
    const context = { classes, prior: String(penalty ?? "none"), stated, release: () => data.release() };
    return estimationWork(target, context, estimateOptions(options), stored);
  } catch (error) {
    data.release();
    throw error;
  }
}
