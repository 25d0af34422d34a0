// Compares the hashes of the built library's results with test/golden/golden.json; with --update writes them there instead.
// Run `npm run build` first. Changed bits are a deliberate act: say why in the commit.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const file = `${root}/test/golden/golden.json`;
const bundled = `${root}/build/golden.mjs`;

mkdirSync(`${root}/build`, { recursive: true });
await build({
  entryPoints: [`${root}/test/golden/golden.ts`],
  bundle: true,
  format: "esm",
  target: "es2022",
  outfile: bundled,
});
const { golden, hashOfHashes } = await import(pathToFileURL(bundled).href);
const library = await import(pathToFileURL(`${root}/dist/index.js`).href);

function difference(a, b) {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name]);
}

function report(title, names) {
  if (names.length === 0) return;
  console.error(`${title}: ${names.length}`);
  for (const name of names.slice(0, 20)) console.error(`  ${name}`);
  if (names.length > 20) console.error(`  and ${names.length - 20} more`);
}

library.backend.use("wasm");
const wasm = golden(library);
library.backend.use("typescript");
const typescript = golden(library);
const disagreement = difference(wasm, typescript);
if (disagreement.length > 0) {
  report("The backends disagree", disagreement);
  process.exit(1);
}
console.log(`${Object.keys(wasm).length} hashes, all together ${hashOfHashes(wasm)}, the same on both backends.`);

let stored = {};
try {
  stored = JSON.parse(readFileSync(file, "utf8"));
} catch (error) {
  if (error.code !== "ENOENT") throw error;
}
const changed = difference(wasm, stored);
report("Other bits than stored", changed);
if (process.argv.includes("--update")) writeFileSync(file, `${JSON.stringify(wasm, null, 2)}\n`);
else if (changed.length > 0) process.exit(1);
