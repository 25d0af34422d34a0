// The loops that a user would write with Math: what every kernel is measured against.

const map = (f) => (x, out) => {
  for (let i = 0; i < x.length; i++) out[i] = f(x[i]);
  return out;
};

export const exp = map((x) => Math.exp(x));
export const log = map((x) => Math.log(x));
export const log1p = map((x) => Math.log1p(x));
export const expm1 = map((x) => Math.expm1(x));
export const tanh = map((x) => Math.tanh(x));
export const sigmoid = map((x) => 1 / (1 + Math.exp(-x)));
export const logSigmoid = map((x) => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x))));
export const softplus = map((x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));
export const logit = map((x) => Math.log(x / (1 - x)));

export function logSumExp(x) {
  let max = -Infinity;
  for (let i = 0; i < x.length; i++) if (x[i] > max) max = x[i];
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += Math.exp(x[i] - max);
  return max + Math.log(sum);
}

export function softmax(x, columns, out) {
  for (let row = 0; row < x.length; row += columns) {
    let max = -Infinity;
    for (let k = row; k < row + columns; k++) if (x[k] > max) max = x[k];
    let sum = 0;
    for (let k = row; k < row + columns; k++) sum += out[k] = Math.exp(x[k] - max);
    for (let k = row; k < row + columns; k++) out[k] /= sum;
  }
  return out;
}

export function logSoftmax(x, columns, out) {
  for (let row = 0; row < x.length; row += columns) {
    let max = -Infinity;
    for (let k = row; k < row + columns; k++) if (x[k] > max) max = x[k];
    let sum = 0;
    for (let k = row; k < row + columns; k++) sum += Math.exp(x[k] - max);
    const total = max + Math.log(sum);
    for (let k = row; k < row + columns; k++) out[k] = x[k] - total;
  }
  return out;
}

/** Mean loss; writes the gradient of the mean. */
export function binaryCrossEntropy(scores, targets, gradient) {
  const n = scores.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const z = scores[i];
    sum += Math.max(z, 0) - z * targets[i] + Math.log1p(Math.exp(-Math.abs(z)));
    gradient[i] = (1 / (1 + Math.exp(-z)) - targets[i]) / n;
  }
  return sum / n;
}

export function softmaxCrossEntropy(scores, targets, columns, gradient) {
  const n = targets.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const row = i * columns;
    let max = -Infinity;
    for (let k = 0; k < columns; k++) if (scores[row + k] > max) max = scores[row + k];
    let total = 0;
    for (let k = 0; k < columns; k++) total += gradient[row + k] = Math.exp(scores[row + k] - max);
    sum += max + Math.log(total) - scores[row + targets[i]];
    for (let k = 0; k < columns; k++) gradient[row + k] /= total * n;
    gradient[row + targets[i]] -= 1 / n;
  }
  return sum / n;
}

export function squaredError(scores, targets, gradient) {
  const n = scores.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const r = scores[i] - targets[i];
    sum += 0.5 * r * r;
    gradient[i] = r / n;
  }
  return sum / n;
}

export function poisson(scores, targets, gradient) {
  const n = scores.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const mean = Math.exp(scores[i]);
    sum += mean - targets[i] * scores[i];
    gradient[i] = (mean - targets[i]) / n;
  }
  return sum / n;
}

export function huber(scores, targets, gradient) {
  const n = scores.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const r = scores[i] - targets[i];
    const size = Math.abs(r);
    sum += size <= 1 ? 0.5 * r * r : size - 0.5;
    gradient[i] = Math.max(-1, Math.min(1, r)) / n;
  }
  return sum / n;
}

/** Mean binary cross-entropy of a linear model and its gradient: parameters = [intercept, coefficients]. */
export function logisticGradient(x, y, columns, parameters, gradient) {
  const n = y.length;
  gradient.fill(0);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    let z = parameters[0];
    for (let j = 0; j < columns; j++) z += x[i * columns + j] * parameters[j + 1];
    sum += Math.max(z, 0) - z * y[i] + Math.log1p(Math.exp(-Math.abs(z)));
    const r = 1 / (1 + Math.exp(-z)) - y[i];
    gradient[0] += r;
    for (let j = 0; j < columns; j++) gradient[j + 1] += r * x[i * columns + j];
  }
  for (let j = 0; j <= columns; j++) gradient[j] /= n;
  return sum / n;
}

/** Mean softmax cross-entropy of a linear model and its gradient: a row [intercept, coefficients] per class. */
export function softmaxGradient(x, y, columns, classes, parameters, gradient) {
  const n = y.length;
  const stride = columns + 1;
  const p = new Float64Array(classes);
  gradient.fill(0);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    let max = -Infinity;
    for (let k = 0; k < classes; k++) {
      let z = parameters[k * stride];
      for (let j = 0; j < columns; j++) z += x[i * columns + j] * parameters[k * stride + 1 + j];
      p[k] = z;
      if (z > max) max = z;
    }
    const zy = p[y[i]];
    let total = 0;
    for (let k = 0; k < classes; k++) total += p[k] = Math.exp(p[k] - max);
    sum += max + Math.log(total) - zy;
    for (let k = 0; k < classes; k++) {
      const r = p[k] / total - (k === y[i] ? 1 : 0);
      gradient[k * stride] += r;
      for (let j = 0; j < columns; j++) gradient[k * stride + 1 + j] += r * x[i * columns + j];
    }
  }
  for (let j = 0; j < gradient.length; j++) gradient[j] /= n;
  return sum / n;
}
