import { join } from "node:path";
import { build, version } from "esbuild";
import { page, write } from "../apps.js";
import { openFiles } from "../browser.js";
import { report } from "../processes.js";

export default {
  name: "esbuild",
  version,
  apps: ["one", "fit"],
  measured: true,
  places: ["Node", "Chromium"],
  async build({ folder }) {
    const outfile = join(folder, "out/app.mjs");
    const options = { bundle: true, minify: true, format: "esm", logLevel: "error" };
    await build({ ...options, entryPoints: [join(folder, "script.js")], outfile });
    write(join(folder, "out/index.html"), page("app.mjs"));
    return [outfile];
  },
  run: ({ folder, project, place, files }) =>
    place === "Node" ? report(process.execPath, files, { cwd: folder, project }) : openFiles(join(folder, "out")),
};
