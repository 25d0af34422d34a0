import { fromHexadecimal } from "./hexadecimal.js";
import { bytes } from "./layerBytes.js";

/**
 * The kernels of dense layers, compiled as the others are. They import the memory they work in, and hold no data of their
 * own. Throws whatever the host throws when it refuses.
 */
export function compileLayers(): WebAssembly.Module {
  return new WebAssembly.Module(fromHexadecimal(bytes));
}
