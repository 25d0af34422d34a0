import type { CurvatureKernel, KernelName, LossKernel, LossName, Twin } from "../backend/kernels.js";
import { SMALL_STACK } from "../backend/leaves.js";
import type { Store } from "../backend/store.js";

/** The kernel of a loss where the data live; without one the twin runs there, on views. */
export function lossIn<Ref>(
  store: Store<Ref>,
  { name, twin }: Twin<LossName, LossKernel<Float64Array>>,
  width: number,
): LossKernel<Ref> {
  if (name !== null) return store.bind({ name, twin }) as LossKernel<Ref>;
  return (rows, columns, firstLeaf, scores, targets, weights, gradient, scale, stack) => {
    const at = (ref: Ref, length: number): Float64Array => store.view(ref, length);
    const w = weights === null ? null : at(weights, rows);
    const g = gradient === null ? null : at(gradient, rows * columns);
    const y = at(targets, rows * width);
    twin(rows, columns, firstLeaf, at(scores, rows * columns), y, w, g, scale, at(stack, SMALL_STACK));
  };
}

/** The same for the second derivatives. */
export function curvatureIn<Ref>(
  store: Store<Ref>,
  { name, twin }: Twin<KernelName, CurvatureKernel<Float64Array>>,
  width: number,
): CurvatureKernel<Ref> {
  if (name !== null) return store.bind({ name, twin } as never) as CurvatureKernel<Ref>;
  return (rows, columns, scores, targets, weights, out) => {
    const w = weights === null ? null : store.view(weights, rows);
    const pairs = (columns * (columns + 1)) / 2;
    const y = store.view(targets, rows * width);
    twin(rows, columns, store.view(scores, rows * columns), y, w, store.view(out, rows * pairs));
  };
}
