import { whenCollected } from "./backend/whenCollected.js";
import { checkOptions, fail } from "./check.js";
import type { Dataset } from "./dataset.js";
import { type Features, featuresOf, sparsePartsOf } from "./features.js";
import type { SparseParts } from "./backend/typescript/sparse.js";
import type { LossKernels } from "./losses/loss.js";
import type { BoundModel, Model } from "./models/model.js";
import type { Part } from "./optimizers/optimizer.js";
import { type Block, PARTS, makeRoom, release } from "./room.js";

/** Sizes of batches that keep their place at once: an epoch has one or two. */
const MOST_SIZES = 4;

/** Room for a batch of one size, and the model bound to it. */
interface Bound {
  readonly block: Block;
  readonly bound: BoundModel;
  fill(rows: ArrayLike<number>): void;
}

/** Rows of a data set, gathered in the memory where it lives, with its model bound to them. */
export class Batches {
  readonly #data: Dataset;
  readonly #model: Model;
  readonly #outputs: number;
  readonly #kernels: LossKernels;
  /** The room of each size, the one used last at the end. */
  readonly #rooms = new Map<number, Bound>();
  /** Their blocks, given back when this is garbage-collected. */
  readonly #blocks: Set<Block>;

  constructor(data: Dataset, model: Model, outputs: number, kernels: LossKernels) {
    this.#data = data;
    this.#model = model;
    this.#outputs = outputs;
    this.#kernels = kernels;
    this.#blocks = new Set();
    whenCollected(this, releaser(this.#blocks));
  }

  /** The model on these rows, in this order; void as soon as others are asked for. */
  at(rows: unknown): BoundModel {
    const wanted = checkRows(rows, this.#data.rows);
    let room = this.#rooms.get(wanted.length);
    if (room === undefined) {
      this.#makePlace();
      room = this.#makeRoom(wanted.length);
    } else this.#rooms.delete(wanted.length);
    this.#rooms.set(wanted.length, room);
    room.fill(wanted);
    return room.bound;
  }

  /** Gives up the room that was used longest ago if there are too many. */
  #makePlace(): void {
    if (this.#rooms.size < MOST_SIZES) return;
    const [[length, { block }]] = this.#rooms;
    this.#rooms.delete(length);
    this.#blocks.delete(block);
    release(block);
  }

  #makeRoom(rows: number): Bound {
    const source = this.#data;
    const outputs = this.#outputs;
    const { width } = this.#kernels;
    const isSparse = source.storage === "sparse";
    // Of sparse rows so many numbers that any will do.
    const nonzeros = rows * (isSparse ? longestRow(source) : source.columns);
    const room = makeRoom(source, source.vectors().store, { rows, width, outputs, nonzeros });
    const { block, data, widths, vectors } = room;
    const { store } = block;
    this.#blocks.add(block);
    const fill: Bound["fill"] = (wanted) => {
      const from = source.vectors();
      for (const name of PARTS) {
        if (vectors[name] === null) continue;
        if (name === "x" && isSparse) {
          gatherSparse(wanted, sparsePartsOf(source)!, sparsePartsOf(data)!);
          continue;
        }
        const all = name === "x" ? featuresOf(source) : from.store.view(from[name], source.rows * widths[name]);
        gather(wanted, widths[name], all, store.view(vectors[name], rows * widths[name]));
      }
      gather(wanted, width, source.targets!, data.targets!);
      if (data.weights !== null) gather(wanted, 1, source.weights!, data.weights);
      vectors.generation++;
    };
    return { block, bound: this.#model.bind(data, outputs, this.#kernels), fill };
  }
}

/** Made apart from the batches: what a finalisation registry holds must not reach what it watches. */
function releaser(blocks: ReadonlySet<Block>): () => void {
  return () => blocks.forEach(release);
}

/** Numbers of the longest row of sparse X. */
function longestRow(data: Dataset): number {
  const { pointers } = sparsePartsOf(data)!;
  let longest = 0;
  for (let i = 0; i < data.rows; i++) longest = Math.max(longest, pointers[i + 1] - pointers[i]);
  return longest;
}

function gatherSparse(rows: ArrayLike<number>, from: SparseParts, to: SparseParts): void {
  for (let i = 0, at = 0; i < rows.length; i++) {
    const [first, last] = [from.pointers[rows[i]], from.pointers[rows[i] + 1]];
    to.pointers[i] = at;
    to.values.set(from.values.subarray(first, last), at);
    to.indices.set(from.indices.subarray(first, last), at);
    at += last - first;
    to.pointers[i + 1] = at;
  }
}

/** Rows from which on their numbers are copied as a whole. */
const WIDE = 16;

function gather(rows: ArrayLike<number>, width: number, from: Features, to: Float64Array): void {
  if (width >= WIDE) {
    for (let i = 0; i < rows.length; i++) to.set(from.subarray(rows[i] * width, (rows[i] + 1) * width), i * width);
    return;
  }
  for (let i = 0, at = 0; i < rows.length; i++) {
    for (let j = 0, first = rows[i] * width; j < width; j++) to[at++] = from[first + j];
  }
}

/** Indices of rows, at least one; a row may come more than once. */
function checkRows(rows: unknown, n: number): ArrayLike<number> {
  const isArray = Array.isArray(rows) || (ArrayBuffer.isView(rows) && !(rows instanceof DataView));
  if (!isArray) fail("type", "rows", "an array of row numbers", rows);
  const given = rows as ArrayLike<unknown>;
  if (given.length === 0) fail("range", "rows", "at least one row", rows);
  for (let i = 0; i < given.length; i++) {
    const row = given[i];
    if (typeof row !== "number") fail("type", "rows", `an integer from 0 to ${n - 1}`, row, { row: i });
    if (!(Number.isInteger(row) && row >= 0 && row < n)) {
      fail("range", "rows", `an integer from 0 to ${n - 1}`, row, { row: i });
    }
  }
  return given as ArrayLike<number>;
}

/** The part of the rows that is asked for, all of them without one. */
export function readPart(part: Partial<Part> | undefined): { rows: ArrayLike<number> | undefined; prior: boolean } {
  checkOptions("options", part, ["rows", "prior"]);
  const { rows, prior = true } = part ?? {};
  if (typeof prior !== "boolean") fail("type", "prior", "true or false", prior);
  return { rows, prior };
}
