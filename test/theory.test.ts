/** Statements about losses, likelihoods, priors and risk, each made executable; named by the ids of their anchors. */
import { describe, expect, test } from "vitest";
import {
  crossEntropy,
  dataset,
  entropy,
  erm,
  klDivergence,
  likelihoods,
  linearRegression,
  logSigmoid,
  logSumExp,
  logisticRegression,
  logit,
  losses,
  map,
  minimize,
  mle,
  models,
  objective,
  optimizers,
  penalties,
  priors,
  random,
  sigmoid,
  softmax,
  softmaxRegression,
  softplus,
} from "../src/index.js";
import { difference } from "../src/linalg/differences.js";
import { symmetricEigen } from "../src/linalg/symmetricEigen.js";
import { bits, draws, exactDot, expectBits, preciseSum, ulp, within } from "./support.js";

const SUM = { reduction: "sum" } as const;
const bce = losses.binaryCrossEntropy();

/** Digits computed from decimals as written; a double may differ in the last two or three. */
const digits = (got: number, want: number): void => within(got, want, 4 * ulp(want));

/** The digit example: one-hot label, ten outputs that are no distribution. */
const q = [0.2, 0.8, 0.34, 0.2, 0.6, 0.7, 0.7, 0.7, 0.6, 0.2];
const onehot = [0, 1, 0, 0, 0, 0, 0, 0, 0, 0];

/** Eight rows that overlap. */
const x3 = [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4];
const y3 = [0, 0, 1, 0, 1, 0, 1, 1];
const data3 = dataset(x3, y3, { columns: 1 });
const J3 = objective({ data: data3, likelihood: likelihoods.bernoulli() });
const best3 = [-2.6733796208936011, 1.188168720397156];

describe("anchors", () => {
  test("A1: the digit example", () => {
    digits(crossEntropy(onehot, q, { check: false }), 0.22314355131420976);
    digits(crossEntropy(onehot, q, { check: false, base: 2 }), 0.32192809488736235);
    digits(crossEntropy(onehot, q, { normalize: true }), 1.840549633397487);
    digits(logSumExp(q), 2.8320475186710495);
    digits(softmax(q)[1], 0.13106688433007148);
    const loss = losses.softmaxCrossEntropy({ classes: 10 });
    digits(loss.value(q, [1]), 2.0320475186710495);
    digits(loss.value(q, onehot), 2.0320475186710495);
    digits(bce.value(q, onehot, SUM), 9.027579433175527);
    const scores = logit(q);
    within(bce.value(scores, onehot, SUM), 6.752589525944623, 1e-14);
    within(bce.value(scores, onehot), 0.6752589525944623, 1e-15);
    within(2 * losses.squaredError().value(q, onehot), 0.24656, 1e-15);
  });

  test("A2: cross-entropy has one minimum where the squared error of a sigmoid has two", () => {
    const data = dataset([[-0.5], [-1], [1], [8]], [1, 0, 1, 0]);
    const model = models.linear({ intercept: false });
    for (const start of [-3, -0.19, 0, 1.28, 5]) {
      const fit = mle({ data, likelihood: likelihoods.bernoulli(), model }, { start: [start] });
      expect(fit.status).toBe("converged");
      within(fit.coefficients[0], -0.258976828882297, 1e-14);
      digits(fit.objective, 0.602780639117534);
    }
    digits(bce.gradient([-10], [1])[0], -0.99995460213129757);
    digits(bce.gradient([-4], [1])[0], -0.98201379003790844);
    digits(softplus(-40), 4.248354255291589e-18);
    expect(softplus(50)).toBe(50);
    expect(logSigmoid(-800)).toBe(-800);

    const risk = objective({ data, loss: losses.brier(), model });
    const minima = new Map<number, number>();
    for (const start of [-0.5, 1.2]) {
      const { parameters, value, status } = minimize(risk, { start: [start], optimizer: optimizers.gradientDescent() });
      expect(status).toBe("stationary");
      minima.set(parameters[0], value);
    }
    const [[left, low], [right, high]] = minima;
    within(left, -0.189841062605649, 1e-8);
    within(low, 0.21455953921262, 1e-13);
    within(right, 1.2777165090888, 1e-7);
    within(high, 0.38082158895557, 1e-13);
  });

  test("A3: maximum likelihood of eight rows", () => {
    const fit = mle({ data: data3, likelihood: likelihoods.bernoulli() }, { optimizer: optimizers.newton() });
    digits(fit.intercept, best3[0]);
    digits(fit.coefficients[0], best3[1]);
    digits(fit.logLikelihood!, -4.2247905374365652);
    digits(fit.objective, 0.52809881717957066);
    digits(8 * J3.value(new Float64Array(2)), 5.5451774444795625);
    digits(2 * 2 - 2 * fit.logLikelihood!, 12.44958107487313);
    digits(2 * Math.log(8) - 2 * fit.logLikelihood!, 12.608464158232802);
    expect(fit.iterations).toBeLessThanOrEqual(6);
    const [a, b, c] = J3.hessian(Float64Array.from(best3)).map((h) => 8 * h);
    const determinant = a * c - b * b;
    within(Math.sqrt(c / determinant), 2.1207280331387452, 1e-13);
    within(Math.sqrt(a / determinant), 0.86448315929235113, 1e-13);
  });

  test("A4: maximum a posteriori under normal priors", () => {
    const likelihood = likelihoods.bernoulli();
    const both = map({ data: data3, likelihood, prior: priors.normal({ sd: 1, intercept: { sd: 1 } }) });
    digits(both.intercept, -0.53989747345905797);
    digits(both.coefficients[0], 0.36589767525687509);
    const slope = priors.normal({ sd: 1 });
    const fit = map({ data: data3, likelihood, prior: slope });
    digits(fit.intercept, -1.6622467826174389);
    digits(fit.coefficients[0], 0.73877634782997286);
    digits(8 * fit.objective, 4.6531143147371014);
    const risk = erm({ data: data3, loss: bce, penalty: slope.penalty({ totalWeight: 8 }) });
    expectBits(bits(risk.coefficients, risk.intercept), bits(fit.coefficients, fit.intercept));
    expect(slope.penalty({ totalWeight: 8 }).lambda).toBe(1 / 8);
  });
});

