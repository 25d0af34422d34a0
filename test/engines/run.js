// Runs the golden suite on every engine installed here and compares all bits: `npm run test:engines` installs the engines
// that are npm packages first; browsers come from the system. `-- --only firefox,node` runs engines by the start of their
// names. An engine that is missing is skipped, unless the environment says CI.
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { bundle } from "./bundles.js";
import { chromium } from "./hosts/chromium.js";
import { firefox } from "./hosts/firefox.js";
import { scripts } from "./hosts/scripts.js";
import { webkit } from "./hosts/webkit.js";
import { workerds } from "./hosts/workerd.js";
import { judge } from "./judge.js";
import { selfCheck } from "./selfCheck.js";
import { serve } from "./server.js";
import { columns } from "./variants.js";

const AT_ONCE = 2;
const hosts = [...scripts, ...workerds, chromium, firefox, webkit];

const { values: options } = parseArgs({ options: { only: { type: "string" } } });
const wanted = options.only?.split(",") ?? [""];
const chosen = hosts.filter(({ name }) => wanted.some((start) => name.startsWith(start)));
if (chosen.length === 0) throw new Error(`--only expects ${hosts.map(({ name }) => name).join(", ")}`);

const { verify, inspect, firstDifference } = await import(
  pathToFileURL(new URL("../../dist/verify.js", import.meta.url).pathname).href
);
const report = verify();
const own = { hash: report.expected, inspect, firstDifference };

const problems = await selfCheck(report, own);
const hashes = new Set();
let passed = 0;
let skipped = 0;
if (!report.matches) problems.push(`this Node: other bits than stored: ${report.differences[0]?.name}`);

/** The cell of one variant on an engine that runs. */
async function cell(label, engine, column, variant) {
  const ask = (name) =>
    engine.ask({ build: variant.build, variant, backend: variant.backend, name }).catch((error) => ({
      error: error.stderr || error.stack || String(error),
    }));
  const answer = await ask();
  const problem = await judge({ variant, answer, again: ask, own });
  if (problem === null) passed++;
  else problems.push(`${label}, ${column}: ${problem}`);
  if (answer.error !== undefined) return { text: "failed", version: null };
  hashes.add(answer.result.hash);
  return { text: answer.result.hash + (problem === null ? "" : " !"), version: answer.version };
}

/** The row of an engine: its name with its version, and its cells by column. */
async function row(host, server) {
  const missing = host.missing();
  if (missing !== null) {
    if (process.env.CI) problems.push(`${host.name} is not installed: ${missing}`);
    else skipped++;
    return { label: host.name, note: `not installed${process.env.CI ? "" : ", skipped"}: ${missing}` };
  }
  let engine;
  try {
    engine = await host.start(server);
  } catch (error) {
    problems.push(`${host.name} does not start: ${error.stack}`);
    return { label: host.name, note: "does not start" };
  }
  let { version } = engine;
  const cells = {};
  try {
    for (const [column, variant] of Object.entries(host.variants)) {
      const { text, version: told } = await cell(`${host.name} ${version ?? ""}`.trim(), engine, column, variant);
      version ??= told;
      cells[column] = text;
    }
  } finally {
    await engine.stop();
  }
  return { label: `${host.name.replace(/(-old|\d+)$/, "")} ${version ?? ""}`, cells };
}

const used = columns.filter((column) => chosen.some(({ variants }) => column in variants));
const LABEL = 36;
const line = (label, texts) => [label.padEnd(LABEL), ...texts.map((text) => text.padEnd(19))].join("").trimEnd();

function print({ label, note, cells }) {
  console.log(line(label, note === undefined ? used.map((column) => cells[column] ?? "-") : [note]));
}

const count = ({ variants }) => Object.keys(variants).length;

await bundle();
const server = await serve();
console.log(line("engine", used));
try {
  const rows = [];
  let printed = 0;
  // Those with most to do first, so that no one is left alone with them at the end.
  const waiting = [...chosen].sort((a, b) => count(b) - count(a));
  const lane = async () => {
    while (waiting.length > 0) {
      const host = waiting.shift();
      rows[chosen.indexOf(host)] = await row(host, server);
      while (rows[printed] !== undefined) print(rows[printed++]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
} finally {
  server.close();
}

if (hashes.size === 0) problems.push("no engine ran");
for (const problem of problems) console.error(problem);
const same = problems.length === 0 && hashes.size === 1 && hashes.has(own.hash);
const verdict = same ? `all cells are the one hash ${own.hash}` : `not all cells are the hash ${own.hash}`;
console.log(`${verdict}; ${report.total} entries each${skipped > 0 ? `; engines not installed: ${skipped}` : ""}`);
console.log(`engines: ${passed} passed, ${problems.length} failed`);
process.exitCode = same ? 0 : 1;
