// The same work in TensorFlow.js on its WebAssembly backend: float32, one thread.
import { createRequire } from "node:module";
import { join } from "node:path";
const require = createRequire(import.meta.url);
// As CommonJS: its modules import each other without file endings.
const tf = require("@tensorflow/tfjs");
const { setThreadsCount, setWasmPaths } = require("@tensorflow/tfjs-backend-wasm");
setWasmPaths(join(require.resolve("@tensorflow/tfjs-backend-wasm/package.json"), "../dist/"));
setThreadsCount(1);
await tf.setBackend("wasm");
await tf.ready();

const f32 = (values, shape) => tf.tensor(Float32Array.from(values), shape, "float32");

/** Value and gradients by the tape, read back. */
function way(loss, parameters) {
  const step = tf.valueAndGrad(loss);
  return () =>
    tf.tidy(() => {
      const { value, grad } = step(parameters);
      const out = grad.dataSync();
      return value.dataSync()[0] + 0 * out[0];
    });
}

/** softplus(z) − y·z of kernels that this backend has. */
const binary = (scores, targets) =>
  tf.mean(tf.add(tf.sub(tf.relu(scores), tf.mul(scores, targets)), tf.log(tf.add(tf.exp(tf.neg(tf.abs(scores))), 1))));

export const ways = {
  logisticGradient({ x, y, rows, columns, w }) {
    const [X, targets] = [f32(x, [rows, columns]), f32(y, [rows, 1])];
    return way((theta) => binary(tf.matMul(X, theta), targets), f32(w.subarray(1), [columns, 1]));
  },
  softmaxCrossEntropy({ x, y, rows, columns }) {
    const hot = new Float32Array(x.length);
    y.forEach((k, i) => (hot[i * columns + k] = 1));
    const targets = f32(hot, [rows, columns]);
    const loss = (scores) => tf.neg(tf.div(tf.sum(tf.mul(tf.logSoftmax(scores), targets)), rows));
    return way(loss, f32(x, [rows, columns]));
  },
  binaryCrossEntropy({ x, y, rows }) {
    const targets = f32(y, [rows]);
    return way((scores) => binary(scores, targets), f32(x, [rows]));
  },
  logSumExp({ x }) {
    const array = f32(x, [x.length]);
    return () => tf.tidy(() => tf.logSumExp(array).dataSync()[0]);
  },
};
