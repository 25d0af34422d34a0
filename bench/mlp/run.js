// npm run bench:mlp [-- --only WORD] [--json FILE] [--seconds N] [--python PATH] [--mnist]: one epoch of a network beside
// other libraries, in turns in one run; the matrix products beside the peak of the core; with --mnist the accuracy on
// digits that were not seen, and nothing else.
import { parseArgs } from "node:util";
import { compare } from "../compare/measure.js";
import { reporter } from "../compare/report.js";
import { digits, mnist } from "./data.js";
import { runMnist } from "./mnist.js";
import { brain, jax, surprisal, tfjs, torch } from "./peers.js";
import { products } from "./products.js";

const { values: options } = parseArgs({
  options: {
    json: { type: "string" },
    only: { type: "string", default: "" },
    seconds: { type: "string", default: "30" },
    python: { type: "string", default: "python3" },
    mnist: { type: "boolean" },
  },
});
const WARM = 3;
const PEERS = { tfjs, "jax-js": jax, "brain.js": brain, torch };

/** Pixels of MNIST as one array; all rows that are trained on. */
function mnistRows() {
  const { x, y } = mnist().train;
  return { rows: y.length, columns: x[0].length, x: Float64Array.from(x.flat()), y: Float64Array.from(y) };
}

/** What is measured; brain.js takes one row a step, and minutes for an epoch of MNIST. */
const works = [
  {
    name: "one epoch of digits, 1797 x 64, 128 hidden",
    data: digits,
    aims: { tfjs: 6, torch: 1, "jax-js": 1, "brain.js": 1 },
  },
  { name: "one epoch of MNIST, 8000 x 784, 128 hidden", data: mnistRows, aims: { tfjs: 1, torch: 1, "jax-js": 1 } },
];

async function timed(peer) {
  const start = performance.now();
  await peer.epoch();
  return performance.now() - start;
}

async function epochs(report, { name, data, aims }) {
  const rows = data();
  const peers = {};
  for (const [peer, make] of Object.entries(PEERS)) {
    if (!(peer in aims)) continue;
    try {
      peers[peer] = await make(rows, options.python);
    } catch (error) {
      console.error(`${peer}: missing (${String(error.message).trim().split("\n").at(-1)})`);
    }
  }
  const ours = surprisal(rows);
  for (const peer of [ours, ...Object.values(peers)]) for (let i = 0; i < WARM; i++) await peer.epoch();
  const samples = Object.fromEntries(Object.values(peers).map((peer) => [peer.name, { sample: () => timed(peer) }]));
  const result = await compare({ sample: () => timed(ours) }, samples, {
    rounds: 101,
    seconds: Number(options.seconds),
  });
  report.add({ name, copies: "batches gathered inside", aims, ...result });
  for (const peer of [ours, ...Object.values(peers)]) {
    console.error(`  ${peer.name}: ${peer.state()}`);
    peer.end?.();
  }
}

if (options.mnist) runMnist();
else {
  const report = reporter("surprisal: networks");
  if ("matrix products".includes(options.only)) for (const product of products()) report.add(product);
  for (const work of works) if (work.name.includes(options.only)) await epochs(report, work);
  report.end(options);
}
