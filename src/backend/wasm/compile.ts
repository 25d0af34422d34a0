import { bytes } from "./bytes.js";
import { fromHexadecimal } from "./hexadecimal.js";

/**
 * The kernels compiled from the embedded bytes. Runs while the module loads, and at no other time: some embedders (edge
 * runtimes) allow compilation only then. Throws whatever the host throws when it refuses.
 */
export function compile(): WebAssembly.Module {
  return new WebAssembly.Module(fromHexadecimal(bytes));
}
