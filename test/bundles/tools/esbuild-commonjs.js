import { join } from "node:path";
import { build, version } from "esbuild";
import { report } from "../processes.js";

/** `require("surprisal")`, bundled to CommonJS: whole, since require does not shake. */
export default {
  name: "esbuild to CommonJS",
  version,
  apps: ["one", "fit"],
  places: ["Node"],
  async build({ folder }) {
    const outfile = join(folder, "out/app.cjs");
    const options = { bundle: true, minify: true, format: "cjs", platform: "node", logLevel: "error" };
    await build({ ...options, entryPoints: [join(folder, "script.cjs")], outfile });
    return [outfile];
  },
  run: ({ folder, project, files }) => report(process.execPath, files, { cwd: folder, project }),
};
