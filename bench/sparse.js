// Sparse linear models beside liblinear, on the same file in svmlight format: seeded text-like data, columns by Zipf's law;
// milliseconds until the objective, ½‖w‖² or ‖w‖₁ + C·Σ loss(y, w·x), is within 1e-6 and 1e-8 of the best, relatively.
// Reading the file is not part of it: of liblinear the time of a run that stops at once is taken off.
//
//   npm run bench:sparse -- [--rows N] [--columns N] [--nonzeros N] [--only PROBLEM] [--json FILE]
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import {
  backend,
  dataset,
  losses,
  minimize,
  models,
  objective,
  optimizers,
  penalties,
  random,
  sparse,
  toSvmlight,
} from "../dist/index.js";

const { values: given } = parseArgs({
  options: {
    rows: { type: "string", default: "20000" },
    columns: { type: "string", default: "50000" },
    nonzeros: { type: "string", default: "100" },
    only: { type: "string" },
    json: { type: "string" },
  },
});
const [rows, columns, nonzeros] = [given.rows, given.columns, given.nonzeros].map(Number);
const C = 1;
const TARGETS = [1e-6, 1e-8];
const TOLERANCES = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6];

/** Problems: our loss, penalty and optimisers, and liblinear's solvers of the same objective. */
const l2 = penalties.l2(1 / (C * rows));
const problems = {
  "logistic, L2": {
    loss: losses.binaryCrossEntropy(),
    penalty: l2,
    own: [optimizers.newtonCG(), optimizers.lbfgs()],
    solvers: { 0: "TRON, primal", 7: "coordinate descent, dual" },
  },
  "logistic, L1": {
    loss: losses.binaryCrossEntropy(),
    penalty: penalties.l1(1 / (C * rows)),
    own: [optimizers.coordinateDescent(), optimizers.fista()],
    solvers: { 6: "coordinate descent" },
  },
  "squared hinge, L2": {
    loss: losses.squaredHinge(),
    penalty: l2,
    own: [optimizers.dualCoordinateDescent(), optimizers.newtonCG()],
    solvers: { 1: "coordinate descent, dual", 2: "TRON, primal" },
  },
  "hinge, L2": {
    loss: losses.hinge(),
    penalty: l2,
    own: [optimizers.dualCoordinateDescent()],
    solvers: { 3: "coordinate descent, dual" },
  },
};

/** Rows of unit length, their columns drawn by Zipf's law, rare ones weighing more; labels of a logistic model. */
function textLike() {
  const generator = random(1);
  const truth = Float64Array.from({ length: columns }, () => 20 * (generator.uniform() - 0.5));
  const [values, columnIndices, rowPointers, labels] = [[], [], [0], []];
  for (let i = 0; i < rows; i++) {
    const chosen = new Set();
    while (chosen.size < nonzeros) chosen.add(Math.floor(Math.exp(generator.uniform() * Math.log(columns))) - 1);
    const own = [...chosen].sort((a, b) => a - b);
    const weights = own.map((j) => Math.log(2 + j) * (1 + Math.floor(3 * generator.uniform() ** 3)));
    const length = Math.hypot(...weights);
    let score = 0;
    own.forEach((j, e) => {
      values.push(weights[e] / length);
      columnIndices.push(j);
      score += truth[j] * values.at(-1);
    });
    rowPointers.push(values.length);
    labels.push(generator.uniform() < 1 / (1 + Math.exp(-score)) ? 1 : -1);
  }
  return { x: sparse({ values, columnIndices, rowPointers, columns }), labels };
}

/** Milliseconds until each target, of values and the times they were reached at. */
function reached(trace, best) {
  return TARGETS.map((target) => trace.find(({ value }) => value - best <= target * Math.abs(best))?.ms ?? null);
}

function ours(target, optimizer) {
  const trace = [];
  minimize(target, { optimizer, maxIterations: 2 }); // warm
  const begin = performance.now();
  const onProgress = ({ value }) => trace.push({ value, ms: performance.now() - begin });
  const result = minimize(target, { optimizer, onProgress, maxIterations: 2000 });
  trace.push({ value: result.value, ms: performance.now() - begin });
  return { trace, result };
}

