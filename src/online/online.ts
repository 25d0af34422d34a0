import { checkOptions, fail } from "../check.js";
import { dataset } from "../dataset.js";
import { readRows } from "../estimators/scores.js";
import { softmaxRows } from "../backend/typescript/logSumExp.js";
import type { Label } from "../estimators/labels.js";
import { encodeStored, type Stored } from "../json.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import { inverseLinkOf } from "../likelihoods/link.js";
import { isFinite as isFiniteVector } from "../linalg/vector.js";
import type { Loss } from "../losses/loss.js";
import type { MatrixInput } from "../matrix.js";
import { checkStart, problemOf } from "../minimize.js";
import { linear } from "../models/linear.js";
import type { Model } from "../models/model.js";
import { objective } from "../objective.js";
import { sgd } from "../optimizers/stochastic/sgd.js";
import type { Optimizer } from "../optimizers/optimizer.js";
import { type StochasticState, candidateOf } from "../optimizers/stochastic/state.js";
import type { Penalty } from "../penalties/penalty.js";
import { checkClasses, checkInto, checkLoss, checkNames, checkOptimizer } from "./checks.js";
import { copyOfState, copyState } from "./copyOfState.js";
import { RowsAsTheyCome } from "../rowsAsTheyCome.js";
import { type ScoresInto, scoresInto } from "./scores.js";
import { restore } from "./stored.js";
import { targetsOf } from "./targets.js";

/** What an online model is stated with. */
export interface OnlineOptions {
  /** Names of the columns; every update has these. */
  readonly names: readonly string[];
  /** The distribution of a target given its scores. */
  readonly likelihood?: Likelihood;
  /** What a row costs, instead of a likelihood: `losses.hinge()` for a support vector machine, say. */
  readonly loss?: Loss;
  /** How parameters become scores, `models.mlp(...)` say; `models.linear()` without it. */
  readonly model?: Model;
  /** θ to begin with, such as that of a fit; if not given that of the model, zeros where it is linear. */
  readonly start?: ArrayLike<number>;
  /** What is added to the mean loss of every update; nothing without it. */
  readonly penalty?: Penalty;
  /** The classes in their order, for labels; targets are numbers or class indices without it. */
  readonly classes?: readonly Label[];
  /** A stochastic optimiser without `batchSize`, `epochs`, `validation` and `patience`; `sgd()` without it. */
  readonly optimizer?: Optimizer<StochasticState>;
  /** Where an online model of the same options stood: what its `toJSON` gave, or the text. */
  readonly from?: unknown;
}

const OPTIONS = ["names", "likelihood", "loss", "model", "penalty", "classes", "optimizer", "start", "from"] as const;

/** A model that learns from rows as they come. */
export interface Online {
  /** Names of the columns. */
  readonly names: readonly string[];
  /** The classes in their order; null for numbers. */
  readonly classes: readonly Label[] | null;
  /** Rows seen so far. */
  readonly rows: number;
  /** A copy of θ: [intercept, coefficients] per output, or that of the network. */
  readonly parameters: Float64Array;
  /**
   * One step on these rows, with `weights` one each. Returns the objective on them before it: each update is a test
   * first. Throws a TypeError or RangeError naming row and column for other columns, labels that are no class, what is
   * not finite, and, with the number of the step, where the loss or the step leaves the finite; the model then stays as
   * it was.
   */
  update(
    x: MatrixInput,
    y: ArrayLike<Label>,
    options?: {
      /** One weight per row, finite and ≥ 0. */
      readonly weights?: ArrayLike<number>;
    },
  ): number;
  /** Scores of rows, on the link scale: [rows × outputs]. Throws like `update`. */
  scores(x: MatrixInput): Float64Array;
  /** Labels of rows, or means where there are no classes; class numbers of several scores. Throws like `update`. */
  predict(x: MatrixInput): Label[];
  /**
   * Means of rows (scores, of a loss without a likelihood), or P(last class) of two, or [rows × classes] probabilities, written to `out` without allocating
   * anything. x: [rows × columns] flat. Throws a TypeError or RangeError for other lengths.
   */
  predictInto(x: Float64Array, out: Float64Array): Float64Array;
  /** Where it stands as plain JSON, for the option `from`. */
  toJSON(): unknown;
}

/**
 * A model that learns from rows as they come, linear or a network, under any likelihood or loss: each update is one step
 * of a stochastic optimiser on its rows.
 *
 * A step takes the gradient of the mean loss of the rows of the update (a subgradient at a kink), plus the penalty. A prior
 * becomes a penalty by `prior.penalty({ totalWeight })`, with the weight of the data that it is to be weighed against.
 *
 * @param options - `names`, `likelihood` or `loss`, `model`, `penalty`, `classes`, `optimizer`, `start`, `from`.
 * @returns The model, at the start or where `from` stood.
 * @throws TypeError or RangeError naming the option, or the field of `from` that is wrong.
 * @see Bottou, "Large-scale machine learning with stochastic gradient descent", COMPSTAT (2010)
 * @example
 * const model = online({ names: ["speed"], likelihood: likelihoods.bernoulli(), classes: ["miss", "hit"] });
 * model.update([[0.5], [2]], ["miss", "hit"]); // → 0.69314718056
 * model.rows; // → 2
 * model.scores([[1]]); // → [0.00375]
 * const machine = online({ names: ["speed"], loss: losses.hinge(), classes: ["miss", "hit"] });
 * machine.update([[0.5], [2]], ["miss", "hit"]); // → 1
 * machine.predict([[1]]); // → ["hit"]
 */
