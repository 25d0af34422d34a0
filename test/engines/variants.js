// The columns of the table: which build runs where, and which backend must answer.

const isolated = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};
const policy = (scripts) => ({
  "Content-Security-Policy": `default-src 'none'; script-src ${scripts}; connect-src 'self'; worker-src 'self'`,
});

const wasm = { build: "default", backend: "wasm", expected: "wasm" };
const twin = { build: "default", backend: "typescript", expected: "typescript" };
const js = { build: "js", expected: "typescript" };

/** Programs that are run: main thread and worker. */
export const script = {
  wasm,
  twin,
  "surprisal/js": js,
  "worker, wasm": { ...wasm, worker: true },
  "worker, twin": { ...twin, worker: true },
};

/** Pages: the same, on isolated pages, and under policies with which the library is left to choose by itself. */
export const page = {
  ...script,
  isolated: { ...wasm, isolated: true, headers: isolated },
  "isolated worker": { ...wasm, isolated: true, worker: true, headers: isolated },
  "policy: no wasm": { build: "default", expected: "typescript", headers: policy("'self'") },
  "policy: wasm": { build: "default", expected: "wasm", headers: policy("'self' 'wasm-unsafe-eval'") },
};

/** Workers of workerd; from bytes, only recent compatibility dates may compile. */
export const workerd = (bytes) => ({
  wasm: { ...wasm, build: "workerd" },
  twin: { ...twin, build: "workerd" },
  "surprisal/js": js,
  "from bytes": { build: "default", expected: bytes },
});

export const columns = [...new Set([script, page, workerd("wasm")].flatMap((variants) => Object.keys(variants)))];
