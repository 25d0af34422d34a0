import { placeFor } from "../backend/place.js";
import { leafRows } from "../backend/leaves.js";
import { type Store, typescriptStore } from "../backend/store.js";
import { type Layout, layersOf } from "../priors/terms.js";
import type { ActivationName } from "./activations.js";
import { Block } from "./mlpBlock.js";
import { makeRowScorer } from "./mlpRow.js";
import type { RowScorer } from "./model.js";
import { Workspace } from "./workspace.js";

/** Numbers of X from which a block of rows at a time pays. */
const THRESHOLD = 512;

/** Scores of new rows by the parameters of a network. Rows one at a time, or by leaves: the same bits. */
export interface Scorer {
  /** [rows × outputs] of [rows × columns]. */
  scores(x: Float64Array, rows: number): Float64Array;
  /** Scores of one row. */
  readonly one: RowScorer;
}

/** What a block of rows needs, in one place. */
interface Blocks {
  run(x: Float64Array, rows: number, out: Float64Array): void;
}

export function makeScorer(layout: Layout, activation: ActivationName, parameters: Float64Array): Scorer {
  const { features, outputs } = layout;
  const one = makeRowScorer(layout, activation, parameters);
  let blocks: Blocks | null = null;
  return {
    one,
    scores(x, rows) {
      const out = new Float64Array(rows * outputs);
      if (x.length < THRESHOLD) {
        for (let i = 0; i < rows; i++) one(x, i * features, out, i * outputs);
      } else {
        blocks ??= makeBlocks(layout, activation, parameters);
        blocks.run(x, rows, out);
      }
      return out;
    },
  };
}

/** In WebAssembly memory where there is some, else in the twin's. */
function makeBlocks(layout: Layout, activation: ActivationName, parameters: Float64Array): Blocks {
  try {
    return blocksIn(placeFor(THRESHOLD).store, layout, activation, parameters);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return blocksIn(typescriptStore, layout, activation, parameters);
  }
}

function blocksIn<Ref>(
  store: Store<Ref>,
  layout: Layout,
  activation: ActivationName,
  parameters: Float64Array,
): Blocks {
  const { features, outputs } = layout;
  const leaf = leafRows(outputs);
  const workspace = new Workspace(store);
  const block = new Block(layersOf(layout), activation, leaf, store, workspace);
  const input = { ref: workspace.allocate(leaf * features), stride: features };
  block.load(parameters);
  return {
    run(x, rows, out) {
      for (let first = 0; first < rows; first += leaf) {
        const count = Math.min(leaf, rows - first);
        store.view(input.ref, count * features).set(x.subarray(first * features, (first + count) * features));
        block.forward(count, input, 0);
        out.set(store.view(block.scores.ref, count * outputs), first * outputs);
      }
    },
  };
}
