import type { Store } from "../backend/store.js";
import { whenCollected } from "../backend/whenCollected.js";
import type { Dataset } from "../dataset.js";
import { onTwin } from "./onTwin.js";

/** The same data with the targets that a loss made of them, where they live; `undefined` leaves them. */
export function withTargets(data: Dataset, targets: Float64Array | undefined): Dataset {
  if (targets === undefined) return data;
  const store = data.vectors().store;
  let ref: unknown;
  try {
    ref = store.allocate(targets.length);
  } catch {
    return withTargets(onTwin(data), targets);
  }
  store.view(ref, targets.length).set(targets);
  const held = Object.freeze<Dataset>({
    ...data,
    targets,
    vectors: () => ({ ...data.vectors(), targets: ref }),
  });
  whenCollected(held, releaser(store, ref, targets.length));
  return held;
}

/** Made apart from the data set, which it must not hold. */
function releaser(store: Store<unknown>, ref: unknown, length: number): () => void {
  return () => store.free(ref, length);
}
