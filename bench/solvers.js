// How far each solver is, and how fast, on problems of different shape: passes over the data and milliseconds until the
// objective is within 1e-8 of the best, relatively, and at the end of the run with its status.
//
//   npm run bench:solvers -- [--only PROBLEM] [--solver NAME]
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import * as surprisal from "../dist/index.js";
import * as special from "../dist/special.js";

const { backend, dataset, likelihoods, minimize, objective, optimizers, priors, random } = surprisal;

const { values: options } = parseArgs({
  options: { only: { type: "string" }, solver: { type: "string" }, limit: { type: "string", default: "20000" } },
});

const SUBOPTIMALITY = 1e-8;

const normalOf = (generator) => special.normalQuantile(generator.uniform());

/** A column-scaled Gaussian design with classes drawn from a linear model; correlation by a common factor. */
function drawn(seed, { rows, columns, classes = 2, scale = () => 1, correlation = 0, sd = 1 }) {
  const generator = random(seed);
  const x = new Float64Array(rows * columns);
  const coefficients = Float64Array.from({ length: classes * columns }, () => normalOf(generator) / Math.sqrt(columns));
  const labels = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const common = normalOf(generator);
    for (let j = 0; j < columns; j++) {
      const own = normalOf(generator);
      x[i * columns + j] = Math.sqrt(correlation) * common + Math.sqrt(1 - correlation) * own;
    }
    let best = -Infinity;
    for (let k = 0; k < classes; k++) {
      let score = -Math.log(-Math.log(generator.uniform()));
      for (let j = 0; j < columns; j++) score += 2 * coefficients[k * columns + j] * x[i * columns + j];
      if (score > best) [best, labels[i]] = [score, k];
    }
  }
  for (let i = 0; i < x.length; i++) x[i] *= scale(i % columns);
  const data = dataset(x, labels, { columns });
  const likelihood = classes === 2 ? likelihoods.bernoulli() : likelihoods.categorical({ classes });
  return objective({ data, likelihood, prior: sd === Infinity ? priors.flat() : priors.normal({ sd }) });
}

/** A table of the examples: a target, then features, as they are or standardized. */
function table(name, classes, standardize) {
  const path = new URL(`../examples/data/${name}.csv`, import.meta.url);
  const lines = readFileSync(path, "utf8").trim().split("\n").slice(1);
  const rows = lines.map((line) => line.split(",").map(Number));
  const x = rows.map((row) => row.slice(1));
  const y = rows.map((row) => row[0]);
  const likelihood = classes === 2 ? likelihoods.bernoulli() : likelihoods.categorical({ classes });
  return objective({ data: dataset(x, y, { standardize }), likelihood, prior: priors.normal({ sd: 1 }) });
}

const spread = (from, to, columns) => (j) => from * (to / from) ** (j / (columns - 1));

const problems = {
  "breast cancer": () => table("breast_cancer", 2, true),
  "breast cancer, raw": () => table("breast_cancer", 2, false),
  digits: () => table("digits", 10, false),
  "plain 5000 x 20": () => drawn(1, { rows: 5000, columns: 20 }),
  "badly scaled 200 x 8, no penalty": () =>
    drawn(2, { rows: 200, columns: 8, scale: spread(1e-3, 1e4, 8), sd: Infinity }),
  "correlated 2000 x 50": () => drawn(3, { rows: 2000, columns: 50, correlation: 0.999 }),
  "wide 200 x 1000": () => drawn(4, { rows: 200, columns: 1000 }),
  "500 x 500": () => drawn(5, { rows: 500, columns: 500 }),
  "5000 x 300": () => drawn(6, { rows: 5000, columns: 300 }),
  "10 classes 2000 x 30": () => drawn(7, { rows: 2000, columns: 30, classes: 10 }),
  "40 classes 2000 x 30": () => drawn(8, { rows: 2000, columns: 30, classes: 40 }),
  "10 classes, badly scaled 1000 x 64": () =>
    drawn(9, { rows: 1000, columns: 64, classes: 10, scale: spread(1e-2, 1e2, 64) }),
  "10 classes, wide 100 x 1000": () => drawn(10, { rows: 100, columns: 1000, classes: 10 }),
};

const solvers = Object.fromEntries(
  Object.entries(optimizers)
    .filter(([name]) => !["auto", "proximalNewton"].includes(name))
    .map(([name, make]) => [name, () => make()]),
);

/** Runs to the end, noting when the objective first came within reach of the best. */
function run(target, optimizer, best) {
  const limit = Number(options.limit);
  let reached = null;
  const begin = performance.now();
  const onProgress = ({ value, evaluations, iteration }) => {
    if (reached === null && value - best <= SUBOPTIMALITY * Math.abs(best)) {
      reached = { evaluations, iteration, ms: performance.now() - begin };
    }
  };
  const result = minimize(target, { optimizer, maxIterations: limit, onProgress });
  return { result, reached, ms: performance.now() - begin };
}

const cell = (value, width) => String(value).padStart(width);

console.log(`backend ${backend.name}; passes and ms to ${SUBOPTIMALITY} relative suboptimality, then of the whole run`);
for (const [name, make] of Object.entries(problems)) {
  if (options.only !== undefined && !name.includes(options.only)) continue;
  const target = make();
  const reference = minimize(target, {
    optimizer: target.size <= 700 ? optimizers.newton() : optimizers.lbfgs(),
    tolerance: 1e-20,
  });
  const best = reference.value;
  const auto = optimizers.auto().choose(target).optimizer.name;
  console.log(`\n${name} (${target.size} parameters; auto: ${auto})`);
  for (const [solver, makeSolver] of Object.entries(solvers)) {
    if (options.solver !== undefined && solver !== options.solver) continue;
    const optimizer = makeSolver();
    if (optimizer.name === "newton" && target.size > 1500) continue;
    let out;
    try {
      run(target, optimizer, best);
      out = run(target, optimizer, best);
    } catch (error) {
      console.log(`  ${solver.padEnd(16)} ${error.message}`);
      continue;
    }
    const { reached, result, ms } = out;
    const first = reached === null ? ["-", "-", "-"] : [reached.iteration, reached.evaluations, reached.ms.toFixed(1)];
    const all = [result.iterations, result.evaluations, ms.toFixed(1)];
    const off = ((result.value - best) / Math.abs(best)).toExponential(1);
    console.log(
      `  ${solver.padEnd(16)}${first.map((value) => cell(value, 9)).join("")}   |${all.map((value) => cell(value, 9)).join("")}  ${result.status}, off by ${off}`,
    );
  }
}
