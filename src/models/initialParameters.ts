import { random } from "../random.js";
import { type Layout, layersOf } from "../priors/terms.js";

/** How first weights are spread: `"glorot"`: variance 2/(inputs + units); `"he"`: 2/inputs. */
export type Initialization = "glorot" | "he";

/**
 * First parameters of a network: weights uniform in ±√(3·variance), drawn unit after unit from stream 0 of the seed,
 * biases 0.
 */
export function initialParameters(layout: Layout, scheme: Initialization, seed: number): Float64Array {
  const generator = random(seed);
  const layers = layersOf(layout);
  const out = new Float64Array(layers.at(-1)!.end);
  for (const { inputs, units, begin } of layers) {
    const limit = Math.sqrt(6 / (scheme === "he" ? inputs : inputs + units));
    for (let u = 0; u < units; u++) {
      for (let i = 0; i < inputs; i++) out[begin + u * (inputs + 1) + 1 + i] = (2 * generator.uniform() - 1) * limit;
    }
  }
  return out;
}
