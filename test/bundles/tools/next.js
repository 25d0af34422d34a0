import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { write } from "../apps.js";
import { openPage } from "../browser.js";
import { linkTools } from "../project.js";
import { run, withServer } from "../processes.js";

const require = createRequire(import.meta.url);
const next = require.resolve("next/dist/bin/next");
const root = fileURLToPath(new URL("../../..", import.meta.url));

const sources = {
  "next.config.mjs": `export default { turbopack: { root: ${JSON.stringify(root)} } };\n`,
  "app/layout.js": `export const metadata = { title: "app" };
export default ({ children }) => <html lang="en"><body>{children}</body></html>;\n`,
  "app/server/page.js": `import { compute } from "../../compute.js";
export const dynamic = "force-dynamic";
export default async () => <output>{JSON.stringify(compute())}</output>;\n`,
  "app/client/page.js": `"use client";
import { useEffect } from "react";
import { compute } from "../../compute.js";
export default function Page() {
  useEffect(() => { globalThis.report = compute(); }, []);
  return null;
}\n`,
  "app/edge/route.js": `import { compute } from "../../compute.js";
export const runtime = "edge";
export const GET = () => Response.json({ ...compute(), runtime: globalThis.EdgeRuntime });\n`,
};

async function edge(address) {
  const { runtime, ...report } = await (await fetch(address)).json();
  if (typeof runtime !== "string") throw new Error("the route does not run in the edge runtime");
  return report;
}

export default {
  name: "Next",
  version: require("next/package.json").version,
  apps: ["both"],
  places: ["server component", "client component", "edge route"],
  needsBrowser: (place) => place === "client component",
  async build({ folder, project }) {
    for (const [path, text] of Object.entries(sources)) write(join(folder, path), text);
    linkTools(project, ["next", "react", "react-dom"]);
    await run(process.execPath, [next, "build"], { cwd: folder, project });
    return [];
  },
  run: ({ folder, project, place }) =>
    withServer(process.execPath, [next, "start", "-p", "0", "-H", "127.0.0.1"], { cwd: folder, project }, (address) => {
      if (place === "edge route") return edge(`${address}/edge`);
      if (place === "client component") return openPage(`${address}/client`);
      return serverComponent(`${address}/server`);
    }),
};

async function serverComponent(address) {
  const html = await (await fetch(address)).text();
  const text = /<output>(.*?)<\/output>/.exec(html)?.[1];
  if (text === undefined) throw new Error(`no output in ${html}`);
  return JSON.parse(text.replaceAll("&quot;", '"'));
}
