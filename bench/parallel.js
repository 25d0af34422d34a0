// How much faster a pool of two workers is than one thread, in one run: fits and cross-validation of about a second,
// copies included; less than two minutes in all. `npm run bench:parallel`; `-- --workers N`, `-- --json FILE`, and for a
// quick look `-- --share 0.01` of the rows.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { crossValidate, logisticRegression, penalties, random, softmaxRegression } from "../dist/index.js";
import { workerPool } from "../dist/parallel.js";

const { values: given } = parseArgs({
  options: {
    workers: { type: "string", default: "2" },
    repeats: { type: "string", default: "5" },
    share: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    json: { type: "string" },
  },
});
const size = Number(given.workers);
const repeats = Number(given.repeats);
const rowsOf = (rows) => Math.ceil(rows * Number(given.share));

/** Rows of normal-like columns, with labels of K classes that depend on the first ones and on luck. */
function makeData(rows, columns, classes) {
  const numbers = random(1);
  const X = Float64Array.from({ length: rows * columns }, () => numbers.uniform() + numbers.uniform() - 1);
  const y = Uint8Array.from({ length: rows }, (_, i) => {
    const score = X[i * columns] + 0.7 * X[i * columns + 1] - 0.4 * X[i * columns + 2] + numbers.uniform();
    return Math.max(0, Math.min(classes - 1, Math.floor(((score + 1.6) / 4) * classes)));
  });
  return { X, y, options: { columns, penalty: penalties.l2(1e-2) } };
}

const softmax = makeData(rowsOf(40_000), 50, 10);
const folds = makeData(rowsOf(15_000), 30, 6);
const binary = makeData(rowsOf(100_000), 40, 2);

/** What is timed: by one thread and by a pool. */
const cases = {
  [`softmax fit, ${softmax.y.length} x 50, 10 classes`]: [
    () => softmaxRegression(softmax.X, softmax.y, softmax.options),
    (pool) => pool.fit(softmaxRegression, softmax.X, softmax.y, softmax.options),
  ],
  [`logistic fit, ${binary.y.length} x 40`]: [
    () => logisticRegression(binary.X, binary.y, binary.options),
    (pool) => pool.fit(logisticRegression, binary.X, binary.y, binary.options),
  ],
  [`5-fold cross-validation of softmax, ${folds.y.length} x 30, 6 classes`]: [
    () => crossValidate(softmaxRegression, folds.X, folds.y, folds.options),
    (pool) => pool.crossValidate(softmaxRegression, folds.X, folds.y, folds.options),
  ],
  [`10-fold cross-validation of logistic, ${binary.y.length} x 40`]: [
    () => crossValidate(logisticRegression, binary.X, binary.y, binary.options, { folds: 10 }),
    (pool) => pool.crossValidate(logisticRegression, binary.X, binary.y, binary.options, { folds: 10 }),
  ],
};

/** For the runs of one case. */
const MILLISECONDS = 25_000;

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

async function seconds(work) {
  const start = performance.now();
  const result = await work();
  return { time: (performance.now() - start) / 1000, result };
}

/** A text that differs if any bit of a fit or of a cross-validation does. */
const bitsOf = (result) => JSON.stringify(result.fits === undefined ? result : [result.mean, result.fits]);

const pool = workerPool({ size });
const results = {};
for (const [name, [alone, together]] of Object.entries(cases)) {
  if (!name.includes(given.only)) continue;
  const times = { alone: [], together: [], ratio: [] };
  const begin = performance.now();
  // Another run only if it ends in time for all cases to take less than two minutes.
  const hasTime = (run) => (performance.now() - begin) * (1 + 1 / run) < MILLISECONDS;
  for (let run = 0; run < repeats && (run === 0 || hasTime(run)); run++) {
    const one = await seconds(alone);
    const many = await seconds(() => together(pool));
    if (bitsOf(one.result) !== bitsOf(many.result)) throw new Error(`${name}: other bits`);
    times.alone.push(one.time);
    times.together.push(many.time);
    times.ratio.push(one.time / many.time);
  }
  results[name] = { alone: median(times.alone), together: median(times.together), ratio: median(times.ratio) };
  const { alone: a, together: t, ratio } = results[name];
  console.log(
    `${name}: ${a.toFixed(2)} s alone, ${t.toFixed(2)} s by ${size} workers, ${ratio.toFixed(2)} times as fast`,
  );
}
pool.close();
if (given.json !== undefined)
  writeFileSync(
    given.json,
    `${JSON.stringify({ title: "Workers and one thread", workers: size, results }, null, 2)}\n`,
  );