test("A4: the Laplace approximation around it: standard deviations and evidence", () => {
  const likelihood = likelihoods.bernoulli();
  const prior = priors.normal({ sd: 1, intercept: { sd: 1 } });
  const target = objective({ data: data3, likelihood, prior });
  const { intercept, coefficients, logLikelihood } = map({ data: data3, likelihood, prior });
  const [a, b, c] = target.hessian(Float64Array.of(intercept, coefficients[0])).map((h) => 8 * h);
  const determinant = a * c - b * b;
  within(Math.sqrt(c / determinant), 0.81245145782245842, 1e-13);
  within(Math.sqrt(a / determinant), 0.39194826274792251, 1e-13);
  const logPrior = prior.logDensity(coefficients, { intercept });
  const logEvidence = logLikelihood! + logPrior + Math.log(2 * Math.PI) - 0.5 * Math.log(determinant);
  within(logEvidence, -6.5593875559491867, 1e-13);

  // Beside it the integral itself: midpoints over eight standard deviations, whose error falls faster than any power.
  const step = 1 / 8;
  const masses: number[] = [];
  for (let i = -64; i < 64; i++) {
    for (let j = -64; j < 64; j++) {
      const [at, slope] = [(i + 0.5) * step, (j + 0.5) * step];
      const surprisal = 8 * J3.value(Float64Array.of(at, slope)) + (at * at + slope * slope) / 2;
      masses.push((Math.exp(-surprisal) * step * step) / (2 * Math.PI));
    }
  }
  within(Math.log(preciseSum(masses)), -6.5093535757942, 1e-12);
});

test("A4: maximum a posteriori under a Laplace prior of the slope", () => {
  const likelihood = likelihoods.bernoulli();
  const prior = priors.laplace({ scale: 1 });
  const fit = map({ data: data3, likelihood, prior });
  digits(fit.intercept, -1.37583962111109);
  digits(fit.coefficients[0], 0.61148427604937332);
  digits(8 * fit.objective, 5.1021294857692156);
  const risk = erm({ data: data3, loss: bce, penalty: prior.penalty({ totalWeight: 8 }) });
  expectBits(bits(risk.coefficients, risk.intercept), bits(fit.coefficients, fit.intercept));
  expect(prior.penalty({ totalWeight: 8 }).lambda).toBe(1 / 8);
});

/** One of each distribution that this library knows for a target. */
const distributions = [
  likelihoods.bernoulli(),
  likelihoods.bernoulli({ link: "probit" }),
  likelihoods.bernoulli({ link: "complementaryLogLog" }),
  likelihoods.binomial({ trials: 9 }),
  likelihoods.ordinal({ classes: 4, thresholds: [-1, 0, 1.5] }),
  likelihoods.gaussian({ sd: 0.7 }),
  likelihoods.laplace({ scale: 0.7 }),
  likelihoods.asymmetricLaplace({ level: 0.3, scale: 0.7 }),
  likelihoods.studentT({ df: 4, scale: 0.7 }),
  likelihoods.poisson(),
  likelihoods.negativeBinomial({ dispersion: 0.5 }),
  likelihoods.gamma({ shape: 2 }),
  likelihoods.tweedie({ power: 3, dispersion: 0.5 }),
  losses.logCosh().likelihood!,
  losses.huber({ delta: 1 }).likelihood!,
];

