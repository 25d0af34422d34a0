import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Miniflare } from "miniflare";
import { write } from "../apps.js";
import { emitted } from "../measure.js";
import { run } from "../processes.js";

const require = createRequire(import.meta.url);
const { version, bin } = require("wrangler/package.json");
const wrangler = join(require.resolve("wrangler/package.json"), "..", bin.wrangler);

/** Before 2025-06-01 bytes cannot be compiled at all: only a kernel that arrived as a module gives "wasm". */
const dates = { "workerd, before 2025-06": "2024-09-23", workerd: "2026-04-01" };

/** The modules of a worker as wrangler would upload them. */
export async function bundle(folder, project) {
  const args = ["deploy", "--dry-run", "--minify", "--outdir", "out"];
  await run(process.execPath, [wrangler, ...args], { cwd: folder, project });
  return emitted(join(folder, "out"));
}

/** What the worker answers. */
export async function ask(files, { compatibilityDate, path = "" }) {
  const modules = files.map((file) => ({
    type: file.endsWith(".wasm") ? "CompiledWasm" : "ESModule",
    path: basename(file),
    contents: readFileSync(file),
  }));
  modules.sort((a, b) => Number(a.type === "CompiledWasm") - Number(b.type === "CompiledWasm"));
  const miniflare = new Miniflare({ modules, compatibilityDate, cf: false, host: "127.0.0.1", port: 0 });
  try {
    const response = await miniflare.dispatchFetch(`http://app.test/${path}`);
    if (!response.ok) throw new Error(await response.text());
    return await response.json();
  } finally {
    await miniflare.dispose();
  }
}

/** Whether the condition `workerd` was taken: then the kernels arrive as a module. */
export function checkKernels(files) {
  const { length } = files.filter((file) => file.endsWith(".wasm"));
  if (length !== 1) throw new Error(`not the workerd condition: ${length} modules of kernels`);
}

export default {
  name: "wrangler",
  version,
  apps: ["one", "fit"],
  measured: true,
  // It collects the modules beside the scripts while it reads, before anything is dropped.
  keepsKernels: true,
  places: Object.keys(dates),
  async build({ folder, project, app }) {
    const config = { name: "app", main: "fetch.js", compatibility_date: "2026-04-01", send_metrics: false };
    write(join(folder, "wrangler.json"), JSON.stringify(config));
    const files = await bundle(folder, project);
    if (app !== "empty") checkKernels(files);
    return files;
  },
  run: ({ place, files }) => ask(files, { compatibilityDate: dates[place] }),
};
