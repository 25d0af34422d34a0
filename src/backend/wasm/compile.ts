import { bytes } from "./bytes.js";

/**
 * The kernels compiled from the embedded bytes. Runs while the module loads, and at no other time: some embedders (edge
 * runtimes) allow compilation only then. Throws whatever the host throws when it refuses.
 */
export function compile(): WebAssembly.Module {
  return new WebAssembly.Module(decode(bytes));
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64);
  const out = new Uint8Array(binary.length);
  for (let i = 0; i < out.length; i++) out[i] = binary.charCodeAt(i);
  return out;
}
