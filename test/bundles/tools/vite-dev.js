import { existsSync } from "node:fs";
import { join } from "node:path";
import { createServer, version } from "vite";
import { openPage } from "../browser.js";

/** What a page gives on the development server, which bundles dependencies beforehand. */
export async function openInDevelopment(root, read) {
  const cacheDir = join(root, "cache");
  const server = await createServer({
    root,
    cacheDir,
    configFile: false,
    logLevel: "error",
    server: { port: 0, host: "127.0.0.1" },
  });
  try {
    await server.listen();
    const report = await openPage(server.resolvedUrls.local[0], read);
    if (!existsSync(join(cacheDir, "deps/surprisal.js"))) throw new Error("the library was not bundled beforehand");
    return report;
  } finally {
    await server.close();
  }
}

export default {
  name: "Vite dev",
  version,
  apps: ["one", "fit", "worker"],
  places: ["Chromium"],
  build: () => [],
  run: ({ folder }) => openInDevelopment(folder),
};