/** What runs liblinear, or null. */
function liblinear() {
  for (const command of ["liblinear-train", "train"]) {
    const { error, stdout, stderr } = spawnSync(command, [], { encoding: "utf8" });
    if (error === undefined && `${stdout}${stderr}`.includes("-s type")) return command;
  }
  return null;
}

function trained(command, folder, solver, tolerance) {
  const args = [
    "-q",
    "-s",
    solver,
    "-c",
    String(C),
    "-e",
    String(tolerance),
    join(folder, "rows.txt"),
    join(folder, "model"),
  ];
  const begin = performance.now();
  execFileSync(command, args, { stdio: ["ignore", "ignore", "ignore"] });
  const ms = performance.now() - begin;
  const [head, tail] = readFileSync(join(folder, "model"), "utf8").split("\nw\n");
  const sign = /\nlabel -1/.test(head) ? -1 : 1;
  const weights = tail
    .trim()
    .split(/\s+/)
    .map((word) => sign * Number(word));
  const theta = new Float64Array(columns);
  theta.set(weights);
  return { ms, theta };
}

const begin = performance.now();
const { x, labels } = textLike();
const made = performance.now() - begin;
const y = labels.map((label) => (label > 0 ? 1 : 0));
const before = performance.now();
const data = dataset(x, y);
const packed = performance.now() - before;
process.stdout.write(
  `${rows} x ${columns}, ${x.values.length} numbers (drawn and compressed in ${made.toFixed(0)} ms, ` +
    `copied in ${packed.toFixed(0)} ms), ${backend.name}, C = ${C}\n`,
);
const command = liblinear();
if (command === null) {
  process.stdout.write("liblinear is missing: on Debian and Ubuntu, apt install liblinear-tools\n");
}

/** How fast each way of solving a problem is. */
function compare({ loss, penalty, own, solvers }, folder) {
  const target = objective({ data, model: models.linear({ intercept: false }), loss, penalty });
  const results = own.map((optimizer) => {
    const { trace, result } = ours(target, optimizer);
    return { name: `surprisal ${optimizer.name}`, trace, status: result.status };
  });
  for (const [solver, name] of Object.entries(command === null ? {} : solvers)) {
    const idle = Math.min(...[1, 2, 3].map(() => trained(command, folder, solver, 1e9).ms));
    const trace = TOLERANCES.map((tolerance) => {
      const { ms, theta } = trained(command, folder, solver, tolerance);
      return { value: target.value(theta), ms: Math.max(0, ms - idle) };
    });
    results.push({ name: `liblinear -s ${solver}, ${name}`, trace, status: "" });
  }
  const best = Math.min(...results.flatMap(({ trace }) => trace.map(({ value }) => value)));
  return results.map(({ name, trace, status }) => ({
    name,
    status,
    milliseconds: reached(trace, best),
    suboptimality: (Math.min(...trace.map(({ value }) => value)) - best) / Math.abs(best),
  }));
}

const all = {};
const folder = mkdtempSync(join(tmpdir(), "surprisal-sparse-"));
try {
  if (command !== null) writeFileSync(join(folder, "rows.txt"), toSvmlight(x, labels));
  for (const [problem, work] of Object.entries(problems)) {
    if (given.only !== undefined && !problem.includes(given.only)) continue;
    process.stdout.write(`\n${problem.padEnd(44)}${TARGETS.map((to) => to.toExponential(0).padStart(10)).join("")}\n`);
    all[problem] = compare(work, folder);
    for (const { name, milliseconds, suboptimality, status } of all[problem]) {
      const times = milliseconds.map((ms) => (ms === null ? "-" : `${ms.toFixed(0)} ms`).padStart(10)).join("");
      process.stdout.write(`${name.padEnd(44)}${times}   ends ${suboptimality.toExponential(1)} above ${status}\n`);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
if (given.json !== undefined) {
  const report = { rows, columns, nonzeros: x.values.length, C, targets: TARGETS, problems: all };
  writeFileSync(given.json, `${JSON.stringify(report, null, 2)}\n`);
}
