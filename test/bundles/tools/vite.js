import { join } from "node:path";
import { build, preview, version } from "vite";
import { openPage } from "../browser.js";
import { emitted } from "../measure.js";

const common = (folder) => ({ root: folder, configFile: false, logLevel: "error" });

export default {
  name: "Vite build",
  version,
  apps: ["one", "fit", "worker", "pool"],
  measured: true,
  places: ["Chromium"],
  async build({ folder }) {
    await build({ ...common(folder), build: { outDir: "out" } });
    return emitted(join(folder, "out"));
  },
  async run({ folder }) {
    const server = await preview({
      ...common(folder),
      build: { outDir: "out" },
      preview: { port: 0, host: "127.0.0.1" },
    });
    try {
      return await openPage(server.resolvedUrls.local[0]);
    } finally {
      await server.close();
    }
  },
};
