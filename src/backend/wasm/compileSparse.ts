import { fromHexadecimal } from "./hexadecimal.js";
import { bytes } from "./sparseBytes.js";

/**
 * The kernels of sparse rows, compiled as the others are. They import the memory they work in, and hold no data of their
 * own. Throws whatever the host throws when it refuses.
 */
export function compileSparse(): WebAssembly.Module {
  return new WebAssembly.Module(fromHexadecimal(bytes));
}
