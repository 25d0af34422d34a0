// The same library on JSR, as TypeScript: published dry, and run from its sources.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { filesOf, manifest, root, run, tool } from "./project.js";
import { check, none } from "./report.js";

const deno = tool(`deno-${process.platform}-${process.arch}/deno`);
// The sources import one another as .js; Deno finds the .ts and writes it into what it publishes.
const SLOPPY = "--unstable-sloppy-imports";

/** What jsr.json must export: the source of each entry of the package, each once. */
function expected() {
  const sources = new Map();
  for (const [entry, { types }] of Object.entries(manifest.exports)) {
    const [, path] = types?.match(/^\.\/dist\/types\/(.+)\.d\.ts$/) ?? [];
    if (path !== undefined && !sources.has(path)) sources.set(path, [entry, `./src/${path}.ts`]);
  }
  return Object.fromEntries(sources.values());
}

export async function jsr() {
  const config = JSON.parse(readFileSync(join(root, "jsr.json"), "utf8"));
  const env = { ...process.env, DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" };

  await check("jsr.json exports the source of every entry", () => {
    const wanted = expected();
    none([
      ...Object.entries(wanted)
        .filter(([entry, path]) => config.exports[entry] !== path)
        .map(([entry, path]) => `"${entry}": "${path}" is missing`),
      ...Object.keys(config.exports)
        .filter((entry) => wanted[entry] === undefined)
        .map((entry) => `"${entry}" is no entry of the package`),
    ]);
  });
  if (process.platform !== "linux" || process.arch !== "x64") return;

  await check("deno publish --dry-run: types explicit, every source there, nothing else", async () => {
    const args = ["publish", "--dry-run", "--allow-dirty", SLOPPY, "--config", "jsr.json"];
    const printed = await run("/bin/sh", ["-c", '"$0" "$@" 2>&1', deno, ...args], { cwd: root, env });
    const files = [...printed.matchAll(/^ +file:\/\/\S+? \(/gm)].map(([line]) =>
      decodeURIComponent(line.trim().slice(`file://${root}`.length, -2)),
    );
    const wanted = [
      ...["CHANGELOG.md", "LICENSE", "README.md", "jsr.json"],
      ...filesOf(join(root, "src"))
        .filter((path) => !path.startsWith("cli/"))
        .map((path) => `src/${path}`),
    ];
    none([
      ...(/^Success/m.test(printed) ? [] : [printed]),
      ...wanted.filter((path) => !files.includes(path)).map((path) => `${path} is not published`),
      ...files.filter((path) => !wanted.includes(path)).map((path) => `${path} is published`),
    ]);
  });
  await check("the sources run in Deno as they are", async () => {
    const code = `
      import { backend, logSumExp } from "./src/index.ts";
      console.log(backend.name, logSumExp([1000, 1000]));`;
    const printed = await run(deno, ["eval", SLOPPY, "--no-config", code], { cwd: root, env });
    if (printed.trim() !== "wasm 1000.6931471805599") throw new Error(`printed ${printed}`);
  });
}
