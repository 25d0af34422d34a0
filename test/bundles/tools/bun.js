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
  apps: ["one", "fit"],
  measured: true,
  places: ["Bun", "Chromium"],
  async build({ folder, project }) {
    const file = join(folder, "out/app.js");
    await run(bun, ["build", "script.js", "--minify", "--target=browser", `--outfile=${file}`], {
      cwd: folder,
      project,
    });
    write(join(folder, "out/index.html"), page("app.js"));
    return [file];
  },
  run: ({ folder, project, place, files }) =>
    place === "Bun" ? report(bun, files, { cwd: folder, project }) : openFiles(join(folder, "out")),
};
