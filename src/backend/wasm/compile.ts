import { bytes } from "./bytes.js";

/**
 * The kernels compiled from the embedded bytes. Runs while the module loads, and at no other time: some embedders (edge
 * runtimes) allow compilation only then. Throws whatever the host throws when it refuses.
 */
export function compile(): WebAssembly.Module {
  return new WebAssembly.Module(decode(bytes));
}

/** The value of a hexadecimal digit, from its character code. */
function digit(code: number): number {
  return code < 58 ? code - 48 : code - 87;
}

function decode(hex: string): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(hex.length / 2);
  for (let i = 0; i < out.length; i++) out[i] = 16 * digit(hex.charCodeAt(2 * i)) + digit(hex.charCodeAt(2 * i + 1));
  return out;
}