test("S1: the mean surprisal is an empirical risk, and the other way round", () => {
  const likelihood = likelihoods.bernoulli();
  expect(likelihood.loss.likelihood!.name).toBe("bernoulli");
  for (let stream = 0; stream < 50; stream++) {
    const source = draws(141, stream);
    const rows = 1 + source.random.integer(40);
    const z = source.normal(rows, 2);
    const y = source.classes(rows, 2);
    const risk = likelihood.loss.value(z, y);
    const logLikelihood = -likelihood.loss.value(z, y, SUM);
    within(risk * rows + logLikelihood, 0, ulp(logLikelihood));
    within(preciseSum(likelihood.logDensity(z, y)), logLikelihood, 16 * ulp(logLikelihood));
  }
  // Of every likelihood, weights included: the sum of the log densities is −(W·J/φ + constants).
  for (const one of distributions) {
    const source = draws(142);
    const [z, weights] = [source.normal(30), source.uniform(30, 0.5, 2)];
    const y = one.sample(z, random(5));
    const phi = one.dispersion!;
    const risk = one.loss.value(z, y, { weights });
    const sum = one.loss.value(z, y, { weights, reduction: "sum" });
    within(risk * preciseSum(weights) - sum, 0, 2 * ulp(sum));
    const weighted = (values: Float64Array): number => preciseSum(values.map((value, i) => weights[i] * value));
    const size = weighted(one.constant(y).map(Math.abs)) + weighted(one.loss.each(z, y).map(Math.abs)) / phi;
    within(sum / phi + weighted(one.constant(y)) + weighted(one.logDensity(z, y)), 0, 16 * ulp(size));
    const data = dataset(z, y, { columns: 1, weights });
    if (phi !== 1 || !one.loss.traits.smooth) continue;
    const [first, second] = [mle({ data, likelihood: one }), erm({ data, loss: one.loss })];
    expectBits(bits(first.coefficients, first.intercept), bits(second.coefficients, second.intercept));
  }
  for (const loss of [losses.hinge(), losses.exponential(), losses.focal({ gamma: 2 }), losses.brier()]) {
    expect(loss.likelihood).toBeNull();
  }
  const a = mle({ data: data3, likelihood });
  const b = erm({ data: data3, loss: bce });
  expectBits(bits(a.coefficients, a.intercept, a.objective), bits(b.coefficients, b.intercept, b.objective));
});

test("S2: the binary likelihood is a product, one factor of each row being exactly 1", () => {
  for (let stream = 0; stream < 50; stream++) {
    const source = draws(142, stream);
    const z = source.normal(20, 1.5);
    const y = source.classes(20, 2);
    const [p, q] = [sigmoid(z), sigmoid(z.map((value) => -value))];
    let product = 1;
    p.forEach((pi, i) => {
      const factors = [pi ** y[i], q[i] ** (1 - y[i])];
      expect(factors[y[i]]).toBe(1);
      product *= factors[0] * factors[1];
    });
    const log = -bce.value(z, y, SUM);
    expect(Math.abs(log)).toBeLessThan(40);
    within(Math.exp(log), product, 1e-14 * product);
  }
});

test("S3: two-class softmax is the sigmoid of the difference", () => {
  const two = losses.softmaxCrossEntropy({ classes: 2 });
  for (let stream = 0; stream < 200; stream++) {
    const source = draws(143, stream);
    // Differences without rounding.
    const [a, b] = source.normal(2, 20).map((z) => Math.round(z * 1024) / 1024);
    for (const y of [0, 1]) {
      const want = bce.each([b - a], [y])[0];
      within(two.each([a, b], [y])[0], want, 2 * ulp(want));
      // Sums take the logarithm of a product of several rows.
      within(two.value([a, b], [y]), want, 1e-14 * want);
      within(bce.value([b - a], [y]), want, 1e-14 * want);
    }
  }
});

test("S4: the product underflows, its logarithm does not", () => {
  expect(0.3 ** 1000).toBe(0);
  const y = new Float64Array(1000).fill(1);
  const log = -bce.value(new Float64Array(1000).fill(logit(0.3)), y, SUM);
  within(log, -1203.972804325936, 1e-12);
});

test("S5: the gradient of the whole is the mean over equal batches", () => {
  const source = draws(145);
  const [rows, columns, batches] = [240, 3, 8];
  const x = source.normal(rows * columns);
  const y = source.classes(rows, 2);
  const theta = source.normal(columns + 1);
  const gradient = (from: number, to: number): Float64Array =>
    objective({
      data: dataset(x.slice(from * columns, to * columns), y.slice(from, to), { columns }),
      likelihood: likelihoods.bernoulli(),
    }).gradient(theta);
  const whole = gradient(0, rows);
  const size = rows / batches;
  const parts = Array.from({ length: batches }, (_, b) => gradient(b * size, (b + 1) * size));
  const residuals = sigmoid(objective({ data: dataset(x, y, { columns }), loss: bce }).bound.scores(theta));
  for (let j = 0; j <= columns; j++) {
    const terms = Array.from(residuals, (p, i) => Math.abs((p - y[i]) * (j === 0 ? 1 : x[i * columns + j - 1])));
    within(preciseSum(parts.map((part) => part[j])) / batches, whole[j], (1e-14 * preciseSum(terms)) / rows);
  }
  // A seed is the same order of rows on every engine, and the same run.
  expect(Array.from(random(8).permutation(8))).toEqual([3, 0, 2, 6, 1, 4, 5, 7]);
  const run = (seed: number): Float64Array =>
    minimize(J3, { optimizer: optimizers.sgd({ learningRate: 0.1, batchSize: 2, seed, epochs: 3 }) }).parameters;
  expectBits(bits(run(8)), bits(run(8)));
  expect(bits(run(8))).not.toBe(bits(run(9)));
});

