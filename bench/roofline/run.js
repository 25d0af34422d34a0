// npm run bench:roofline [-- --json FILE]: one pass over X (loss and gradient) as a fraction of what reading X alone takes, by
// turns in one run.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import Table from "cli-table3";
import { backend, dataset, likelihoods, objective, random } from "../../dist/index.js";
import { compare, local } from "../compare/measure.js";

const { values: options } = parseArgs({
  options: { json: { type: "string" }, seconds: { type: "string", default: "5" } },
});

process.chdir(fileURLToPath(new URL("../..", import.meta.url)));
mkdirSync("build", { recursive: true });
const flags = ["--runtime", "stub", "--enable", "simd", "-O3", "--noAssert", "--use", "abort="];
const asc = "node_modules/assemblyscript/bin/asc.js";
execFileSync(process.execPath, [asc, "bench/roofline/read.ts", "-o", "build/read.wasm", ...flags]);
const { exports: read } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync("build/read.wasm")));

backend.use("wasm");
const results = [];
for (const [rows, columns] of [
  [100_000, 10],
  [100_000, 30],
  [100_000, 100],
  [20_000, 500],
  [320_000, 28],
  [200_000, 100],
  [100_000, 256],
]) {
  const source = random(7, columns);
  const x = Float64Array.from({ length: rows * columns }, () => 2 * source.uniform() - 1);
  const y = Float64Array.from({ length: rows }, () => source.integer(2));
  const target = objective({ data: dataset(x, y, { columns }), likelihood: likelihoods.bernoulli() });
  const theta = Float64Array.from({ length: columns + 1 }, () => (source.uniform() - 0.5) / 4);
  const out = new Float64Array(columns + 1);
  const start = read.reserve(x.length);
  new Float64Array(read.memory.buffer, start, x.length).set(x);
  const pass = local(() => target.evaluate(theta, out));
  const plain = local(() => read.sum(start, x.length));
  const measured = await compare(pass, { read: plain }, { rounds: 51, seconds: Number(options.seconds) });
  const { ms, ratio, from, to } = measured.peers.read;
  const bytes = 8 * x.length;
  results.push({
    rows,
    columns,
    megabytes: bytes / 1e6,
    read: bytes / ms / 1e6,
    pass: bytes / measured.ours / 1e6,
    ratio,
    from,
    to,
  });
}
const head = ["X", "MB", "reading, GB/s", "pass, GB/s", "fraction of reading", "middle half"];
const table = new Table({ head, style: { head: [], border: [] } });
for (const { rows, columns, megabytes, read: bare, pass, ratio, from, to } of results) {
  const share = (value) => `${(100 * value).toFixed(0)} %`;
  const range = `${share(from)} to ${share(to)}`;
  table.push([`${rows} x ${columns}`, megabytes.toFixed(0), bare.toFixed(1), pass.toFixed(1), share(ratio), range]);
}
console.log(`Loss and gradient of a data set beside a plain SIMD sum of the same bytes\n${table}`);
if (options.json !== undefined)
  writeFileSync(
    options.json,
    `${JSON.stringify({ title: "Passes over X and reading it", node: process.version, results }, null, 2)}\n`,
  );
