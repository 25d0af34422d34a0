import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));
export const out = `${root}build/engines`;

const { exports } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));

/** The built entry that each variant runs: the file an application gets. */
const builds = {
  default: exports["./verify"].default,
  js: exports["./js/verify"].default,
  workerd: exports["./verify"].workerd,
};

const programs = {
  default: ["script", "thread", "worker", "page", "workerd"],
  js: ["script", "thread", "worker", "page", "workerd"],
  workerd: ["workerd"],
};

/** WebAssembly modules stay imports, as every bundler for workerd leaves them. */
const wasmImports = {
  name: "wasm-imports",
  setup(plugin) {
    plugin.onResolve({ filter: /\.wasm$/ }, () => ({ path: "./kernels.wasm", external: true }));
  },
};

/** Every program with every build that it runs, as `<out>/<build>/<program>.mjs`. */
export async function bundle() {
  for (const [name, file] of Object.entries(builds)) {
    await build({
      entryPoints: programs[name].map((program) => `${here}programs/${program}.js`),
      outdir: `${out}/${name}`,
      outExtension: { ".js": ".mjs" },
      alias: { "#verify": `${root}${file}` },
      plugins: [wasmImports],
      external: ["node:*"],
      bundle: true,
      format: "esm",
      platform: "neutral",
      target: "es2022",
      logLevel: "error",
    });
  }
}
