import { join } from "node:path";
import { VERSION, build } from "rolldown";
import { page, write } from "../apps.js";
import { openFiles } from "../browser.js";

export default {
  name: "rolldown",
  version: VERSION,
  apps: ["one", "fit"],
  measured: true,
  places: ["Chromium"],
  async build({ folder }) {
    const file = join(folder, "out/app.js");
    await build({
      input: join(folder, "script.js"),
      platform: "browser",
      output: { file, format: "esm", minify: true },
      logLevel: "warn",
    });
    write(join(folder, "out/index.html"), page("app.js"));
    return [file];
  },
  run: ({ folder }) => openFiles(join(folder, "out")),
};
