import { joined } from "../joined.js";
import { checkChoice, checkOptions, fail, toFloat64 } from "../check.js";
import { dataset } from "../dataset.js";
import { bernoulli } from "../likelihoods/bernoulli.js";
import { categorical } from "../likelihoods/categorical.js";
import { gaussian, varianceOf } from "../likelihoods/gaussian.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import { dot, sum } from "../linalg/vector.js";
import type { MatrixInput } from "../matrix.js";
import type { ActivationName } from "../models/activations.js";
import type { Initialization } from "../models/initialParameters.js";
import { mlp as network } from "../models/mlp.js";
import { type Objective, objective } from "../objective.js";
import { type StochasticOptions } from "../optimizers/stochastic/options.js";
import { adam } from "../optimizers/stochastic/adam.js";
import type { Optimizer } from "../optimizers/optimizer.js";
import { flat } from "../priors/flat.js";
import { ESTIMATE_OPTIONS, type EstimateOptions } from "./estimate.js";
import {
  type ClassificationOptions,
  type Estimator,
  DATA_OPTIONS,
  dataOptions,
  makeEstimator,
  readPrior,
} from "./estimator.js";
import { statedBy } from "./fit.js";
import type { FitWork, StoredWork } from "./fitWork.js";
import { type Label, encodeLabels } from "./labels.js";
import type { NetworkFit } from "./networkFit.js";
import { networkWork } from "./networkWork.js";

/** Options of the fit of a network. */
export interface MlpFitOptions
  extends
    Omit<ClassificationOptions, "intercept">,
    Pick<StochasticOptions, "batchSize" | "epochs" | "learningRate" | "patience" | "validation"> {
  /** Units of each hidden layer, from the side of the features; [64] if not given. */
  readonly hidden?: readonly number[];
  /** What hidden units do; `"tanh"` if not given. */
  readonly activation?: ActivationName;
  /** How first weights are spread; by the activation if not given. */
  readonly initialization?: Initialization;
  /** Seed of the first weights and of the order of the rows; 0 if not given. */
  readonly seed?: number;
  /** What y holds: `"classes"` or `"numbers"`; numbers are numbers if nothing says otherwise. */
  readonly targets?: "classes" | "numbers";
  /** Standard deviation of the noise of numbers; needed beside a prior. */
  readonly sd?: number;
}

/** The fit of a network as an estimator: called, it gives a {@link NetworkFit}. */
export interface MlpEstimator extends Estimator<ArrayLike<Label>, MlpFitOptions> {
  /** Fits to the end. */
  (x: MatrixInput, y: ArrayLike<Label>, options?: MlpFitOptions): NetworkFit;
}

/** Options of the default optimiser. */
const ADAM = ["batchSize", "epochs", "learningRate", "patience", "validation"] as const;
const OPTIONS: readonly string[] = /*#__PURE__*/ joined<string>(
  ESTIMATE_OPTIONS,
  DATA_OPTIONS,
  ["prior", "penalty", "classes", "hidden", "activation", "initialization", "seed", "targets", "sd"],
  ADAM,
);

const DEFAULT_BATCH = 128;

/** What is fitted: a likelihood for targets, with where the scores of no features start. */
interface Statement {
  readonly likelihood: Likelihood;
  readonly values: Float64Array;
  readonly classes: readonly Label[] | null;
}

/** Numbers are numbers, other labels are classes, unless options say more. */
function state(y: ArrayLike<Label>, options: MlpFitOptions): Statement {
  const { targets, classes: order, sd } = options;
  if (targets !== undefined) checkChoice("targets", targets, ["classes", "numbers"]);
  if (sd !== undefined) varianceOf(sd);
  const numeric = ArrayBuffer.isView(y) || (Array.isArray(y) && typeof y[0] === "number");
  if (targets === "numbers" || (targets === undefined && numeric && order === undefined)) {
    if (order !== undefined) fail("type", "classes", "nothing beside numbers", order);
    const likelihood = gaussian(sd === undefined ? {} : { sd });
    return { likelihood, values: toFloat64("y", y), classes: null };
  }
  if (sd !== undefined) fail("type", "sd", "nothing beside classes", sd);
  const { classes, indices } = encodeLabels(y, order);
  if (classes.length < 2) fail("range", "y", "labels of at least two classes", `${classes.length} class`);
  const likelihood = classes.length === 2 ? bernoulli() : categorical({ classes: classes.length });
  return { likelihood, values: indices, classes };
}

