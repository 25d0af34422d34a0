// npm run bench:growth [-- --json FILE]: time of the processor and memory of one gradient and of one fit of a logistic regression against the
// number of rows and of columns, over four decades each; every size in a process of its own. A gradient should grow as n·d.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import Table from "cli-table3";
import { dataset, likelihoods, logisticRegression, objective, priors, random } from "../dist/index.js";

const BY_ROWS = [100, 1000, 10_000, 100_000, 1_000_000].map((rows) => [rows, 10]);
const BY_COLUMNS = [1, 10, 100, 1000, 10_000].map((columns) => [1000, columns]);

/** Milliseconds that the processor spent in this process. */
function spent() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The least of some seconds of samples of one call, in milliseconds of the processor: what else the machine does only adds. */
function least(task, seconds) {
  const until = performance.now() + 1000 * seconds;
  let best = Infinity;
  for (let samples = 0, calls = 1; samples < 3 || performance.now() < until; samples++) {
    const start = spent();
    for (let i = 0; i < calls; i++) task();
    const taken = spent() - start;
    if (taken < 2) calls *= 2;
    else best = Math.min(best, taken / calls);
  }
  return best;
}

/** One size: times in milliseconds, memory beyond X as given in bytes, iterations of the fit. */
function measure(rows, columns) {
  const source = random(11, rows + columns);
  const x = Float64Array.from({ length: rows * columns }, () => 2 * source.uniform() - 1);
  const y = Float64Array.from({ length: rows }, (_, i) => (x[i * columns] + source.uniform() > 0.5 ? 1 : 0));
  const before = process.memoryUsage().rss;
  const target = objective({ data: dataset(x, y, { columns }), likelihood: likelihoods.bernoulli() });
  const out = new Float64Array(columns + 1);
  const theta = Float64Array.from(out, () => (source.uniform() - 0.5) / columns);
  const gradient = least(() => target.evaluate(theta, out), 1);
  const held = process.memoryUsage().rss - before;
  let fit;
  const whole = least(() => (fit = logisticRegression(x, y, { columns, prior: priors.normal({ sd: 1 }) })), 2);
  const memory = Math.max(0, 1024 * process.resourceUsage().maxRSS - before);
  return { rows, columns, gradient, fit: whole, iterations: fit.iterations, held, memory };
}

/** How the larger half of the sizes grows: the exponent of time against size. */
function exponent(results, of, by) {
  const [first, last] = [results.at(-3), results.at(-1)];
  return Math.log(last[of] / first[of]) / Math.log(last[by] / first[by]);
}

const { values: options } = parseArgs({ options: { json: { type: "string" }, size: { type: "string" } } });

if (options.size !== undefined) {
  console.log(JSON.stringify(measure(...options.size.split("x").map(Number))));
} else {
  const self = fileURLToPath(import.meta.url);
  const run = ([rows, columns]) =>
    JSON.parse(execFileSync(process.execPath, [self, "--size", `${rows}x${columns}`], { encoding: "utf8" }));
  const answer = { node: process.version };
  for (const [by, sizes] of [
    ["rows", BY_ROWS],
    ["columns", BY_COLUMNS],
  ]) {
    const results = sizes.map(run);
    const head = ["X", "gradient ms", "ns a number", "fit ms", "iterations", "memory beyond X, MB", "bytes a number"];
    const table = new Table({ head, style: { head: [], border: [] } });
    for (const { rows, columns, gradient, fit, iterations, memory } of results) {
      const numbers = rows * columns;
      const times = [gradient.toFixed(4), ((1e6 * gradient) / numbers).toFixed(2), fit.toFixed(2), iterations];
      table.push([`${rows} x ${columns}`, ...times, (memory / 1e6).toFixed(1), (memory / numbers).toFixed(1)]);
    }
    const grows = { gradient: exponent(results, "gradient", by), fit: exponent(results, "fit", by) };
    const growth = `a gradient grows as ${by}^${grows.gradient.toFixed(2)}, a fit as ${by}^${grows.fit.toFixed(2)}`;
    console.log(`${table}\nOver the last two decades ${growth}.\n`);
    answer[by] = { results, grows };
  }
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(answer, null, 2)}\n`);
}
