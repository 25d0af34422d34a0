/**
 * One function per kind of kernel: checks are done, the arrays are Float64Arrays; small work goes to the twin, large work
 * through WebAssembly's scratch. The bits are the same either way.
 *
 * @module
 */
import type { LossKernel, LossName, Twin } from "./kernels.js";
import { REGION, SMALL_STACK, leafRows } from "./leaves.js";
import { wasmFor } from "./select.js";
import { collapse } from "./typescript/tree.js";

/** The stack of sums. Not there while a twin runs: a loss that users wrote may run others. */
let spare: Float64Array | null = null;

/**
 * The kernel of a loss, the targets in a row, and the scores from which copying in and out pays: where `node
 * bench/thresholds.js` shows 1.1 or more, for this and every other threshold.
 */
export interface LossRun {
  readonly loss: Twin<LossName, LossKernel<Float64Array>>;
  readonly width: number;
  readonly threshold: number;
}

/** Σ w·loss; also writes (∂loss/∂score)·w·scale unless `gradient` is null. */
export function runLoss(
  { loss, width, threshold }: LossRun,
  columns: number,
  scores: Float64Array,
  targets: Float64Array,
  weights: Float64Array | null,
  gradient: Float64Array | null,
  scale: number,
): number {
  const wasm = columns > REGION ? null : wasmFor(scores.length, threshold);
  if (wasm !== null && loss.name !== null)
    return wasm.scratch.loss(loss.name, columns, width, scores, targets, weights, gradient, scale);
  const rows = scores.length / columns;
  const stack = spare ?? new Float64Array(SMALL_STACK);
  spare = null;
  loss.twin(rows, columns, 0, scores, targets, weights, gradient, scale, stack);
  collapse(Math.ceil(rows / leafRows(columns)), 1, stack);
  spare = stack;
  return stack[0];
}
