// The accuracy of mlp on MNIST digits that it has not seen, over several seeds; fails where the median is below 96 %.
import { mlp, priors } from "../../dist/index.js";
import { mnist } from "./data.js";

const LEAST = 0.96;
const SEEDS = [1, 2, 3, 4, 5];
const EPOCHS = 30;
const BATCH = 64;

/**
 * Chosen on the last 1600 of the rows to train, by fits to the 6400 before: sd in 0.18 .. 1 (weight decay as a prior), rate
 * in 0.001 .. 0.01, constant or falling, batches of 32, 64 or 128. The rows to test had no say.
 */
const optionsFor = (rows) => ({
  prior: priors.normal({ sd: 0.35 }),
  batchSize: BATCH,
  epochs: EPOCHS,
  learningRate: { kind: "cosine", rate: 0.01, final: 0, steps: EPOCHS * Math.ceil(rows / BATCH) },
});

export function runMnist() {
  const { train, test } = mnist();
  console.log(`MNIST 784-128-10: ${train.y.length} rows to train, ${test.y.length} to test`);
  const accuracies = SEEDS.map((seed) => {
    const start = performance.now();
    const fit = mlp(train.x, train.y, {
      targets: "classes",
      hidden: [128],
      activation: "relu",
      ...optionsFor(train.y.length),
      seed,
    });
    const seconds = (performance.now() - start) / 1000;
    const right = fit.predict(test.x).filter((label, i) => label === test.y[i]).length;
    const accuracy = right / test.y.length;
    console.log(`seed ${seed}: ${seconds.toFixed(1)} s, accuracy ${(100 * accuracy).toFixed(2)} %`);
    return accuracy;
  });
  const median = accuracies.sort((a, b) => a - b)[SEEDS.length >> 1];
  console.log(`median ${(100 * median).toFixed(2)} %`);
  if (median < LEAST) process.exitCode = 1;
}
