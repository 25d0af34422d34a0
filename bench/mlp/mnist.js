// The accuracy of mlp on MNIST digits that it has not seen; fails below 96 %.
import { mlp } from "../../dist/index.js";
import { mnist } from "./data.js";

const LEAST = 0.96;

export function runMnist() {
  const { train, test } = mnist();
  const start = performance.now();
  const fit = mlp(train.x, train.y, {
    targets: "classes",
    hidden: [128],
    activation: "relu",
    epochs: 12,
    batchSize: 64,
    learningRate: 0.002,
    seed: 1,
    onProgress: ({ iteration, value }) => console.log(`epoch ${iteration}: objective ${value.toFixed(4)}`),
  });
  const seconds = (performance.now() - start) / 1000;
  const right = fit.predict(test.x).filter((label, i) => label === test.y[i]).length;
  const accuracy = right / test.y.length;
  const rows = `${train.y.length} rows to train, ${test.y.length} to test`;
  console.log(`MNIST 784-128-10: ${rows}; ${seconds.toFixed(1)} s; accuracy ${(100 * accuracy).toFixed(2)} %`);
  if (accuracy < LEAST) process.exitCode = 1;
}
