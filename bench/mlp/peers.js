// One epoch of the same network by each library: 64-128-10, tanh, softmax cross-entropy, Adam, batches of 128.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { dataset, likelihoods, minimizer, models, objective, optimizers } from "../../dist/index.js";

const require = createRequire(import.meta.url);
const HIDDEN = 128;
const BATCH = 128;
const EPOCHS = 1_000_000;

/** Epochs of a job of this library: what users run, with the objective over all rows after each epoch. */
export function surprisal({ x, y, columns }) {
  const data = dataset(x, y, { columns });
  const model = models.mlp({ hidden: [HIDDEN], activation: "tanh" });
  const target = objective({ data, model, likelihood: likelihoods.categorical({ classes: 10 }) });
  let epochs = 0;
  const optimizer = optimizers.adam({ batchSize: BATCH, epochs: EPOCHS });
  const job = minimizer(target, { optimizer, maxIterations: EPOCHS, onProgress: () => epochs++ });
  return {
    name: "surprisal",
    epoch() {
      for (const wanted = epochs + 1; epochs < wanted;) job.step({ units: 1 });
    },
    state: () => `loss ${(job.abort(), job.result.value).toFixed(4)} after ${epochs} epochs`,
  };
}

export async function tfjs({ x, y, rows, columns }) {
  const tf = require("@tensorflow/tfjs");
  const wasm = require("@tensorflow/tfjs-backend-wasm");
  wasm.setWasmPaths(fileURLToPath(new URL("node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)));
  wasm.setThreadsCount(1);
  await tf.setBackend("wasm");
  await tf.ready();
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: HIDDEN, activation: "tanh", inputShape: [columns] }));
  model.add(tf.layers.dense({ units: 10, activation: "softmax" }));
  model.compile({ optimizer: tf.train.adam(0.001), loss: "sparseCategoricalCrossentropy" });
  const xs = tf.tensor2d(Float32Array.from(x), [rows, columns]);
  const ys = tf.tensor1d(Float32Array.from(y));
  let last = NaN;
  return {
    name: `tfjs ${tf.version.tfjs}, ${tf.getBackend()}, f32`,
    async epoch() {
      const { history } = await model.fit(xs, ys, { batchSize: BATCH, epochs: 1, shuffle: true, verbose: 0 });
      last = history.loss[0];
    },
    state: () => `loss ${last.toFixed(4)}`,
  };
}

export async function jax({ x, y, rows, columns }) {
  const { init, defaultDevice, numpy: np, nn, jit, valueAndGrad, tree } = await import("@jax-js/jax");
  await init("wasm");
  defaultDevice("wasm");
  const uniform = (inputs, units) => {
    const limit = Math.sqrt(6 / (inputs + units));
    const values = Float32Array.from({ length: inputs * units }, () => (2 * Math.random() - 1) * limit);
    return np.array(values).reshape([inputs, units]);
  };
  const loss = ({ w1, b1, w2, b2 }, xs, ys) => {
    const hidden = np.tanh(np.matmul(xs, w1).add(b1));
    return nn
      .logSoftmax(np.matmul(hidden, w2).add(b2))
      .mul(ys)
      .sum()
      .mul(-1 / BATCH);
  };
  const gradient = valueAndGrad(loss);
  const step = jit((p, m, v, rate, xs, ys) => {
    const [value, g] = gradient(tree.ref(p), xs, ys);
    const moved = { p: {}, m: {}, v: {} };
    for (const key of Object.keys(p)) {
      moved.m[key] = m[key].mul(0.9).add(g[key].ref.mul(0.1));
      moved.v[key] = v[key].mul(0.999).add(g[key].ref.mul(g[key]).mul(0.001));
      const root = np.sqrt(moved.v[key].ref).add(1e-8);
      moved.p[key] = p[key].sub(moved.m[key].ref.div(root).mul(rate.ref));
    }
    rate.dispose();
    return [value, moved.p, moved.m, moved.v];
  });
  let p = { w1: uniform(columns, HIDDEN), b1: np.zeros([HIDDEN]), w2: uniform(HIDDEN, 10), b2: np.zeros([10]) };
  const zeros = () => tree.map((a) => np.zeros(a.shape), p);
  let m = zeros();
  let v = zeros();
  const batches = Math.floor(rows / BATCH); // Of one shape: another would be compiled anew.
  let steps = 0;
  let last = NaN;
  return {
    name: "jax-js 0.1.25, wasm, f32",
    async epoch() {
      for (let k = 0; k < batches; k++) {
        steps++;
        const xs = np.array(Float32Array.from(x.subarray(k * BATCH * columns, (k + 1) * BATCH * columns)));
        const hot = new Float32Array(BATCH * 10);
        for (let i = 0; i < BATCH; i++) hot[i * 10 + y[k * BATCH + i]] = 1;
        const rate = (0.001 * Math.sqrt(1 - 0.999 ** steps)) / (1 - 0.9 ** steps);
        let value;
        [value, p, m, v] = step(
          p,
          m,
          v,
          np.array(rate),
          xs.reshape([BATCH, columns]),
          np.array(hot).reshape([BATCH, 10]),
        );
        last = await value.jsAsync();
      }
    },
    state: () => `loss ${Number(last).toFixed(4)}; ${batches} whole batches an epoch`,
  };
}

