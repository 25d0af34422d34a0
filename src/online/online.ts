import { checkOptions, fail } from "../check.js";
import { dataset } from "../dataset.js";
import { readRows } from "../estimators/scores.js";
import { linearScores } from "../backend/typescript/linear.js";
import { softmaxRows } from "../backend/typescript/logSumExp.js";
import type { Label } from "../estimators/labels.js";
import { decodeDocument, decodeInteger, decodeStored, decodeString, encodeStored, type Stored } from "../json.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import { inverseLinkOf } from "../likelihoods/link.js";
import { normInfinity } from "../linalg/vector.js";
import type { MatrixInput } from "../matrix.js";
import { problemOf } from "../minimize.js";
import { objective } from "../objective.js";
import { sgd } from "../optimizers/stochastic/sgd.js";
import type { Optimizer } from "../optimizers/optimizer.js";
import type { StochasticState } from "../optimizers/stochastic/state.js";
import type { Penalty } from "../penalties/penalty.js";
import { checkClasses, checkInto, checkNames, checkOptimizer } from "./checks.js";
import { copyOfState } from "./copyOfState.js";
import { targetsOf } from "./targets.js";

/** What an online model is stated with. */
export interface OnlineOptions {
  /** Names of the columns; every update has these. */
  readonly names: readonly string[];
  /** The distribution of a target given its scores. */
  readonly likelihood: Likelihood;
  /** What is added to the mean loss of every update; nothing without it. */
  readonly penalty?: Penalty;
  /** The classes in their order, for labels; targets are numbers or class indices without it. */
  readonly classes?: readonly Label[];
  /** A stochastic optimiser without `batchSize`, `epochs`, `validation` and `patience`; `sgd()` without it. */
  readonly optimizer?: Optimizer<StochasticState>;
  /** Where an online model of the same options stood: what its `toJSON` gave, or the text. */
  readonly from?: unknown;
}

/** A linear model that learns from rows as they come. */
export interface Online {
  /** Names of the columns. */
  readonly names: readonly string[];
  /** The classes in their order; null for numbers. */
  readonly classes: readonly Label[] | null;
  /** Rows seen so far. */
  readonly rows: number;
  /** A copy of θ: [intercept, coefficients] per output. */
  readonly parameters: Float64Array;
  /**
   * One step on these rows, with `weights` one each. Returns the objective on them before it: each update is a test
   * first. Throws a TypeError or RangeError naming row and column for other columns, labels that are no class, what is
   * not finite, and a step that leaves the finite; the model then stays as it was.
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
  /**
   * Means of rows, or P(last class) of two, or [rows × classes] probabilities, written to `out` without allocating
   * anything. x: [rows × columns] flat. Throws a TypeError or RangeError for other lengths.
   */
  predictInto(x: Float64Array, out: Float64Array): Float64Array;
  /** Where it stands as plain JSON, for the option `from`. */
  toJSON(): unknown;
}

/**
 * A linear model that learns from rows as they come: each update is one step of a stochastic optimiser on its rows.
 *
 * A step takes the gradient of the mean loss of the rows of the update, plus the penalty. A prior becomes a penalty by
 * `prior.penalty({ totalWeight })`, with the weight of the data that it is to be weighed against.
 *
 * @param options - `names`, `likelihood`, `penalty`, `classes`, `optimizer`, `from`.
 * @returns The model, at θ = 0 or where `from` stood.
 * @throws TypeError or RangeError naming the option, or the field of `from` that is wrong.
 * @see Bottou, "Large-scale machine learning with stochastic gradient descent", COMPSTAT (2010)
 * @example
 * const model = online({ names: ["speed"], likelihood: likelihoods.bernoulli(), classes: ["miss", "hit"] });
 * model.update([[0.5], [2]], ["miss", "hit"]); // → 0.69314718056
 * model.rows; // → 2
 * model.scores([[1]]); // → [0.00375]
 */
