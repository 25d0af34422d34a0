import type { LayerKernels } from "./kernels.js";
import type { Store } from "./store.js";
import * as activation from "./typescript/activation.js";
import * as twin from "./typescript/layer.js";
import { popcount } from "./typescript/tree.js";
import { compileLayers } from "./wasm/compileLayers.js";

/** Compiled while this loads, or null where the host refuses. */
const layers = /*#__PURE__*/ ((): object | null => {
  try {
    return compileLayers();
  } catch {
    return null;
  }
})();

/** Numbers from the first of a matrix to the last: its last row may be shorter than the stride. */
function extent(rows: number, stride: number, width: number): number {
  return rows === 0 ? 0 : (rows - 1) * stride + width;
}

/** The kernels of dense layers where vectors live; where the module is refused the twin runs there. */
export function layerKernelsIn<Ref>(store: Store<Ref>): LayerKernels<Ref> {
  try {
    return (layers === null ? null : store.more<LayerKernels<Ref>>(layers)) ?? onViews(store);
  } catch {
    return onViews(store);
  }
}

/** The twin, on views of the vectors. */
function onViews<Ref>(store: Store<Ref>): LayerKernels<Ref> {
  const at = (ref: Ref, length: number): Float64Array => store.view(ref, length);
  return {
    packLayer(inputs, units, parameters, packed) {
      const panels = Math.ceil(units / 4) * 4;
      twin.packLayer(inputs, units, at(parameters, units * (1 + inputs)), at(packed, panels * (1 + inputs)));
    },
    layerForward(rows, inputs, units, a, aStride, packed, bias, add, out, outStride, lists) {
      const x = at(a, extent(rows, aStride, inputs));
      const w = at(packed, Math.ceil(units / 4) * 4 * (1 + inputs));
      const z = at(out, extent(rows, outStride, units));
      twin.layerForward(
        rows,
        inputs,
        units,
        x,
        aStride,
        w,
        bias,
        add,
        z,
        outStride,
        lists === null ? null : at(lists, inputs),
      );
    },
    layerBackward(rows, inputs, units, delta, deltaStride, parameters, add, out, outStride, scratch) {
      const d = at(delta, extent(rows, deltaStride, units));
      const w = at(parameters, units * (1 + inputs));
      const to = at(out, extent(rows, outStride, inputs));
      twin.layerBackward(rows, inputs, units, d, deltaStride, w, add, to, outStride, at(scratch, 0));
    },
    layerGradient(rows, inputs, units, delta, deltaStride, a, aStride, add, out, scratch) {
      const d = at(delta, extent(rows, deltaStride, units));
      const x = at(a, extent(rows, aStride, inputs));
      const to = at(out, units * (1 + inputs));
      twin.layerGradient(rows, inputs, units, d, deltaStride, x, aStride, add, to, at(scratch, 5 * rows));
    },
    multiply: (n, x, y, out) => twin.multiply(n, at(x, n), at(y, n), at(out, n)),
    rectify: (n, leak, z, slopes) => activation.rectify(n, leak, at(z, n), slopes === null ? null : at(slopes, n)),
    tanhSlopes: (n, a, out) => activation.tanhSlopes(n, at(a, n), at(out, n)),
    sigmoidSlopes: (n, a, out) => activation.sigmoidSlopes(n, at(a, n), at(out, n)),
    carryNode(leaf, size, stack) {
      twin.carryNode(leaf, size, at(stack, (popcount(leaf) + 1) * size));
    },
  };
}
