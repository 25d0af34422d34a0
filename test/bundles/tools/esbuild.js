import { join } from "node:path";
import { build, version } from "esbuild";
import { page, write } from "../apps.js";
import { openFiles } from "../browser.js";
import { report } from "../processes.js";

export default {
  name: "esbuild",
  version,
  apps: ["one", "fit", "pool entry"],
  measured: true,
  places: ["Node", "Chromium"],
  async build({ folder, app }) {
    const outfile = join(folder, "out/app.mjs");
    const worker = join(folder, "out/pool-worker.mjs");
    const options = { bundle: true, minify: true, format: "esm", external: ["node:*"], logLevel: "error" };
    await build({ ...options, entryPoints: [join(folder, "script.js")], outfile });
    write(join(folder, "out/index.html"), page("app.mjs"));
    if (app !== "pool entry") return [outfile];
    await build({ ...options, entryPoints: [join(folder, "pool-worker.js")], outfile: worker });
    return [outfile, worker];
  },
  run: ({ folder, project, place, files }) =>
    place === "Node"
      ? report(process.execPath, files.slice(0, 1), { cwd: folder, project })
      : openFiles(join(folder, "out")),
};
