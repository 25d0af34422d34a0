import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Miniflare } from "miniflare";
import { write } from "../apps.js";
import { emitted } from "../measure.js";
import { run } from "../processes.js";

const require = createRequire(import.meta.url);
const { version, bin } = require("wrangler/package.json");
const wrangler = join(require.resolve("wrangler/package.json"), "..", bin.wrangler);

/** Before 2025-06-01 bytes cannot be compiled at all: only a kernel that arrived as a module gives "wasm". */
const dates = { "workerd, before 2025-06": "2024-09-23", workerd: "2026-04-01" };

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
    await run(process.execPath, [wrangler, "deploy", "--dry-run", "--minify", "--outdir", "out"], {
      cwd: folder,
      project,
    });
    const files = emitted(join(folder, "out"));
    const kernels = files.filter((file) => file.endsWith(".wasm"));
    const uses = app === "one" || app === "fit";
    if (uses && kernels.length !== 1) throw new Error(`not the workerd condition: ${kernels.length} files of kernels`);
    return files;
  },
  async run({ folder, place, files }) {
    const out = join(folder, "out");
    const modules = files.map((file) => ({
      type: file.endsWith(".wasm") ? "CompiledWasm" : "ESModule",
      path: relative(out, file),
      contents: readFileSync(file),
    }));
    modules.sort((a, b) => Number(b.path === "fetch.js") - Number(a.path === "fetch.js"));
    const miniflare = new Miniflare({
      modules,
      compatibilityDate: dates[place],
      cf: false,
      host: "127.0.0.1",
      port: 0,
    });
    try {
      const response = await miniflare.dispatchFetch("http://app.test/");
      if (!response.ok) throw new Error(await response.text());
      return await response.json();
    } finally {
      await miniflare.dispose();
    }
  },
};
