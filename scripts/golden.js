// Compares the hashes of what the library computes, on both backends, with src/verify/expected.ts; with --update writes
// them there instead. `npm run build` first, for the kernels. Changed bits are a deliberate act: say why in the commit.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { format, resolveConfig } from "prettier";

const root = fileURLToPath(new URL("..", import.meta.url));
const file = `${root}/src/verify/expected.ts`;

/** What modules of src/verify export. */
async function load(...names) {
  const outfile = `${root}/build/golden-${names.join("-")}.mjs`;
  const contents = names.map((name) => `export * from "./${name}.js";`).join("\n");
  const stdin = { contents, resolveDir: `${root}/src/verify`, loader: "ts" };
  await build({ stdin, bundle: true, format: "esm", target: "es2022", outfile });
  return import(pathToFileURL(outfile).href);
}

function difference(a, b) {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name]);
}

function report(title, names) {
  if (names.length === 0) return;
  console.error(`${title}: ${names.length}`);
  for (const name of names.slice(0, 20)) console.error(`  ${name}`);
  if (names.length > 20) console.error(`  and ${names.length - 20} more`);
}

/** Conflicts of a merge in the file are settled by --update: what it held is lost. */
async function readExpected() {
  try {
    return (await load("expected")).expected;
  } catch (error) {
    if (process.argv.includes("--update")) return {};
    throw error;
  }
}

mkdirSync(`${root}/build`, { recursive: true });
const { golden, hashOfHashes, library } = await load("library", "suite");
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

const stored = await readExpected();
const changed = Object.keys(stored).filter((name) => wasm[name] !== stored[name]);
report(
  "Not stored yet",
  Object.keys(wasm).filter((name) => !(name in stored)),
);
report("Other bits than stored, or gone", changed);
if (process.argv.includes("--update")) {
  const text = `/** Name → hash; written by \`node scripts/golden.js --update\`. */
export const expected: Readonly<Record<string, string>> = ${JSON.stringify(wasm)};\n`;
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
} else if (difference(wasm, stored).length > 0) process.exit(1);
