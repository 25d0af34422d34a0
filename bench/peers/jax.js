// The same work in jax-js on its WebAssembly device: float32, jitted.
import { defaultDevice, init, jit, nn, numpy as np, valueAndGrad } from "@jax-js/jax";

await init("wasm");
defaultDevice("wasm");

const f32 = (values, shape) => np.array(Float32Array.from(values)).reshape(shape);

/** Runs a jitted function of an array that stays and of one that is differentiated. */
function way(loss, kept, parameters) {
  const step = jit(valueAndGrad(loss));
  return () => {
    const [value, gradient] = step(parameters.ref, ...kept.map((array) => array.ref));
    const out = gradient.dataSync();
    return value.dataSync()[0] + 0 * out[0];
  };
}

export const ways = {
  logisticGradient({ x, y, rows, columns, w }) {
    const loss = (theta, X, targets) => {
      const scores = np.dot(X, theta);
      return np.mean(nn.softplus(scores.ref).sub(scores.mul(targets)));
    };
    return way(loss, [f32(x, [rows, columns]), f32(y, [rows])], f32(w.subarray(1), [columns]));
  },
  softmaxCrossEntropy({ x, y, rows, columns }) {
    const hot = new Float32Array(x.length);
    y.forEach((k, i) => (hot[i * columns + k] = 1));
    const loss = (scores, targets) => np.sum(nn.logSoftmax(scores).mul(targets)).mul(-1 / rows);
    return way(loss, [f32(hot, [rows, columns])], f32(x, [rows, columns]));
  },
  binaryCrossEntropy({ x, y, rows }) {
    const loss = (scores, targets) => np.mean(nn.softplus(scores.ref).sub(scores.mul(targets)));
    return way(loss, [f32(y, [rows])], f32(x, [rows]));
  },
  logSumExp({ x }) {
    const array = f32(x, [x.length]);
    const sum = jit((values) => nn.logsumexp(values));
    return () => sum(array.ref).dataSync()[0];
  },
};
