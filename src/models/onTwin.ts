import { typescriptStore } from "../backend/store.js";
import type { Dataset, Vectors } from "../dataset.js";

/** The same data on the TypeScript twin, copied: for a model whose workspace WebAssembly has no memory for. */
export function onTwin(data: Dataset): Dataset {
  const { store, x, targets, weights, offset } = data.vectors();
  const copy = (ref: unknown, length: number): Float64Array | null =>
    ref === null ? null : store.view(ref, length).slice();
  const vectors: Vectors = {
    store: typescriptStore as Vectors["store"],
    x: copy(x, data.rows * data.columns),
    targets: copy(targets, data.targets?.length ?? 0),
    weights: copy(weights, data.rows),
    offset: copy(offset, data.offsetLength),
  };
  return Object.freeze<Dataset>({
    ...data,
    backend: "typescript",
    vectors() {
      data.vectors(); // Throws once the data are released.
      return vectors;
    },
  });
}
