import { typescriptStore } from "../backend/store.js";
import type { Dataset, Vectors } from "../dataset.js";

/** The same data on the TypeScript twin, copied: for a model whose workspace WebAssembly has no memory for. */
export function onTwin(data: Dataset): Dataset {
  let vectors = copyOf(data);
  return Object.freeze<Dataset>({
    ...data,
    backend: "typescript",
    vectors() {
      // Throws once the data are released.
      if (data.vectors().generation !== vectors.generation) vectors = copyOf(data);
      return vectors;
    },
  });
}

function copyOf(data: Dataset): Vectors {
  const { store, x, targets, weights, offset, generation } = data.vectors();
  const copy = (ref: unknown, length: number): Float64Array | null =>
    ref === null ? null : store.view(ref, length).slice();
  return {
    store: typescriptStore as Vectors["store"],
    x: copy(x, data.length),
    targets: copy(targets, data.targets?.length ?? 0),
    weights: copy(weights, data.rows),
    offset: copy(offset, data.offsetLength),
    ...(generation !== undefined && { generation }),
  };
}
