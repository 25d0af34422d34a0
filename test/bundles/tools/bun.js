import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { page, write } from "../apps.js";
import { openFiles } from "../browser.js";
import { report, run } from "../processes.js";

const installed = fileURLToPath(new URL(`../node_modules/bun-${process.platform}-${process.arch}/`, import.meta.url));
const missing = existsSync(installed) ? null : `not installed for ${process.platform} on ${process.arch}`;
const bun = join(installed, "bin/bun");

export default {
  name: "bun build",
  version: missing ? "?" : JSON.parse(readFileSync(join(installed, "package.json"), "utf8")).version,
  missing,
  apps: ["one", "fit", "pool entry"],
  measured: true,
  places: ["Bun", "Chromium"],
  async build({ folder, project, app }) {
    const bundle = async (script, name) => {
      const file = join(folder, "out", name);
      const options = ["--minify", "--target=browser", "--external=node:*", `--outfile=${file}`];
      await run(bun, ["build", script, ...options], { cwd: folder, project });
      return file;
    };
    const files = [await bundle("script.js", "app.js")];
    if (app === "pool entry") files.push(await bundle("pool-worker.js", "pool-worker.mjs"));
    write(join(folder, "out/index.html"), page("app.js"));
    return files;
  },
  run: ({ folder, project, place, files }) =>
    place === "Bun" ? report(bun, files.slice(0, 1), { cwd: folder, project }) : openFiles(join(folder, "out")),
};
