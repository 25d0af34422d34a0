import type { SparseKernels } from "./kernels.js";
import { stackDepth } from "./leaves.js";
import type { Store } from "./store.js";
import * as twin from "./typescript/sparse.js";
import { compileSparse } from "./wasm/compileSparse.js";

/** Compiled while this loads, or null where the host refuses. */
const compiled = /*#__PURE__*/ ((): object | null => {
  try {
    return compileSparse();
  } catch {
    return null;
  }
})();

/** The kernels of sparse rows where vectors live; where the module is refused the twin runs there. */
export function sparseKernelsIn<Ref>(store: Store<Ref>): SparseKernels<Ref> {
  try {
    return (compiled === null ? null : store.more<SparseKernels<Ref>>(compiled)) ?? onViews(store);
  } catch {
    return onViews(store);
  }
}

/** The twin, on views of the vectors. */
function onViews<Ref>(store: Store<Ref>): SparseKernels<Ref> {
  const at = (ref: Ref, length: number): Float64Array => store.view(ref, length);
  return {
    sparseScores(columns, outputs, rows, nonzeros, begin, end, x, parameters, offset, scores) {
      const block = at(x, twin.sparseLength(rows, nonzeros));
      const theta = at(parameters, outputs * (1 + columns));
      const shift = offset === null ? null : at(offset, rows * outputs);
      const out = at(scores, (end - begin) * outputs);
      twin.sparseScores(columns, outputs, rows, nonzeros, begin, end, block, theta, shift, out);
    },
    sparseGradient(columns, outputs, leaf, rows, nonzeros, begin, end, x, residuals, squares, stack) {
      const block = at(x, twin.sparseLength(rows, nonzeros));
      const r = at(residuals, (end - begin) * outputs);
      const nodes = at(stack, stackDepth(Math.ceil(rows / leaf)) * outputs * (1 + columns));
      twin.sparseGradient(columns, outputs, leaf, rows, nonzeros, begin, end, block, r, squares, nodes);
    },
    sparseHessian(columns, pairs, leaf, rows, nonzeros, begin, end, x, curvature, stack) {
      const block = at(x, twin.sparseLength(rows, nonzeros));
      const h = at(curvature, pairs * (end - begin));
      const triangle = ((columns + 1) * (columns + 2)) / 2;
      const nodes = at(stack, stackDepth(Math.ceil(rows / leaf)) * pairs * triangle);
      twin.sparseHessian(columns, pairs, leaf, rows, nonzeros, begin, end, block, h, nodes);
    },
  };
}
