import type { Store } from "../backend/store.js";
import { whenCollected } from "../backend/whenCollected.js";
import type { Dataset } from "../dataset.js";
import { onTwin } from "./onTwin.js";

/** The same data with the targets that a loss made of them, where they live; `undefined` leaves them. */
export function withTargets(data: Dataset, targets: Float64Array | undefined): Dataset {
  if (targets === undefined) return data;
  return holding(data, targets, (own, ref) => ({
    ...own,
    targets,
    vectors: () => ({ ...own.vectors(), targets: ref }),
  }));
}

/** The same data with another offset, where they live. */
export function withOffset(data: Dataset, offset: Float64Array): Dataset {
  const { length: offsetLength } = offset;
  return holding(data, offset, (own, ref) => ({
    ...own,
    offsetLength,
    vectors: () => ({ ...own.vectors(), offset: ref }),
  }));
}

/** Data with numbers of their own beside the others; on the twin where memory is refused. */
function holding(data: Dataset, values: Float64Array, make: (data: Dataset, ref: unknown) => Dataset): Dataset {
  const store = data.vectors().store;
  let ref: unknown;
  try {
    ref = store.allocate(values.length);
  } catch {
    return holding(onTwin(data), values, make);
  }
  store.view(ref, values.length).set(values);
  const held = Object.freeze<Dataset>(make(data, ref));
  whenCollected(held, releaser(store, ref, values.length));
  return held;
}

/** Made apart from the data set, which it must not hold. */
function releaser(store: Store<unknown>, ref: unknown, length: number): () => void {
  return () => store.free(ref, length);
}
