// What an application carries, minified and gzipped, of every entry and of every public name by itself; fails over budget.
// The build prints the entries; `npm run size` all, in the shape that the gate adds up; `-- --write` puts them in the README.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Bytes, gzipped, that an entry may have; an entry without a budget fails. */
const BUDGETS = {
  surprisal: 201_000,
  "surprisal/losses": 48_000,
  "surprisal/likelihoods": 46_800,
  "surprisal/priors": 7_300,
  "surprisal/penalties": 6_500,
  "surprisal/optimizers": 35_500,
  "surprisal/models": 25_800,
  "surprisal/diagnostics": 42_500,
  "surprisal/distributions": 26_000,
  "surprisal/metrics": 8_000,
  "surprisal/special": 11_500,
  "surprisal/parallel": 134_000,
  "surprisal/parallel/worker": 141_000,
  "surprisal/verify": 239_500,
  "surprisal/inline": 201_000,
  "surprisal/js": 182_500,
  "surprisal/js/verify": 220_500,
  "surprisal/kernels.wasm": 11_000,
  "losses and linear fits": 102_000,
};

/** Bytes, gzipped, that any one name may bring along: less than everything, so that shaking is seen to work. */
const ONE_NAME = 130_000;

const together = {
  "losses and linear fits": `
    export * from "./dist/losses.js";
    export { linearRegression, logisticRegression, softmaxRegression } from "./dist/index.js";`,
};

/** What the README tells: a name of an entry or of one export, and what it is there. */
const TOLD = {
  surprisal: "everything",
  "losses and linear fits": "all losses, `linearRegression`, `logisticRegression`, `softmaxRegression`",
  "surprisal/losses": "all losses",
  "surprisal/distributions": "all distributions",
  "surprisal/metrics": "all metrics",
  logSumExp: "`logSumExp` alone, with all kernels",
  "losses.huber": "`losses.huber` alone",
  logisticRegression: "`logisticRegression` alone: data, solvers, certificates, diagnoses",
  mlp: "`mlp` alone",
};

/** How far a size may be from what the README tells before that has to be written again. */
const STALE = 0.04;

const README = join(root, "README.md");
const MARKED = /(<!-- sizes -->\n)[^]*?(\n<!-- end of sizes -->)/;

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/** Writes the table of the README. */
async function writeTold(sizes) {
  const rows = Object.entries(TOLD).map(
    ([name, what]) => `| ${what} | ${kilobytes(sizes[name].minified)} | ${kilobytes(sizes[name].gzip)} |`,
  );
  const table = ["", "| what | minified | gzipped |", "| --- | ---: | ---: |", ...rows, ""].join("\n");
  const text = readFileSync(README, "utf8").replace(MARKED, (_, begin, end) => begin + table + end);
  const { format, resolveConfig } = await import("prettier");
  writeFileSync(README, await format(text, { ...(await resolveConfig(README)), filepath: README }));
}

/** What the README tells and is no longer so. */
function staleTold(sizes) {
  const text = readFileSync(README, "utf8").match(MARKED)?.[0] ?? "";
  return Object.entries(TOLD).flatMap(([name, what]) => {
    const row = text.split("\n").find((line) => line.startsWith(`| ${what} `));
    const told = [...(row ?? "").matchAll(/([\d.]+) kB/g)].map(([, number]) => Number(number) * 1000);
    const { minified, gzip } = sizes[name];
    const near = (size, number) => Math.abs(size - number) <= STALE * size;
    if (near(minified, told[0]) && near(gzip, told[1])) return [];
    return [`README.md: "${what}" is ${kilobytes(minified)}, ${kilobytes(gzip)} gzipped: npm run size -- --write`];
  });
}

async function sizeOf(code) {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root, loader: "js" },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    write: false,
    logLevel: "error",
    legalComments: "none",
  });
  return weigh(outputFiles[0].contents);
}

function weigh(contents) {
  return { minified: contents.length, gzip: gzipSync(contents, { level: 9 }).length };
}

/** Name → size of every entry of package.json and of what is often taken together. */
async function entrySizes() {
  const { name, exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const sizes = {};
  for (const [entry, conditions] of Object.entries(exports)) {
    const file = typeof conditions === "string" ? conditions : conditions.default;
    if (file.endsWith(".js")) sizes[name + entry.slice(1)] = await sizeOf(`export * from "${file}";`);
    else if (file.endsWith(".wasm")) sizes[name + entry.slice(1)] = weigh(readFileSync(join(root, file)));
  }
  for (const [what, code] of Object.entries(together)) sizes[what] = await sizeOf(code);
  return sizes;
}

/** Name → size of every public name alone, and of every member of the namespaces, each from its own entry. */
async function nameSizes(entries) {
  const sizes = {};
  const library = await import(pathToFileURL(join(root, "dist/index.js")).href);
  for (const [name, value] of Object.entries(library)) {
    if (`surprisal/${name}` in entries) {
      for (const member of Object.keys(value)) {
        sizes[`${name}.${member}`] = await sizeOf(`export { ${member} } from "./dist/${name}.js";`);
      }
    } else sizes[name] = await sizeOf(`export { ${name} } from "./dist/index.js";`);
  }
  return sizes;
}

function print(title, sizes) {
  console.log(title.padEnd(36), "minified".padStart(10), "gzip".padStart(10), "budget".padStart(10));
  for (const [name, { minified, gzip }] of Object.entries(sizes)) {
    const numbers = [minified, gzip, BUDGETS[name] ?? ""];
    console.log(name.padEnd(36), ...numbers.map((number) => number.toLocaleString("en").padStart(10)));
  }
}

export async function printEntrySizes() {
  print("size in bytes", await entrySizes());
}

async function main() {
  const entries = await entrySizes();
  const names = await nameSizes(entries);
  print("entry, in bytes", entries);
  console.log();
  print("one name alone, in bytes", names);
  const all = { ...names, ...entries };
  if (process.argv.includes("--write")) await writeTold(all);
  const problems = staleTold(all);
  for (const [name, { gzip }] of Object.entries(entries)) {
    if (BUDGETS[name] === undefined) problems.push(`${name} has no budget`);
    else if (gzip > BUDGETS[name]) problems.push(`${name}: ${gzip} bytes, budget ${BUDGETS[name]}`);
  }
  for (const name of Object.keys(BUDGETS)) if (!(name in entries)) problems.push(`${name} has a budget and no entry`);
  for (const [name, { gzip }] of Object.entries(names)) {
    if (gzip > ONE_NAME) problems.push(`${name} alone: ${gzip} bytes, budget ${ONE_NAME}`);
  }
  for (const problem of problems) console.error(problem);
  const checks = Object.keys(all).length + Object.keys(TOLD).length;
  console.log(`size: ${checks - problems.length} passed, ${problems.length} failed`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