test("S6: cross-entropy takes probabilities; a threshold makes it 0 or ∞ and flat", () => {
  expect(crossEntropy([0, 1], [1, 0])).toBe(Infinity);
  expect(crossEntropy([0, 1], [0, 1])).toBe(0);
  for (let z = -690; z <= 690; z += 0.5) {
    for (const y of [0, 1]) expect(bce.gradient([z], [y])[0]).not.toBe(0);
  }
  const fit = logisticRegression(x3, y3, { columns: 1 });
  const scores = fit.scores([[2], [3]]);
  expect(scores.every((z) => z !== 0 && z !== 1)).toBe(true);
  expect(fit.predictProbabilities([[2], [3]]).every((p) => p > 0 && p < 1)).toBe(true);
  expect(fit.predict([[2], [3]])).toEqual([0, 1]);
});

test("S7: some score equations have closed forms: intercept alone, least squares", () => {
  const source = draws(147);
  const y = source.classes(97, 2);
  const share = y.reduce((a, b) => a + b, 0) / 97;
  // A column of zeros leaves the intercept alone.
  const fit = logisticRegression(new Float64Array(97), y, { columns: 1 });
  within(fit.intercept, logit(share), 1e-12);
  expect(fit.coefficients[0]).toBe(0);

  const x = source.normal(80);
  const numbers = x.map((value) => 2 - value + source.random.uniform());
  const [meanX, meanY] = [preciseSum(x) / 80, preciseSum(numbers) / 80];
  const covariance = preciseSum(x.map((value, i) => (value - meanX) * (numbers[i] - meanY)));
  const slope = covariance / preciseSum(x.map((value) => (value - meanX) ** 2));
  for (const own of [
    linearRegression(x, numbers, { columns: 1 }),
    mle({ data: dataset(x, numbers, { columns: 1 }), likelihood: likelihoods.gaussian() }),
  ]) {
    within(own.coefficients[0], slope, 1e-12);
    within(own.intercept, meanY - slope * meanX, 1e-12);
  }
});

test("S8: gradient descent, L-BFGS and Newton reach the same risk", () => {
  const values = [optimizers.gradientDescent(), optimizers.lbfgs(), optimizers.newton()].map(
    (optimizer) => minimize(J3, { optimizer, maxIterations: 100_000 }).value,
  );
  for (const value of values) within(value, 0.52809881717957066, 1e-10);
  const decaying = optimizers.sgd({
    ...{ learningRate: { kind: "inverseTime", rate: 0.5, decay: 0.01 }, batchSize: 2, seed: 8, epochs: 1000 },
  });
  within(minimize(J3, { optimizer: decaying }).value, 0.52809881717957066, 1e-3);
  const newton = minimize(J3, { optimizer: optimizers.newton() });
  expect(newton.iterations).toBeLessThanOrEqual(6);
  expect(newton.gradientNorm).toBeLessThan(1e-12);
  // Anchor A3: five steps leave a gradient of the order of rounding.
  expect(minimize(J3, { optimizer: optimizers.newton(), maxIterations: 5 }).gradientNorm).toBeLessThan(1e-14);
});

test("S9: descent goes against the gradient; ascent on the likelihood is descent on the risk", () => {
  const eta = 0.05;
  const start = Float64Array.of(0.3, -0.2);
  const gradient = J3.gradient(start);
  const step = (sign: number): number => J3.value(start.map((value, j) => value + sign * eta * gradient[j]));
  expect(step(-1)).toBeLessThan(J3.value(start));
  expect(step(1)).toBeGreaterThan(J3.value(start));
  // ∇ℓ = −m∇J: with η_J = m·η_ℓ the same iterates; where m is a power of two, the same bits.
  for (const m of [8, 7]) {
    const [x, y] = [x3.slice(0, m), y3.slice(0, m)];
    const slopes = (theta: Float64Array, reduction: "sum" | "mean"): number[] => {
      const r = bce.gradient(
        x.map((xi) => theta[0] + theta[1] * xi),
        y,
        { reduction },
      );
      return [r.reduce((sum, ri) => sum + ri, 0), r.reduce((sum, ri, i) => sum + ri * x[i], 0)];
    };
    const [up, down] = [start.slice(), start.slice()];
    for (let i = 0; i < 50; i++) {
      slopes(up, "sum").forEach((slope, j) => (up[j] += eta * -slope));
      slopes(down, "mean").forEach((slope, j) => (down[j] -= m * eta * slope));
      if (m === 8) expectBits(bits(up), bits(down));
      up.forEach((value, j) => within(down[j], value, 1e-14 * Math.max(1, Math.abs(value))));
    }
    const risk = ([a, b]: Float64Array): number =>
      bce.value(
        x.map((xi) => a + b * xi),
        y,
      );
    expect(risk(up)).toBeLessThan(risk(start));
  }
});