export function brain({ x, y, rows, columns }) {
  const { NeuralNetwork } = require("brain.js");
  const net = new NeuralNetwork({ hiddenLayers: [HIDDEN], activation: "sigmoid" });
  const set = Array.from({ length: rows }, (_, i) => ({
    input: Array.from(x.subarray(i * columns, (i + 1) * columns)),
    output: Array.from({ length: 10 }, (_none, k) => Number(k === y[i])),
  }));
  let last = NaN;
  return {
    name: "brain.js 2.0.0-beta.24, f32",
    epoch() {
      last = net.train(set, { iterations: 1, errorThresh: 1e-9, praxis: "adam" }).error;
    },
    state: () => `error ${last.toFixed(4)}; one row a step, sigmoids`,
  };
}

const TORCH = `
import json, sys, time, torch
torch.set_num_threads(1); torch.set_default_dtype(torch.float64)
d = json.loads(sys.stdin.readline()); x = torch.tensor(d["x"]).reshape(d["rows"], d["columns"]); y = torch.tensor(d["y"]).long()
net = torch.nn.Sequential(torch.nn.Linear(d["columns"], 128), torch.nn.Tanh(), torch.nn.Linear(128, 10))
opt = torch.optim.Adam(net.parameters()); loss = torch.nn.CrossEntropyLoss()
print(json.dumps({"version": torch.__version__}), flush=True)
for line in sys.stdin:
    order = torch.randperm(len(x))
    for k in range(0, len(x), 128):
        i = order[k : k + 128]; opt.zero_grad(); value = loss(net(x[i]), y[i]); value.backward(); opt.step()
    print(json.dumps({"loss": value.item()}), flush=True)
`;

/** torch on one thread, in double precision, in a process of its own that does an epoch for every line it is sent. */
export async function torch({ x, y, rows, columns }, python) {
  const env = { ...process.env, OMP_NUM_THREADS: "1" };
  const child = spawn(python, ["-c", TORCH], { stdio: ["pipe", "pipe", "pipe"], env });
  child.stdin.on("error", () => {}); // Said below, as the end of its output.
  const ended = new Promise((resolve) => child.on("close", resolve).on("error", resolve));
  let complaint = "";
  child.stderr.on("data", (text) => (complaint = `${complaint}${text}`.slice(-2000)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (line) => {
    child.stdin.write(`${line}\n`);
    const { value, done } = await lines.next();
    if (done) {
      await ended;
      throw new Error(complaint || `${python} does not run`);
    }
    return JSON.parse(value);
  };
  const { version } = await ask(JSON.stringify({ x: Array.from(x), y: Array.from(y), rows, columns }));
  let last = NaN;
  return {
    name: `torch ${version}, f64`,
    async epoch() {
      last = (await ask("epoch")).loss;
    },
    state: () => `loss ${last.toFixed(4)} of the last batch`,
    end: () => child.stdin.end(),
  };
}
