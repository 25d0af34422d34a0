import { join } from "node:path";
import webpack from "webpack";
import { page, write } from "../apps.js";
import { openFiles } from "../browser.js";
import { emitted } from "../measure.js";

export default {
  name: "webpack",
  version: webpack.version,
  apps: ["one", "fit", "worker", "pool"],
  measured: true,
  places: ["Chromium"],
  async build({ folder }) {
    const path = join(folder, "out");
    const compiler = webpack({
      mode: "production",
      context: folder,
      entry: "./script.js",
      output: { path, filename: "app.js" },
      performance: { hints: false },
    });
    const stats = await new Promise((resolve, reject) =>
      compiler.run((error, done) => (error ? reject(error) : resolve(done))),
    );
    await new Promise((resolve) => compiler.close(resolve));
    if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString("errors-warnings"));
    write(join(path, "index.html"), page("app.js"));
    return emitted(path);
  },
  run: ({ folder }) => openFiles(join(folder, "out")),
};
