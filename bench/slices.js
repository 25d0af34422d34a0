// How far `step({ budgetMs })` runs beyond its budget, for fits of 10,000 rows and 32 columns, whole and separated, on
// either backend; and what 100,000 steps, or predictions of a network into an array, leave on the heap. Run by `npm run bench:slices`; times are never asserted in tests.
import {
  backend,
  dataset,
  fitter,
  linearRegression,
  logisticRegression,
  losses,
  minimizer,
  mlp,
  objective,
  penalties,
  random,
} from "../dist/index.js";

const ROWS = 10_000;
const COLUMNS = 32;
const BUDGET = 2;
const LIMIT = 0.5;
const RUNS = 6;

const generator = random(7);
const x = Float64Array.from({ length: ROWS * COLUMNS }, () => generator.uniform() * 2 - 1);
const score = (i) => {
  let sum = 0;
  for (let j = 0; j < COLUMNS; j++) sum += x[i * COLUMNS + j] * (((j * 7) % 5) - 2);
  return sum;
};
const numbers = Float64Array.from({ length: ROWS }, (_, i) => score(i) + generator.uniform() * 8 - 4);
const labels = numbers.map((value) => Number(value > 0));
const apart = Float64Array.from({ length: ROWS }, (_, i) => Number(score(i) > 0));
const counts = numbers.map((value) => Math.max(0, Math.round(value)));

const jobs = {
  "logistic, Newton": () => fitter(logisticRegression, x, labels, { columns: COLUMNS }),
  "logistic, standardized, L1": () =>
    fitter(logisticRegression, x, labels, { columns: COLUMNS, standardize: true, penalty: penalties.l1(0.01) }),
  "logistic, classes apart": () => fitter(logisticRegression, x, apart, { columns: COLUMNS }),
  "counts, Poisson": () =>
    minimizer(objective({ data: dataset(x, counts, { columns: COLUMNS }), loss: losses.poisson() })),
  "network of 64, Adam": () =>
    fitter(mlp, x, labels, { columns: COLUMNS, targets: "classes", hidden: [64], epochs: 1 }),
  linear: () => fitter(linearRegression, x, numbers, { columns: COLUMNS }),
};

const quantile = (sorted, p) => sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))];

/**
 * What steps of a budget spend beyond it; and what each unit takes, the least of several runs, which a busy machine does
 * not lengthen: a step spends at most its last unit beyond its budget.
 */
function measure(make) {
  const over = [];
  const units = [];
  let whole = Infinity;
  let start = Infinity;
  for (let run = 0; run < RUNS; run++) {
    const before = performance.now();
    const job = make();
    const begun = performance.now();
    start = Math.min(start, begun - before);
    for (let done = false; !done;) {
      const from = performance.now();
      done = job.step({ budgetMs: BUDGET });
      over.push(Math.max(0, performance.now() - from - BUDGET));
    }
    whole = Math.min(whole, performance.now() - begun);
    const again = make();
    for (let unit = 0, done = false; !done; unit++) {
      const from = performance.now();
      done = again.step({ units: 1 });
      units[unit] = Math.min(units[unit] ?? Infinity, performance.now() - from);
    }
  }
  over.sort((a, b) => a - b);
  units.sort((a, b) => a - b);
  return {
    ...{ units: units.length, start, whole, p99: quantile(over, 0.99) },
    ...{ unit: quantile(units, 0.5), unit99: quantile(units, 0.99), longest: units.at(-1) },
  };
}

/** Bytes that many steps of a job leave on the heap, after collection: the least of three rounds, since a leak is in all. */
async function heapAfterSteps(steps) {
  const { gc } = globalThis;
  if (gc === undefined) return NaN;
  const target = objective({
    data: dataset(x.subarray(0, 64 * COLUMNS), labels.subarray(0, 64), { columns: COLUMNS }),
    loss: losses.binaryCrossEntropy(),
    penalty: penalties.l2(1e-3),
  });
  const heapAfter = async (count) => {
    let job = minimizer(target);
    for (let i = 0; i < count; i++) if (job.step({ units: 1 })) job = minimizer(target);
    // What is finalised is finalised between tasks.
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (let i = 0; i < 6; i++) gc();
    return process.memoryUsage().heapUsed;
  };
  let least = Infinity;
  let before = await heapAfter(steps);
  for (let round = 0; round < 3; round++) {
    const after = await heapAfter(steps);
    least = Math.min(least, after - before);
    before = after;
  }
  return least;
}

/** The same of rows predicted into an array, one after the other. */
function heapAfterPredictions(calls) {
  const { gc } = globalThis;
  if (gc === undefined) return NaN;
  const options = { columns: COLUMNS, targets: "classes", hidden: [16], epochs: 1 };
  const fit = mlp(x.subarray(0, 1000 * COLUMNS), labels.subarray(0, 1000), options);
  const row = x.slice(0, COLUMNS);
  const out = new Float64Array(1);
  const heapAfter = (count) => {
    for (let i = 0; i < count; i++) fit.predictInto(row, out);
    for (let i = 0; i < 6; i++) gc();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  heapAfter(calls);
  const before = heapAfter(0);
  return heapAfter(calls) - before;
}

let failed = false;
for (const name of ["wasm", "typescript"]) {
  backend.use(name);
  console.log(`${name}: milliseconds (${ROWS} x ${COLUMNS})`);
  const heads = ["units", "start", "whole", "over p99", "unit", "unit p99", "longest"];
  console.log("job".padEnd(28), ...heads.map((word) => word.padStart(9)));
  for (const [job, make] of Object.entries(jobs)) {
    const { units, ...times } = measure(make);
    const shown = Object.values(times).map((value) => value.toFixed(3).padStart(9));
    console.log(job.padEnd(28), String(units).padStart(9), ...shown);
    if (times.unit99 > LIMIT) failed = true;
  }
  console.log();
}
backend.use("auto");
const heaps = { steps: await heapAfterSteps(100_000), "predictions into an array": heapAfterPredictions(100_000) };
for (const [what, bytes] of Object.entries(heaps)) {
  const said = Number.isNaN(bytes) ? "run with --expose-gc" : `${(bytes / 1024).toFixed(1)} kB more`;
  console.log(`heap after 100,000 ${what}: ${said}`);
  if (bytes > 64 * 1024) failed = true;
}
if (failed) console.log(`over the limits: ${LIMIT} ms at the 99th percentile, 64 kB`);
process.exitCode = failed ? 1 : 0;
