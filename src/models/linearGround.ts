import { SMALL_STACK, leafRows, stackDepth } from "../backend/leaves.js";
import type { Store } from "../backend/store.js";
import { linearGradient, linearScores, linearSquares } from "../backend/typescript/linear.js";
import { linearPass } from "../backend/typescript/linearPass.js";
import { collapse } from "../backend/typescript/tree.js";
import { fail } from "../check.js";
import type { Dataset, Vectors } from "../dataset.js";
import type { LossKernels } from "../losses/loss.js";
import type { Order } from "../optimizers/optimizer.js";
import type { Layout } from "../priors/terms.js";
import { type Column, takeDense } from "./columns.js";
import type { DataEvaluation } from "./model.js";
import { eachOf } from "./eachRow.js";
import { lossIn } from "./onViews.js";
import { Rows } from "./rows.js";
import { Workspace } from "./workspace.js";

/** Numbers of X in one unit of work: a unit stays in the second-level cache and is over in well under a millisecond. */
const UNIT_NUMBERS = 1 << 14;

/** Scores in one unit at most. */
const UNIT_SCORES = 1 << 14;

/** The same for a pass by one kernel, which goes from leaf to leaf: its calls cost less the fewer they are. */
const PASS_NUMBERS = 1 << 16;
const PASS_SCORES = 1 << 12;

/** Where the data of a linear model live. */
export type LinearVectors<Ref> = Vectors & { x: Ref; targets: Ref; weights: Ref | null; offset: Ref | null };

/** What is filled when done, and how to get there. */
type Begun<Parts> = Parts & Pick<DataEvaluation, "done" | "advance">;

/** What every evaluation of a linear model stands on: the data, their units, the scores of a unit, and sums over units. */
export class LinearGround<Ref> {
  readonly data: Dataset;
  readonly layout: Layout;
  readonly kernels: LossKernels;
  readonly store: Store<Ref>;
  readonly workspace: Workspace<Ref>;
  /** Rows of a unit: whole leaves. */
  readonly unit: number;
  /** Rows of a unit of loss and gradient. */
  readonly passUnit: number;
  readonly leaves: number;
  readonly x: Rows<Ref>;
  /** Room for θ as kernels take it, and for the scores and residuals of a unit. */
  readonly parameters: Ref;
  readonly scores: Ref;
  readonly residuals: Ref;
  readonly lossStack: Ref;
  readonly gradientStack: Ref;
  /** Leaves of the rows of sums over X. */
  readonly sumLeaves: number;
  readonly #scratch: Ref;
  #current: { readonly done: boolean } | null = null;

  /** `width`: numbers of X in a row; `sumLeaf`: rows in a leaf of sums over X. */
  constructor(
    data: Dataset,
    layout: Layout,
    kernels: LossKernels,
    store: Store<Ref>,
    width = data.columns,
    sumLeaf = leafRows(layout.outputs),
  ) {
    const { rows, columns } = data;
    const { outputs } = layout;
    this.data = data;
    this.layout = layout;
    this.kernels = kernels;
    this.store = store;
    this.workspace = new Workspace(store);
    const leaf = leafRows(outputs);
    this.leaves = Math.ceil(rows / leaf);
    this.sumLeaves = Math.ceil(rows / sumLeaf);
    const unitOf = (numbers: number, scores: number): number => {
      const leaves = Math.floor(Math.min(numbers / (width * leaf), scores / (outputs * leaf)));
      return Math.min(Math.max(1, leaves), this.leaves) * leaf;
    };
    this.unit = unitOf(UNIT_NUMBERS, UNIT_SCORES);
    this.passUnit = this.fused && data.storage === "float64" ? unitOf(PASS_NUMBERS, PASS_SCORES) : this.unit;
    const { workspace } = this;
    this.x = new Rows(data, store, workspace, this.unit);
    const node = outputs * (columns + 1);
    this.parameters = workspace.allocate(node);
    const most = Math.max(this.unit, this.passUnit) * outputs;
    this.scores = workspace.allocate(most);
    this.residuals = workspace.allocate(most);
    this.#scratch = workspace.allocate(outputs === 1 ? 1 : columns * outputs);
    this.lossStack = workspace.allocate(SMALL_STACK);
    this.gradientStack = workspace.allocate(stackDepth(this.sumLeaves) * node);
  }

  /** Refs of the data, after checking that it is still there. */
  vectors(): LinearVectors<Ref> {
    return this.data.vectors() as LinearVectors<Ref>;
  }

  /** θ as kernels take it: with an intercept of 0 where the model has none. */
  write(parameters: Float64Array, into: Ref): void {
    const { outputs, features, intercept } = this.layout;
    this.vectors(); // Once the data are released, their memory, workspace included, may hold other data.
    const out = this.store.view(into, outputs * (features + 1));
    if (intercept) {
      out.set(parameters);
      return;
    }
    for (let k = 0; k < outputs; k++) {
      out[k * (features + 1)] = 0;
      for (let j = 0; j < features; j++) out[k * (features + 1) + 1 + j] = parameters[k * features + j];
    }
  }

