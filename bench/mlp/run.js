// npm run bench:mlp [-- --epochs N] [--mnist]: one epoch of a network beside other libraries, in turns in one run; the
// matrix products beside the peak of the core; with --mnist the accuracy on digits that were not seen.
import { parseArgs } from "node:util";
import { digits } from "./data.js";
import { runMnist } from "./mnist.js";
import { brain, jax, surprisal, tfjs, torch } from "./peers.js";
import { products } from "./products.js";

const { values: options } = parseArgs({
  options: { epochs: { type: "string", default: "30" }, mnist: { type: "boolean" } },
});
const EPOCHS = Number(options.epochs);
const WARM = 3;

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];

function print(name, precision, times, base, note = "") {
  const sorted = [...times].sort((a, b) => a - b);
  const [low, median, high] = [0.1, 0.5, 0.9].map((share) => at(sorted, share).toFixed(2).padStart(9));
  const ratio = `${(at(sorted, 0.5) / base).toFixed(2)}x`.padStart(9);
  console.log(name.padEnd(26), precision, median, low, high, ratio, ` ${note}`);
}

async function epochs() {
  const data = digits();
  const peers = [];
  for (const make of [surprisal, tfjs, jax, brain]) {
    try {
      peers.push({ ...(await make(data)), times: [] });
    } catch (error) {
      console.log(`${make.name}: missing (${String(error.message).split("\n")[0]})`);
    }
  }
  for (let turn = 0; turn < WARM + EPOCHS; turn++) {
    for (const peer of peers) {
      const start = performance.now();
      await peer.epoch();
      if (turn >= WARM) peer.times.push(performance.now() - start);
    }
  }
  console.log(`\none epoch of digits 1797 x 64, 128 hidden units, batches of 128, Adam; ms, ${EPOCHS} epochs in turns`);
  console.log("".padEnd(30), "   median       10%       90%     ratio");
  const base = at(
    [...peers[0].times].sort((a, b) => a - b),
    0.5,
  );
  for (const { name, precision, times, state } of peers) print(name, precision, times, base, state());
  const { times, version, missing } = torch(data, WARM + EPOCHS);
  if (missing !== undefined) console.log(`torch: missing (${missing})`);
  else print(`torch ${version}, one thread`, "f64", times.slice(WARM), base, "after the others");
}

if (options.mnist) runMnist();
else {
  const [peak, ...rest] = products();
  console.log(`${peak.name}: ${peak.rate.toFixed(2)} GFLOP/s`);
  for (const { name, rate } of rest) {
    console.log(
      name.padEnd(26),
      rate.toFixed(2).padStart(6),
      "GFLOP/s",
      `${((100 * rate) / peak.rate).toFixed(0)} %`.padStart(6),
    );
  }
  await epochs();
}
