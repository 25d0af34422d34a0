import { existsSync } from "node:fs";
import { join } from "node:path";
import { createServer, version } from "vite";
import { openPage } from "../browser.js";

/** The development server, which bundles dependencies beforehand. */
export default {
  name: "Vite dev",
  version,
  apps: ["one", "fit", "worker"],
  places: ["Chromium"],
  build: () => [],
  async run({ folder }) {
    const server = await createServer({
      root: folder,
      configFile: false,
      logLevel: "error",
      cacheDir: join(folder, "cache"),
      server: { port: 0, host: "127.0.0.1" },
    });
    try {
      await server.listen();
      const report = await openPage(server.resolvedUrls.local[0]);
      if (!existsSync(join(folder, "cache/deps/surprisal.js")))
        throw new Error("the library was not bundled beforehand");
      return report;
    } finally {
      await server.close();
    }
  },
};
