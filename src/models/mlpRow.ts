import { layerForward, packLayer } from "../backend/typescript/layer.js";
import { type Layout, layersOf } from "../priors/terms.js";
import { type ActivationName, activate } from "./activations.js";
import type { RowScorer } from "./model.js";

/** Scores of one row by the parameters of a network, on the twin. */
export function makeRowScorer(layout: Layout, activation: ActivationName, parameters: Float64Array): RowScorer {
  const { features, outputs } = layout;
  const layers = layersOf(layout).map(({ inputs, units, begin, end }) => {
    const packed = new Float64Array(Math.ceil(units / 4) * 4 * (1 + inputs));
    packLayer(inputs, units, parameters.subarray(begin, end), packed);
    return { inputs, units, packed, out: new Float64Array(units) };
  });
  const row = new Float64Array(features);
  const list = new Float64Array(features);
  return (x, begin, out, at) => {
    for (let j = 0; j < features; j++) row[j] = x[begin + j]!;
    let from = row;
    for (let l = 0; l < layers.length; l++) {
      const { inputs, units, packed, out: to } = layers[l]!;
      layerForward(1, inputs, units, from, inputs, packed, 1, 0, to, units, l === 0 ? list : null);
      if (l < layers.length - 1) activate(activation, to, null, null);
      from = to;
    }
    for (let k = 0; k < outputs; k++) out[at + k] = from[k]!;
  };
}
