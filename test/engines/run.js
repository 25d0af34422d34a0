// Runs the golden suite on every engine installed here, with WebAssembly, with the twin forced and with the build without
// WebAssembly, and compares all hashes with src/verify/expected.ts. `npm run test:engines` installs the engines first.
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));
const out = `${root}build/engines`;

const variants = {
  wasm: { entry: "dist/index.js", mode: "wasm", backend: "wasm" },
  twin: { entry: "dist/index.js", mode: "typescript", backend: "typescript" },
  "surprisal/js": { entry: "dist/js/index.js", mode: "auto", backend: "typescript" },
};

/** One file that prints the version of its engine, the backend and all hashes. */
async function bundle(name, { entry, mode }) {
  const outfile = `${out}/${name.replace("/", "-")}.mjs`;
  const contents = `
    import * as library from "./${entry}";
    import { golden, hashOfHashes } from "./src/verify/suite.ts";
    library.backend.use("${mode}");
    const hashes = golden(library);
    const version = globalThis.Bun?.version ?? globalThis.Deno?.version.deno ?? globalThis.process?.version ?? "?";
    console.log(JSON.stringify({ version, backend: library.backend.name, hash: hashOfHashes(hashes), hashes }));
  `;
  await build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    logLevel: "error",
    outfile,
  });
  return outfile;
}

async function loadExpected() {
  const outfile = `${out}/expected.mjs`;
  await build({ entryPoints: [`${root}src/verify/expected.ts`], format: "esm", outfile });
  return import(outfile);
}

/** The engines of package.json that exist for this platform: name, program and its first arguments. */
function engines() {
  const { optionalDependencies } = JSON.parse(readFileSync(`${here}package.json`, "utf8"));
  const suffix = `-${process.platform}-${process.arch}`;
  return Object.keys(optionalDependencies)
    .filter((name) => name.endsWith(suffix))
    .map((name) => {
      const engine = name.slice(0, -suffix.length);
      const kind = engine.replace(/\d+$/, "");
      const program = `${here}node_modules/${name}/${kind === "deno" ? "deno" : `bin/${kind}`}`;
      return { engine, program, args: kind === "deno" ? ["run", "--no-prompt", "--no-config"] : [] };
    });
}

/** What a file printed; rejects with what went wrong. */
async function run({ engine, program, args }, file) {
  if (!existsSync(program)) throw new Error(`${engine} is not installed: npm ci --prefix test/engines`);
  const env = { ...process.env, DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1", NODE_OPTIONS: "" };
  const { stdout } = await promisify(execFile)(program, [...args, file], { env, maxBuffer: 1 << 26, timeout: 180_000 });
  return JSON.parse(stdout);
}

function firstDifference(expected, got) {
  return [...new Set([...Object.keys(expected), ...Object.keys(got)])].find((name) => expected[name] !== got[name]);
}

mkdirSync(out, { recursive: true });
const { expected } = await loadExpected();
const found = engines();
if (found.length === 0) throw new Error(`No engines are listed for ${process.platform} on ${process.arch}.`);
const files = {};
for (const [name, variant] of Object.entries(variants)) files[name] = await bundle(name, variant);

const problems = [];
let passed = 0;
console.log(["engine".padEnd(16), ...Object.keys(variants).map((name) => name.padEnd(18))].join(""));
for (const engine of found) {
  let label = engine.engine;
  const cells = [];
  for (const [name, { backend }] of Object.entries(variants)) {
    try {
      const result = await run(engine, files[name]);
      label = `${engine.engine.replace(/\d+$/, "")} ${result.version.replace(/^v/, "")}`;
      const different = firstDifference(expected, result.hashes);
      if (result.backend !== backend) problems.push(`${label}, ${name}: runs on ${result.backend}`);
      else if (different !== undefined) problems.push(`${label}, ${name}: first differs in "${different}"`);
      else passed++;
      cells.push(`${result.hash}${different === undefined ? "" : "!"}`);
    } catch (error) {
      problems.push(`${label}, ${name}: ${error.stderr || error.message}`);
      cells.push("failed");
    }
  }
  console.log([label.padEnd(16), ...cells.map((cell) => cell.padEnd(18))].join(""));
}
for (const problem of problems) console.error(problem);
console.log(`engines: ${passed} passed, ${problems.length} failed; ${Object.keys(expected).length} hashes each`);
process.exitCode = problems.length === 0 ? 0 : 1;
