import { join } from "node:path";
import { report } from "../processes.js";

/** No bundler: the installed package, imported and required. */
export default {
  name: "Node",
  version: process.versions.node,
  apps: ["one", "fit"],
  places: ["import", "require"],
  build: () => [],
  run: ({ folder, project, place }) =>
    report(process.execPath, [join(folder, place === "import" ? "script.js" : "script.cjs")], { cwd: folder, project }),
};