  /** Scores of rows begin .. end under written parameters; without the offset for a direction. */
  scoreUnit(begin: number, end: number, parameters: Ref, out: Ref, withOffset = true): void {
    const { outputs, features } = this.layout;
    const { offset } = this.vectors();
    const x = this.x.upTo(begin, end);
    const kernel = this.store.bind({ name: "linearScores", twin: linearScores });
    kernel(features, outputs, begin, end, x, parameters, withOffset ? offset : null, out, this.#scratch);
  }

  /** Whether one kernel does a pass. */
  protected get fused(): boolean {
    return this.kernels.loss.name !== null;
  }

  /** Scores and losses of rows begin .. end under `parameters`, and unless `order` is 0 their gradient. */
  pass(begin: number, end: number, order: Order): void {
    const { store, scores, residuals, lossStack, gradientStack } = this;
    const { outputs, features } = this.layout;
    const { targets, weights, offset } = this.vectors();
    const { loss, width } = this.kernels;
    const r = order === 0 ? null : residuals;
    const { name, twin } = loss;
    if (name !== null && this.fused) {
      const x = this.x.upTo(begin, end);
      const pass = store.bind({ name: "linearPass", twin: linearPass });
      const scratch = this.#scratch;
      const theta = this.parameters;
      pass(
        ...([store.lossRef({ name, twin }), features, outputs, begin, end, x, theta, offset] as const),
        ...([width, targets, weights, scores, r, scratch, lossStack, gradientStack] as const),
      );
      return;
    }
    this.scoreUnit(begin, end, this.parameters, scores);
    const y = store.slice(targets, begin * width, end * width);
    const w = weights === null ? null : store.slice(weights, begin, end);
    const run = lossIn(store, loss, width);
    run(end - begin, outputs, begin / leafRows(outputs), scores, y, w, r, 1, lossStack);
    if (r !== null) this.pushGradient(begin, end);
  }

  /** Calls back with every row's number and features, in order; the array is used again. */
  eachRow(visit: (row: number, features: Float64Array) => void): void {
    eachOf(this.x.all(), this.layout.features, visit);
  }

  /** Pushes Σ r·(1, x) of the residuals of rows begin .. end, leaf by leaf. */
  pushGradient(begin: number, end: number): void {
    const { outputs, features } = this.layout;
    const run = this.store.bind({ name: "linearGradient", twin: linearGradient });
    run(features, outputs, begin, end, this.x.upTo(begin, end), this.residuals, this.gradientStack);
  }

  /** Pushes Σ r·(1, x²). */
  pushSquares(begin: number, end: number): void {
    const { outputs, features } = this.layout;
    const run = this.store.bind({ name: "linearSquares", twin: linearSquares });
    run(features, outputs, begin, end, this.x.upTo(begin, end), this.residuals, this.gradientStack);
  }

  /** The total on a stack of nodes of this size. */
  collapse(size: number, stack: Ref, leaves = this.leaves): Float64Array {
    this.store.bind({ name: "collapse", twin: collapse })(leaves, size, stack);
    return this.store.view(stack, size);
  }

  /** The total of what was pushed, in the places of θ. */
  finishGradient(out: Float64Array): void {
    const { outputs, features, intercept } = this.layout;
    const node = this.collapse(outputs * (features + 1), this.gradientStack, this.sumLeaves);
    if (intercept) {
      out.set(node);
      return;
    }
    for (let k = 0; k < outputs; k++) {
      for (let j = 0; j < features; j++) out[k * features + j] = node[k * (features + 1) + 1 + j];
    }
  }

  /** An evaluation of these parts, unit by unit, of rows or of what else `count` counts; those begun before are void. */
  evaluation<Parts extends object>(
    parts: Parts,
    runUnit: (begin: number, end: number) => void,
    finish: (parts: Parts) => void,
    unit = this.unit,
    count = this.data.rows,
  ): Begun<Parts> {
    let next = 0;
    return this.#begin(parts, (result) => {
      const end = Math.min(next + unit, count);
      if (next < end) runUnit(next, end);
      next = end;
      if (next === count) finish(result);
      return next === count;
    });
  }

  /** The same of steps that yield between small pieces. */
  stepwise<Parts extends object>(parts: Parts, stepsOf: (parts: Parts) => Generator<void>): Begun<Parts> {
    let steps: Generator<void> | null = null;
    return this.#begin(parts, (result) => (steps ??= stepsOf(result)).next().done === true);
  }

  #begin<Parts extends object>(parts: Parts, doUnit: (parts: Parts) => boolean): Begun<Parts> {
    const advance = (units: number): boolean => {
      for (let left = units; left > 0 && !result.done; left--) {
        if (this.#current !== result) fail("type", "evaluation", "the one begun last", "an earlier one");
        result.done = doUnit(result);
      }
      return result.done;
    };
    const result = { ...parts, done: false, advance };
    this.#current = result;
    return result;
  }

  /** Copies of some columns of X, −1 standing for ones; yields between units. */
  takeColumns(chosen: Int32Array): Generator<void, Column[]> {
    return takeDense(this.data.rows, this.layout.features, chosen, () => this.x.all());
  }

  /** True while an evaluation is under way. */
  get busy(): boolean {
    return this.#current !== null && !this.#current.done;
  }

  /** Voids the evaluation under way. */
  interrupt(): void {
    this.#current = null;
  }
}