export function online(options: OnlineOptions): Online {
  if (options === undefined) fail("type", "options", "{ names, likelihood }", options);
  checkOptions("options", options, ["names", "likelihood", "penalty", "classes", "optimizer", "from"]);
  if (options === null) fail("type", "options", "{ names, likelihood }", options);
  const names = checkNames(options.names);
  const { likelihood, penalty, optimizer = sgd(), from } = options;
  if (typeof likelihood?.loss?.kernels !== "function") {
    fail("type", "likelihood", "one of this library's", likelihood);
  }
  const { loss, link } = likelihood;
  const outputs = loss.classes;
  const classes = checkClasses(options.classes, link, outputs);
  checkOptimizer(optimizer);
  // What a step is told about the problem: all but the rows, which come later.
  const blank = statementOf(names, Float64Array.of(0), new Float64Array(names.length), undefined);
  const problem = problemOf({ ...blank.target, rows: undefined, capabilities: [] } as never, 1);
  blank.data.release();
  const kinked = blank.target.prox;
  const prox =
    kinked === undefined
      ? null
      : { rate: Float64Array.from(kinked.rate), center: new Float64Array(kinked.rate.length) };
  const told = { ...problem, rows: null, prox };
  if (prox !== null && optimizer.uses?.includes("prox") !== true) {
    fail("type", "optimizer", "one that takes an L1 penalty, such as ftrl", optimizer.name);
  }
  const template = optimizer.init(new Float64Array(problem.size), told);
  const restored = from === undefined ? null : restore(from, optimizer, names, template);
  let state = restored?.state ?? template;
  let rows = restored?.rows ?? 0;

  function statementOf(
    columns: readonly string[],
    y: Float64Array,
    x: Float64Array,
    weights: ArrayLike<number> | undefined,
  ) {
    const data = dataset(x, y, { columns: columns.length, names: columns, ...(weights !== undefined && { weights }) });
    const target = objective(penalty === undefined ? { data, loss } : { data, loss, penalty });
    return { data, target };
  }

  const stack = new Float64Array(80);
  const inverse = inverseLinkOf(link);
  return Object.freeze<Online>({
    names,
    classes,
    get rows() {
      return rows;
    },
    get parameters() {
      return current(state).slice();
    },
    update(x, y, more) {
      checkOptions("options", more, ["weights"]);
      const read = readRows(x, names);
      const targets = targetsOf(y, classes, read.rows);
      const { data, target } = statementOf(names, targets, read.values, more?.weights);
      try {
        const gradient = new Float64Array(problem.size);
        const value = target.evaluate(state.current, gradient);
        const next = copyOfState(state as unknown as Stored) as unknown as StochasticState;
        if (!Number.isFinite(value) || !(normInfinity(gradient) < Infinity)) {
          fail("range", "X", "rows whose loss is finite", value);
        }
        optimizer.take!(next, gradient, told);
        if (!(normInfinity(next.current) < Infinity)) fail("range", "X", "rows whose step stays finite", "Infinity");
        state = next;
        rows += read.rows;
        return value;
      } finally {
        data.release();
      }
    },
    scores(x) {
      const read = readRows(x, names);
      const out = new Float64Array(read.rows * outputs);
      linearScores(names.length, outputs, 0, read.rows, read.values, current(state), null, out, out);
      return out;
    },
    predictInto(x, out) {
      const n = checkInto(x, out, names.length, outputs);
      linearScores(names.length, outputs, 0, n, x, current(state), null, out, out);
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
}

/** The mean of the iterates once there is one, else the last of them. */
function current(state: StochasticState): Float64Array {
  return state.averaged > 0 ? state.average : state.current;
}

function restore(
  from: unknown,
  optimizer: Optimizer<StochasticState>,
  names: readonly string[],
  template: StochasticState,
): { state: StochasticState; rows: number } {
  const fields = decodeDocument("online", from, ["names", "optimizer", "rows", "state"]);
  const stored = fields["names"];
  if (!Array.isArray(stored) || stored.length !== names.length || stored.some((name, j) => name !== names[j])) {
    fail("range", "json.names", names.join(", "), stored);
  }
  if (decodeString("json.optimizer", fields["optimizer"]) !== optimizer.name) {
    fail("range", "json.optimizer", `"${optimizer.name}"`, fields["optimizer"]);
  }
  const state = decodeStored(
    "json.state",
    fields["state"],
    template as unknown as Stored,
  ) as unknown as StochasticState;
  optimizer.check?.(state);
  if (!(normInfinity(state.current) < Infinity)) fail("range", "json.state.current", "finite numbers", state.current);
  return { state, rows: decodeInteger("json.rows", fields["rows"]) };
}
