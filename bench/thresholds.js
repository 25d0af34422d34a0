// node bench/thresholds.js [NAME]: the twin's time over that of WebAssembly, copies included, for small sizes. A function's
// threshold in src/ is the least size from which WebAssembly is a tenth faster.
import * as surprisal from "../dist/index.js";

const { backend, losses, random } = surprisal;

const sizes = [8, 16, 24, 32, 48, 64, 96, 128, 256, 512, 1024, 4096];

let sink = 0;

/** Every function that chooses, on arrays of one size. */
function calls(n) {
  const generator = random(n);
  const numbers = (f) => Float64Array.from({ length: n }, () => f(generator.uniform()));
  const x = numbers((u) => 12 * u - 6);
  const positive = numbers((u) => 6 * u + 1e-3);
  const unit = numbers((u) => u);
  const bits = numbers((u) => (u < 0.5 ? 0 : 1));
  const counts = numbers((u) => Math.floor(4 * u));
  const indices = Float64Array.from({ length: n / 8 }, () => generator.integer(8));
  const options = { out: new Float64Array(n) };
  const rows = { columns: 8, ...options };
  const inputs = { log: positive, logit: unit };
  const elementwise = ["exp", "log", "log1p", "expm1", "tanh", "sigmoid", "logSigmoid", "softplus", "logit"];
  const withGradient = (loss, y) => () => loss.valueAndGradient(x, y, options).value;
  return {
    ...Object.fromEntries(elementwise.map((name) => [name, () => surprisal[name](inputs[name] ?? x, options)[0]])),
    logSumExp: () => surprisal.logSumExp(x),
    "logSumExp, rows of 8": () => surprisal.logSumExp(x, { columns: 8 })[0],
    softmax: () => surprisal.softmax(x, options)[0],
    "softmax, rows of 8": () => surprisal.softmax(x, rows)[0],
    logSoftmax: () => surprisal.logSoftmax(x, options)[0],
    binaryCrossEntropy: withGradient(losses.binaryCrossEntropy(), bits),
    poisson: withGradient(losses.poisson(), counts),
    squaredError: withGradient(losses.squaredError(), x),
    "softmaxCrossEntropy, 8 classes": withGradient(losses.softmaxCrossEntropy({ classes: 8 }), indices),
  };
}

const table = sizes.map(calls);
const names = Object.keys(table[0]).filter((name) => name.includes(process.argv[2] ?? ""));

/** Milliseconds of some calls on a backend. */
function time(mode, task, repeats) {
  backend.use(mode);
  const start = performance.now();
  for (let i = 0; i < repeats; i++) sink += task();
  return performance.now() - start;
}

const modes = ["typescript", "wasm"];
// Every function has run on every kind of array before one is timed, as in an application.
for (let round = 0; round < 5; round++) {
  for (const mode of modes) for (const tasks of table) for (const name of names) time(mode, tasks[name], 60);
}

console.log(["twin/wasm".padEnd(32), ...sizes.map((n) => String(n).padStart(6))].join(""));
for (const name of names) {
  const ratios = table.map((tasks, at) => {
    const best = [Infinity, Infinity];
    for (let round = 0; round < 30; round++) {
      modes.forEach((mode, k) => {
        best[k] = Math.min(best[k], time(mode, tasks[name], Math.ceil(8000 / sizes[at])));
      });
    }
    return (best[0] / best[1]).toFixed(2);
  });
  console.log([name.padEnd(32), ...ratios.map((text) => text.padStart(6))].join(""));
}
if (Number.isNaN(sink)) console.log("");