test("S10: ∇J = Xᵀ(h − y)/m, its Hessian Xᵀ diag(h(1 − h)) X/m", () => {
  const zero = new Float64Array(2);
  expect(Array.from(J3.gradient(zero))).toEqual([0, -0.3125]);
  const residuals = bce.gradient(new Float64Array(8), y3, SUM);
  expect([preciseSum(residuals), preciseSum(residuals.map((r, i) => r * x3[i]))]).toEqual([0, -2.5]);
  for (const theta of [zero, Float64Array.from(best3), Float64Array.of(1, -0.5)]) {
    const h = sigmoid(x3.map((x) => theta[0] + theta[1] * x));
    const [gradient, hessian] = [J3.gradient(theta), J3.hessian(theta)];
    within(gradient[0], preciseSum(h.map((p, i) => p - y3[i])) / 8, 1e-15);
    within(gradient[1], preciseSum(h.map((p, i) => (p - y3[i]) * x3[i])) / 8, 1e-15);
    const curvature = h.map((p) => p * (1 - p));
    [
      [1, 1],
      [1, 0],
      [0, 0],
    ].forEach(([a, b], at) => {
      const column = (power: number, x: number): number => (power === 1 ? 1 : x);
      const want = preciseSum(curvature.map((c, i) => c * column(a, x3[i]) * column(b, x3[i]))) / 8;
      within(hessian[at], want, 1e-14);
    });
    // Central differences of order 8, to 1e-12 of the terms of which a derivative is the sum.
    for (let j = 0; j < 2; j++) {
      const size = preciseSum(h.map((p, i) => Math.abs((p - y3[i]) * (j === 0 ? 1 : x3[i])))) / 8;
      within(difference((at) => [J3.value(at)], theta, j)[0], gradient[j], 1e-12 * size);
      const slopes = difference((at) => J3.gradient(at), theta, j);
      slopes.forEach((slope, k) => within(slope, hessian[j + k], 1e-11 * hessian[2]));
    }
  }
});

test("S11, S12: cross-entropy = entropy + relative entropy, in nats, and not symmetric", () => {
  const u = 2 ** -53;
  for (let stream = 0; stream < 100; stream++) {
    const source = draws(150, stream);
    const K = 2 + source.random.integer(30);
    const p = source.distributions(1, K);
    const own = source.uniform(K, 0.01, 1);
    const total = own.reduce((a, b) => a + b, 0);
    const model = own.map((value) => value / total);
    const scale = preciseSum(p.map((pk, k) => (pk === 0 ? 0 : pk * (1 - Math.log(pk) - Math.log(model[k])))));
    const bound = (4 + Math.log2(K)) * u * scale;
    within(crossEntropy(p, model) - entropy(p) - klDivergence(p, model), 0, bound);
    expect(crossEntropy(p, model)).toBeGreaterThan(entropy(p) - bound);
    expect(klDivergence(p, p)).toBe(0);
    expect(klDivergence(p, model)).toBeGreaterThan(0);
    const hot = p.map((_, k) => (k === K - 1 ? 1 : 0));
    expect(entropy(hot)).toBe(0);
    within(crossEntropy(hot, model), klDivergence(hot, model), bound);
  }
  expect(crossEntropy([1, 0], [0, 1])).toBe(Infinity);
  expect(crossEntropy([0.9, 0.1], [0.5, 0.5])).not.toBe(crossEntropy([0.5, 0.5], [0.9, 0.1]));
  within(crossEntropy([0.5, 0.5], [0.25, 0.75], { base: 2 }), 0.5 * 2 + 0.5 * Math.log2(4 / 3), 1e-15);
});

test("S13: a vector that sums to 5.04 is no distribution, and nothing is renormalised in silence", () => {
  expect(() => crossEntropy(onehot, q)).toThrow(RangeError);
  within(crossEntropy(onehot, q, { check: false }), 0.2231, 5e-5);
  within(crossEntropy(onehot, q, { normalize: true }), 1.8405, 5e-5);
  expect(() => losses.softmaxCrossEntropy({ classes: 10 }).value(onehot, q)).toThrow(/sums to 1, got 5\.04/);
});

