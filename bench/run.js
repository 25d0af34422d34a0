// npm run bench [-- --only NAME] [--json FILE]: every kernel beside the plain loop, from 8 to 1e6 elements.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Bench } from "tinybench";
import { backend, cases, modes } from "./cases.js";
import { startup } from "./startup.js";

const { values: options } = parseArgs({
  options: {
    json: { type: "string" },
    only: { type: "string" },
    time: { type: "string", default: "60" },
  },
});

let sink = 0;

/** Enough calls in one sample that the clock's own steps do not matter: about 20 microseconds. */
function repeatsFor(task) {
  let repeats = 1;
  for (;;) {
    const start = performance.now();
    for (let i = 0; i < repeats; i++) sink += task();
    if (performance.now() - start > 0.02 || repeats > 1e5) return repeats;
    repeats *= 2;
  }
}

/** Median nanoseconds per element of each way, warm, in one run. */
async function measure({ make }, n) {
  const bench = new Bench({ time: Number(options.time), warmupTime: Number(options.time) / 2, iterations: 8 });
  const tasks = [];
  const add = (name, elements, task, beforeAll) => {
    beforeAll();
    for (let i = 0; i < 3; i++) sink += task();
    const repeats = repeatsFor(task);
    tasks.push({ name, elements, repeats });
    const run = () => {
      for (let i = 0; i < repeats; i++) sink += task();
    };
    bench.add(name, run, { beforeAll });
  };
  for (const mode of modes) {
    backend.use(mode);
    const { elements, library } = make(n);
    add(mode, elements, library, () => backend.use(mode));
  }
  backend.use("auto");
  const { elements, plain } = make(n);
  add("plain", elements, plain, () => backend.use("auto"));
  await bench.run();
  return Object.fromEntries(
    tasks.map(({ name, elements, repeats }) => {
      const { latency } = bench.getTask(name).result;
      return [name, (latency.p50 * 1e6) / (elements * repeats)];
    }),
  );
}

const pad = (text, width) => String(text).padStart(width);
const results = [];
for (const item of cases) {
  if (options.only !== undefined && !item.name.includes(options.only)) continue;
  console.log(`\n${item.name} (copies ${item.copies}), ns per element`);
  console.log(["elements", ...modes, "plain", "plain/auto", "twin/plain"].map((text) => pad(text, 11)).join(""));
  for (const n of item.sizes) {
    const ns = await measure(item, n);
    const best = ns.auto ?? ns.typescript;
    const cells = [...modes, "plain"].map((mode) => ns[mode].toFixed(2));
    console.log(
      [n, ...cells, (ns.plain / best).toFixed(2), (ns.typescript / ns.plain).toFixed(2)]
        .map((text) => pad(text, 11))
        .join(""),
    );
    results.push({ name: item.name, copies: item.copies, elements: n, nanoseconds: ns });
  }
}
if (options.only === undefined || "start-up".includes(options.only)) {
  const start = startup();
  const { milliseconds, from, to, aim } = start;
  const [ms, low, high] = [milliseconds, from, to].map((value) => value.toFixed(1));
  console.log(
    `\n${start.name}: ${ms} ms, the middle half ${low} to ${high}; aim ${aim}${milliseconds > aim ? ", missed" : ""}`,
  );
  results.push(start);
}
if (options.json !== undefined)
  writeFileSync(options.json, `${JSON.stringify({ node: process.version, results }, null, 2)}\n`);
if (Number.isNaN(sink)) console.log("");
