// The same library where the DOM is: its own types of signals and modules are accepted.
import { backend, fitter, logisticRegression } from "surprisal";
import kernels from "surprisal/kernels.wasm";

const { signal } = new AbortController();
void fitter(logisticRegression, [[1], [2]], ["a", "b"]).run({ signal });
backend.install(new WebAssembly.Module(new ArrayBuffer(8)));
export const instance: WebAssembly.Instance = new WebAssembly.Instance(kernels);