test("S14: wrong classes count as soon as classes are coupled", () => {
  const loss = losses.softmaxCrossEntropy({ classes: 10 });
  const gradient = loss.gradient(q, [1]);
  expect(gradient.every((g) => g !== 0)).toBe(true);
  within(preciseSum(gradient), 0, 10 * 2 ** -53);
  const each = bce.each(logit(q), onehot);
  within(preciseSum(each), 6.752589525944623, 1e-14);
  expect(each[0]).not.toBe(0);
});

test("S17: the target makes it a regression, not the input", () => {
  expect(logisticRegression(x3, y3, { columns: 1 }).status).toBe("converged");
  const hot = [
    [1, 0],
    [0, 1],
    [1, 0],
    [0, 1],
  ];
  const fit = linearRegression(hot, [1, 3, 2, 5], { intercept: false });
  within(fit.coefficients[0], 1.5, 1e-15);
  within(fit.coefficients[1], 4, 1e-15);
});

test("S18: squared error is convex for linear scores", () => {
  const source = draws(158);
  const data = dataset(source.normal(60 * 3), source.normal(60), { columns: 3 });
  const target = objective({ data, loss: losses.squaredError() });
  expect(target.convex).toBe(true);
  const hessian = target.hessian(new Float64Array(4));
  expectBits(bits(target.hessian(source.normal(4))), bits(hessian));
  for (let i = 0; i < 50; i++) {
    const v = source.normal(4);
    let form = 0;
    for (let a = 0; a < 4; a++) {
      for (let b = 0; b <= a; b++) form += (a === b ? 1 : 2) * v[a] * v[b] * hessian[(a * (a + 1)) / 2 + b];
    }
    expect(form).toBeGreaterThan(0);
  }
});

test("S18: squared error of a sigmoid is not convex: its curvature changes sign at −ln 2", () => {
  const brier = losses.brier();
  const curvature = (z: number): number => brier.hessian([z], [1])[0] / 2;
  for (const z of [-8, -3, -1, -0.7, -0.69, 0, 1, 5]) {
    const p = sigmoid(z);
    within(curvature(z), p * (1 - p) * (1 - p) * (3 * p - 1), 1e-15);
  }
  expect(curvature(-Math.LN2 - 1e-9)).toBeLessThan(0);
  expect(curvature(-Math.LN2 + 1e-9)).toBeGreaterThan(0);
  expect(objective({ data: data3, loss: brier }).convex).toBe(false);
});

test("S21, S22: the squared error's slope is gone where the sigmoid saturates, right or wrong; it stays a proper score", () => {
  const brier = losses.brier();
  const half = (z: number): number => brier.gradient([z], [1])[0] / 2;
  digits(half(-10), -4.5393746863032433e-5);
  digits(half(-4), -0.017345021070840123);
  within(bce.gradient([-10], [1])[0] / half(-10), 22028.47, 0.01);
  expect([half(0), bce.gradient([0], [1])[0]]).toEqual([-0.125, -0.5]);
  expect(brier.traits.proper).toBe(true);
  // The expected loss of p = 0.3 is least at logit(0.3).
  const expected = (z: number): number => 0.3 * brier.value([z], [1]) + 0.7 * brier.value([z], [0]);
  const best = logit(0.3);
  for (const away of [-3, -0.1, -1e-3, 1e-3, 0.1, 3]) expect(expected(best + away)).toBeGreaterThan(expected(best));
});

test("S19: logistic risk is convex, and has no minimiser where the classes separate", () => {
  const source = draws(159);
  const wide = source.normal(60 * 4);
  const tied = wide.map((value, at) => (at % 4 === 3 ? wide[at - 1] - 2 * wide[at - 2] : value));
  const y = source.classes(60, 2);
  const spectra = [wide, tied].map((x) => {
    const target = objective({ data: dataset(x, y, { columns: 4 }), likelihood: likelihoods.bernoulli() });
    return Array.from({ length: 50 }, () => symmetricEigen(target.hessian(source.normal(5, 3)), 5).values);
  });
  for (const [full, deficient] of spectra[0].map((values, i) => [values, spectra[1][i]])) {
    const [most, least] = [Math.max(...full), Math.min(...full)];
    // Strictly convex where the columns are independent; flat along a dependence, and nowhere less.
    expect(least).toBeGreaterThan(1e-12 * most);
    within(Math.min(...deficient), 0, 1e-12 * Math.max(...deficient));
  }
  const x = [[-2], [-1], [-0.5], [0.5], [1], [3]];
  const apart = [0, 0, 0, 1, 1, 1];
  const fit = logisticRegression(x, apart);
  expect(fit.status).toBe("separated");
  x.forEach((row, i) => expect((2 * apart[i] - 1) * exactDot(fit.witness!, [1, ...row])).toBeGreaterThan(0));
  expect(Math.max(Math.abs(fit.intercept), Math.abs(fit.coefficients[0]))).toBeLessThan(1e4);
});