export function online(options: OnlineOptions): Online {
  if (options === undefined) fail("type", "options", "{ names, likelihood }", options);
  checkOptions("options", options, OPTIONS);
  if (options === null) fail("type", "options", "{ names, likelihood }", options);
  const names = checkNames(options.names);
  const { model = linear(), penalty, optimizer = sgd(), from } = options;
  const { loss, link } = checkLoss(options);
  const outputs = loss.classes;
  const classes = checkClasses(options.classes, link, outputs);
  checkOptimizer(optimizer);
  // What a step is told about the problem: all but the rows, which come later.
  const blank = statementOf(Float64Array.of(0), new Float64Array(names.length), undefined);
  const { layout } = blank.target.bound;
  const problem = problemOf({ ...blank.target, rows: undefined, capabilities: [] } as never, 1);
  const kinked = blank.target.prox;
  const prox =
    kinked === undefined
      ? null
      : { rate: Float64Array.from(kinked.rate), center: new Float64Array(kinked.rate.length) };
  const told = { ...problem, rows: null, prox };
  if (prox !== null && optimizer.uses?.includes("prox") !== true) {
    fail("type", "optimizer", "one that takes an L1 penalty, such as ftrl", optimizer.name);
  }
  const start = checkStart(
    options.start === undefined ? model.start?.(names.length, outputs) : options.start,
    problem.size,
  );
  const template = optimizer.init(start, told);
  const restored = from === undefined ? null : restore(from, optimizer, names, template, told);
  let state = restored?.state ?? template;
  /** What the next step is taken on: it becomes the state if all stays finite. */
  let next = copyOfState(state as unknown as Stored) as unknown as StochasticState;
  const coming = new RowsAsTheyCome({ blank: blank.data, model, loss, penalty });
  let rows = restored?.rows ?? 0;

  function statementOf(y: Float64Array, x: Float64Array, weights: ArrayLike<number> | undefined) {
    const data = dataset(x, y, { columns: names.length, names, ...(weights !== undefined && { weights }) });
    const stated = { data, model, loss };
    return { data, target: objective(penalty === undefined ? stated : { ...stated, penalty }) };
  }

  /** The objective of these rows by a data set of their own, which refuses what is wrong with them. */
  function freshly(at: Float64Array, x: Float64Array, y: Float64Array, weights: ArrayLike<number> | undefined) {
    const { data, target } = statementOf(y, x, weights);
    try {
      return target.valueAndGradient(at);
    } finally {
      data.release();
    }
  }

  /** Scores by the present parameters; null where these have changed. */
  let scorer: ScoresInto | null = null;
  const into = (x: Float64Array, count: number, out: Float64Array): Float64Array => {
    (scorer ??= scoresInto(model, layout, candidateOf(state)))(x, count, out);
    return out;
  };
  const read = (x: MatrixInput) => readRows(x, names);
  const stack = new Float64Array(80);
  const inverse = link === null ? (score: number) => score : inverseLinkOf(link);
  return Object.freeze<Online>({
    names,
    classes,
    get rows() {
      return rows;
    },
    get parameters() {
      return candidateOf(state).slice();
    },
    update(x, y, more) {
      checkOptions("options", more, ["weights"]);
      const { rows: count, values } = read(x);
      const targets = targetsOf(y, classes, count);
      const { value, gradient } =
        coming.evaluate(state.current, count, values, targets, more?.weights) ??
        freshly(state.current, values, targets, more?.weights);
      const step = `at step ${state.steps + 1}`;
      if (!Number.isFinite(value) || !isFiniteVector(gradient)) {
        fail("range", "X", `rows whose loss is finite ${step}`, value);
      }
      copyState(state as unknown as Fields, next as unknown as Fields);
      optimizer.take!(next, gradient, told);
      if (!isFiniteVector(next.current)) fail("range", "X", `rows whose step stays finite ${step}`, "Infinity");
      [state, next] = [next, state];
      scorer = null;
      rows += count;
      return value;
    },
    scores(x) {
      const { rows: count, values } = read(x);
      return into(values, count, new Float64Array(count * outputs));
    },
    predict(x) {
      const { rows: count, values } = read(x);
      const scores = into(values, count, new Float64Array(count * outputs));
      return Array.from({ length: count }, (_, i) => labelOf(scores.subarray(i * outputs, (i + 1) * outputs)));
    },
    predictInto(x, out) {
      const n = checkInto(x, out, names.length, outputs);
      into(x, n, out);
      if (inverse === null) softmaxRows(n, outputs, out, out, stack);
      else for (let i = 0; i < out.length; i++) out[i] = inverse(out[i]);
      return out;
    },
    toJSON: () => ({
      version: 1,
      type: "online",
      names: [...names],
      optimizer: optimizer.name,
      rows,
      state: encodeStored(state as unknown as Stored),
    }),
  });

  function labelOf(scores: Float64Array): Label {
    if (outputs > 1) {
      const best = scores.indexOf(scores.reduce((largest, score) => Math.max(largest, score), -Infinity));
      return classes === null ? best : classes[best];
    }
    const [score] = scores;
    if (classes === null) return inverse!(score);
    return classes[Number(link === null ? score >= 0 : inverse!(score) >= 0.5)];
  }
}

/** The numbers and vectors of a state. */
type Fields = Record<string, Stored>;