/** The optimiser that was asked for, or Adam on batches. */
function optimizerFor(options: MlpFitOptions, rows: number): EstimateOptions["optimizer"] {
  const { optimizer, batchSize, validation, seed = 0 } = options;
  if (optimizer !== undefined) {
    for (const name of ADAM) {
      if (options[name] !== undefined)
        fail("type", name, "nothing beside an optimizer, whose option it is", options[name]);
    }
    return optimizer;
  }
  const training = rows - (typeof validation === "number" ? Math.floor(validation * rows) : 0);
  const given = Object.fromEntries(
    ADAM.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  );
  const size = batchSize === undefined ? Math.max(1, Math.min(DEFAULT_BATCH, training)) : batchSize;
  return adam({ ...given, batchSize: size, seed }) as Optimizer;
}

/** First parameters: those of the model, with the mean of the numbers as the bias of their score. */
function startFor({ initial, data, bound }: Objective, { classes }: Statement): Float64Array {
  const start = Float64Array.from(initial!());
  if (classes !== null) return start;
  const { targets, weights, totalWeight } = data;
  const { hidden } = bound.layout;
  const bias = start.length - 1 - (hidden!.at(-1) ?? data.columns);
  start[bias] = (weights === null ? sum(targets!) : dot(weights, targets!)) / totalWeight;
  return start;
}

function begin(x: MatrixInput, y: ArrayLike<Label>, options: MlpFitOptions, stored: StoredWork | undefined): FitWork {
  checkOptions("options", options, OPTIONS);
  const { hidden = [64], activation, initialization, seed } = options;
  const model = network({
    hidden,
    ...(activation !== undefined && { activation }),
    ...(initialization !== undefined && { initialization }),
    ...(seed !== undefined && { seed }),
  });
  const statement = state(y, options);
  const { likelihood, values, classes } = statement;
  const { prior, penalty } = readPrior(options);
  const data = dataset(x, values, dataOptions(options));
  try {
    if (values.length !== data.rows) fail("range", "y", `${data.rows} targets, as X has rows`, values.length);
    const target =
      penalty === undefined
        ? objective({ data, model, likelihood, prior: prior ?? flat() })
        : { ...objective({ data, model, loss: likelihood.loss, penalty }), likelihood };
    const own = Object.fromEntries(
      ESTIMATE_OPTIONS.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
    ) as EstimateOptions;
    const run = { start: startFor(target, statement), ...own, optimizer: optimizerFor(options, data.rows)! };
    const words = String(penalty ?? prior ?? "flat");
    const context = { classes, prior: words, stated: statedBy(options), release: () => data.release() };
    return networkWork(target, { hidden: model.hidden, activation: model.activation, ...context }, run, stored);
  } catch (error) {
    data.release();
    throw error;
  }
}

/**
 * A multilayer perceptron fitted to classes or numbers: `models.mlp` under a Bernoulli, categorical or Gaussian
 * likelihood, by Adam on batches of rows unless `optimizer` says otherwise.
 *
 * Labels that are no numbers are classes; numbers are numbers unless `classes` or `targets: "classes"` says so. Of two
 * classes P(second) = σ(score), of K softmax(scores). Numbers have Gaussian noise whose sd is estimated unless given; the
 * bias of their score starts at their mean. A prior or penalty acts on the weights, not on the biases. Standardized columns
 * (`standardize: true`) train best. The objective is not convex: the fit depends on `seed`, and status "iteration-limit"
 * after the epochs asked for is the rule, with the best parameters seen; one that explodes is "diverged", names the step
 * and keeps the last good ones.
 *
 * @param x - X: rows, a flat array with `columns`, or named columns.
 * @param y - Labels or numbers [rows].
 * @param options - Of the network: `hidden` ([64]), `activation` ("tanh"), `initialization`, `seed` (0). Of Adam: `epochs`
 *   (100), `batchSize` (128, or all rows if fewer), `learningRate` (0.001), `validation` (a share held out), `patience`;
 *   or another `optimizer`. `targets`, `classes`, `sd`, `prior` or `penalty`, `weights`, `offset`, `names`, `columns`,
 *   `standardize`; `start`, `tolerance`, `maxIterations`, `onProgress`.
 * @returns The fit, with its `parameters` and its `history`.
 * @throws TypeError or RangeError naming what is wrong, with row and column. Not converging is a status, not an error.
 * @see Goodfellow, Bengio & Courville, *Deep Learning*, 2016, §6 and §8
 * @function
 * @example
 * const X = [[0, 0], [0, 1], [1, 0], [1, 1]];
 * const fit = mlp(X, ["same", "different", "different", "same"], { hidden: [4], optimizer: optimizers.lbfgs() });
 * fit.predict([[0, 1], [1, 1]]); // → ["different", "same"]
 * const out = new Float64Array(1);
 * fit.predictInto(Float64Array.of(0, 0), out)[0] > 0.99; // → true
 */
export const mlp: MlpEstimator = /*#__PURE__*/ makeEstimator<ArrayLike<Label>, MlpFitOptions>(
  "mlp",
  (x, y, options = {}, stored) => begin(x, y, options, stored),
) as MlpEstimator;