test("S23: a row costs more than ln 2 exactly where it is misclassified", () => {
  const z = [...draws(163).normal(200, 3), 1e-14, -1e-14, 1.1e-15, -1.1e-15, 30, -30, 700, -700];
  for (const score of z) {
    for (const y of [0, 1]) {
      const wrong = (score >= 0 ? 1 : 0) !== y;
      expect(bce.value([score], [y]) > Math.LN2).toBe(wrong);
    }
  }
});

test("S24: regression is cross-entropy too: the squared error is the Gaussian's", () => {
  const source = draws(164);
  for (const sd of [0.1, 1, 3]) {
    const likelihood = likelihoods.gaussian({ sd });
    const [z, y] = [source.normal(20), source.normal(20)];
    const want = z.map((value, i) => -((value - y[i]) ** 2) / (2 * sd * sd) - 0.5 * Math.log(2 * Math.PI * sd * sd));
    likelihood.logDensity(z, y).forEach((log, i) => within(log, want[i], 1e-13 * Math.max(1, Math.abs(want[i]))));
  }
  const x = source.normal(60);
  const y = source.normal(60);
  const a = linearRegression(x, y, { columns: 1 });
  const b = mle({ data: dataset(x, y, { columns: 1 }), likelihood: likelihoods.gaussian({ sd: 0.4 }) });
  within(b.coefficients[0], a.coefficients[0], 1e-12);
  within(b.intercept, a.intercept, 1e-12);

  // So are the absolute error, the quantile loss and Huber's: the surprisal of a density each, less its constant.
  for (const [loss, log] of [
    [losses.absoluteError(), (u: number) => -Math.abs(u) - Math.LN2],
    [losses.quantile({ level: 0.25 }), (u: number) => Math.log(3 / 16) - (u > 0 ? 0.25 * u : -0.75 * u)],
    [losses.logCosh(), (u: number) => -Math.log(Math.cosh(u)) - Math.log(Math.PI)],
  ] as const) {
    const [z, y] = [source.normal(20), source.normal(20)];
    loss.likelihood!.logDensity(z, y).forEach((got, i) => within(got, log(y[i] - z[i]), 1e-13));
  }

  // Binary cross-entropy with a constant target of 0.3 is least at p = 0.3, where it is H(0.3).
  const data = dataset([[0], [0], [0]], [0.3, 0.3, 0.3]);
  const fit = erm({ data, loss: bce });
  within(sigmoid(fit.intercept), 0.3, 1e-15);
  within(fit.objective, 0.61086430205489346, 2e-16);
  within(entropy([0.3, 0.7]), 0.61086430205489346, 2e-16);
});

test("S25: a normal prior adds ‖θ‖²/(2τ²) to the surprisal, λ = φ/(Wτ²)", () => {
  const tau = 0.8;
  const prior = priors.normal({ sd: tau });
  const likelihood = likelihoods.bernoulli();
  const posterior = objective({ data: data3, likelihood, prior });
  for (const theta of [Float64Array.of(0.2, 1.5), Float64Array.of(-1, -2)]) {
    within(8 * (posterior.value(theta) - J3.value(theta)), theta[1] ** 2 / (2 * tau * tau), 1e-14);
  }
  within(prior.penalty({ totalWeight: 8 }).lambda as number, 1 / (8 * tau * tau), 1e-17);
  within(prior.penalty({ totalWeight: 8, dispersion: 3 }).lambda as number, 3 / (8 * tau * tau), 1e-16);

  const free = mle({ data: data3, likelihood });
  const flat = map({ data: data3, likelihood, prior: priors.flat() });
  expectBits(bits(flat.coefficients, flat.intercept), bits(free.coefficients, free.intercept));
  const distances = [1, 10, 1e3, 1e6].map((scale) => {
    const wide = map({ data: data3, likelihood, prior: priors.normal({ sd: scale }) });
    const repeated = dataset(x3, y3, { columns: 1, weights: new Float64Array(8).fill(scale * scale) });
    const many = map({ data: repeated, likelihood, prior: priors.normal({ sd: 1 }) });
    // A prior r times as wide, or the data r² times: the same.
    within(many.coefficients[0], wide.coefficients[0], 1e-9);
    return Math.abs(wide.coefficients[0] - free.coefficients[0]);
  });
  for (let i = 1; i < distances.length; i++) expect(distances[i]).toBeLessThan(distances[i - 1] / 10);
  expect(distances[3]).toBeLessThan(1e-10);

  // Rows that come r times are rows of weight r.
  let before = Infinity;
  for (const r of [1, 10, 100, 1000]) {
    const again = (values: number[]): number[] => Array.from({ length: 8 * r }, (_, i) => values[i % 8]);
    const fit = map({ data: dataset(again(x3), again(y3), { columns: 1 }), likelihood, prior });
    const weighted = dataset(x3, y3, { columns: 1, weights: new Float64Array(8).fill(r) });
    within(fit.coefficients[0], map({ data: weighted, likelihood, prior }).coefficients[0], 1e-11);
    const distance = Math.abs(fit.coefficients[0] - free.coefficients[0]);
    expect(distance).toBeLessThan(before / 4);
    before = distance;
  }
});

