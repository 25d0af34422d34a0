import { whenCollected } from "./backend/whenCollected.js";
import type { Dataset } from "./dataset.js";
import { isFinite as isFiniteVector } from "./linalg/vector.js";
import type { Loss, LossKernels } from "./losses/loss.js";
import type { BoundModel, Model } from "./models/model.js";
import { evaluationsOf } from "./objectiveEvaluations.js";
import type { Penalty } from "./penalties/penalty.js";
import { flatTerms, sizeOf } from "./priors/terms.js";
import { type Block, type Room, makeRoom, release } from "./room.js";
import { checkWeights, totalWeightOf } from "./weights.js";

/** What the mean loss of rows is stated with, on a data set of one row that stands for those to come. */
interface Statement {
  readonly blank: Dataset;
  readonly model: Model;
  readonly loss: Loss;
  readonly penalty: Penalty | undefined;
}

/** The mean loss of rows plus the penalty, and its gradient. */
interface Evaluated {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** Sizes of updates that keep their place at once. */
const MOST_ROOMS = 4;

/** Numbers from which a place of its own would be made for rows: they go through a data set instead. */
const MOST_NUMBERS = 1 << 16;

interface Bound {
  readonly room: Room;
  readonly kernels: LossKernels;
  readonly weighted: boolean;
  readonly bound: BoundModel;
}

/** The objective of one update after the other: places and models of a few sizes stay, with the bits of a fresh objective. */
export class RowsAsTheyCome {
  readonly #statement: Statement;
  /** The one used last at the end. */
  readonly #rooms: Bound[] = [];
  readonly #blocks = new Set<Block>();

  constructor(statement: Statement) {
    this.#statement = statement;
    whenCollected(this, releaser(this.#blocks));
  }

  /**
   * At `parameters`, of rows x and targets y. Null for what is to be refused, or is too large: a data set then says so, or
   * takes them.
   */
  evaluate(
    parameters: Float64Array,
    rows: number,
    x: Float64Array,
    y: Float64Array,
    given: ArrayLike<number> | undefined,
  ): Evaluated | null {
    const { loss, penalty } = this.#statement;
    if (
      y.length === 0 ||
      y.length % rows !== 0 ||
      loss.ordered ||
      x.length + y.length > MOST_NUMBERS ||
      !isFiniteVector(y) ||
      !isFiniteVector(x)
    )
      return null;
    const { weights, total } = checkWeights(given, rows);
    const kernels = loss.kernels(rows, y);
    const W = totalWeightOf(loss.share, rows, y, { weights, total });
    if (!(W > 0 && W < Infinity)) return null;
    const { room, bound } = this.#roomFor(rows, kernels, weights !== null);
    const { store, vectors, widths, data } = { ...room, store: room.block.store };
    store.view(vectors.x, rows * widths.x).set(x);
    store.view(vectors.targets, rows * widths.targets).set(kernels.targets ?? y);
    data.targets!.set(kernels.targets ?? y);
    if (weights !== null) {
      store.view(vectors.weights, rows).set(weights);
      data.weights!.set(weights);
    }
    vectors.generation++;
    const own = penalty?.terms(bound.layout, W);
    const terms = own ?? flatTerms(bound.layout);
    const parts = { data, bound, terms, dispersion: own?.dispersion ?? 1, totalWeight: W };
    const evaluation = evaluationsOf(parts, null, sizeOf(bound.layout)).begin(parameters, 1);
    evaluation.advance(Infinity);
    return evaluation;
  }

  #roomFor(rows: number, kernels: LossKernels, weighted: boolean): Bound {
    const rooms = this.#rooms;
    const fits = (one: Bound): boolean =>
      one.room.data.rows === rows &&
      one.weighted === weighted &&
      one.kernels.loss === kernels.loss &&
      one.kernels.width === kernels.width;
    const at = rooms.findIndex(fits);
    const found = at < 0 ? this.#makeRoom(rows, kernels, weighted) : rooms.splice(at, 1)[0]!;
    rooms.push(found);
    return found;
  }

  #makeRoom(rows: number, kernels: LossKernels, weighted: boolean): Bound {
    const { blank, model, loss } = this.#statement;
    if (this.#rooms.length === MOST_ROOMS) {
      const { block } = this.#rooms.shift()!.room;
      this.#blocks.delete(block);
      release(block);
    }
    const source = { ...blank, weights: weighted ? new Float64Array(1) : null };
    const nonzeros = rows * blank.columns;
    const room = makeRoom(source, null, { rows, width: kernels.width, outputs: loss.classes, nonzeros });
    this.#blocks.add(room.block);
    return { room, kernels, weighted, bound: model.bind(room.data, loss.classes, kernels) };
  }
}

/** Made apart: what a finalisation registry holds must not reach what it watches. */
function releaser(blocks: ReadonlySet<Block>): () => void {
  return () => blocks.forEach(release);
}