test("S25: the mode depends on what is called the parameter", () => {
  // Of nine of twelve: under a flat prior of the probability p the mode is 9/12; the same prior as one of the score
  // z = logit(p) has density p(1 − p), whose mode is (9 + 1)/(12 + 2).
  const trials = [1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0];
  const surprisal = (z: number): number => bce.value(new Float64Array(12).fill(z), trials, SUM);
  const byScore = {
    size: 1,
    value: ([z]: Float64Array) => surprisal(z) + softplus(z) + softplus(-z),
    gradient: ([z]: Float64Array) => [12 * sigmoid(z) - 9 + sigmoid(z) - sigmoid(-z)],
  };
  within(sigmoid(minimize(byScore).parameters[0]), 10 / 14, 1e-8);
  const flat = map({
    ...{ data: dataset(new Float64Array(12), trials, { columns: 1 }), likelihood: likelihoods.bernoulli() },
    prior: priors.normal({ sd: 1 }),
  });
  within(sigmoid(flat.intercept), 9 / 12, 1e-14);
});

test("S25: a Laplace prior adds ‖θ‖₁/b to the surprisal, λ₁ = φ/(Wb)", () => {
  const likelihood = likelihoods.bernoulli();
  const prior = priors.laplace({ scale: 0.8 });
  const posterior = objective({ data: data3, likelihood, prior });
  for (const theta of [Float64Array.of(0.2, 1.5), Float64Array.of(-1, -2)]) {
    within(8 * (posterior.value(theta) - J3.value(theta)), Math.abs(theta[1]) / 0.8, 1e-14);
  }
  within(prior.penalty({ totalWeight: 8, dispersion: 3 }).lambda as number, 3 / (8 * 0.8), 1e-15);
  const free = mle({ data: data3, likelihood });
  const wide = [1, 10, 1e3, 1e6, 1e12].map((scale) =>
    map({ data: data3, likelihood, prior: priors.laplace({ scale }) }),
  );
  const repeated = [1, 10, 1e3, 1e6, 1e12].map((r) => {
    const data = dataset(x3, y3, { columns: 1, weights: new Float64Array(8).fill(r) });
    return map({ data, likelihood, prior: priors.laplace({ scale: 1 }) });
  });
  const distances = wide.map((fit) => Math.abs(fit.coefficients[0] - free.coefficients[0]));
  for (let i = 1; i < distances.length; i++) expect(distances[i]).toBeLessThan(distances[i - 1] / 2);
  expect(distances[4]).toBeLessThan(1e-10);
  // A prior r times as wide, or the data r times: the same.
  wide.forEach((fit, i) => within(repeated[i].coefficients[0], fit.coefficients[0], 1e-9));
  // A narrow one leaves nothing of the slope, exactly; the intercept is that of a model without it.
  const narrow = map({ data: data3, likelihood, prior: priors.laplace({ scale: 0.1 }) });
  expect(narrow.coefficients[0]).toBe(0);
  within(narrow.intercept, 0, 1e-15);
});

test("S26: the identities that join the schools", () => {
  const source = draws(166);
  const x = source.normal(120 * 2);
  const y = Float64Array.from({ length: 120 }, (_, i) => (x[2 * i] + 2 * source.normal(1)[0] > 0 ? 1 : 0));
  const data = dataset(x, y, { columns: 2 });
  const likelihood = likelihoods.bernoulli();
  const same = (a: { coefficients: Float64Array; intercepts: Float64Array }, b: typeof a): void =>
    expectBits(bits(a.coefficients, a.intercepts), bits(b.coefficients, b.intercepts));
  same(mle({ data, likelihood }), erm({ data, loss: bce }));
  const prior = priors.normal({ sd: 0.6 });
  const penalty = prior.penalty({ totalWeight: data.totalWeight });
  same(map({ data, likelihood, prior }), erm({ data, loss: bce, penalty }));
  const gaussian = likelihoods.gaussian();
  same(mle({ data, likelihood: gaussian }), erm({ data, loss: losses.squaredError() }));
  const binary = logisticRegression(x, y, { columns: 2 });
  const two = softmaxRegression(x, y, { columns: 2 });
  binary.coefficients.forEach((value, j) => within(two.coefficients[2 + j], value, 1e-11));
  within(two.objective, binary.objective, 1e-15);
  // The mean cross-entropy of labels is their mean relative entropy, whose own entropy is 0.
  const p = binary.predictProbabilities(x);
  const own = Array.from(y, (label) => [1 - label, label]);
  const relative = own.map((label, i) => entropy(label) + klDivergence(label, [1 - p[i], p[i]]));
  within(preciseSum(relative) / 120, binary.objective, 1e-14);
  // And risk is more than likelihood: one without.
  expect(erm({ data, loss: losses.squaredHinge(), penalty: penalties.l2(0.1) }).logLikelihood).toBeNull();
});
