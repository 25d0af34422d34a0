import { describe, expect, test } from "vitest";
import {
  type Fit,
  fitFromJSON,
  fitter,
  generalizedLinearModel,
  likelihoods,
  linearRegression,
  logisticRegression,
  penalties,
  priors,
  resume,
  softmaxRegression,
} from "../../src/index.js";
import { draws, within } from "../support.js";

const source = draws(977);
const rows = 40;
const x = Array.from({ length: rows }, () => Array.from(source.normal(2)));
const numbers = Array.from(source.normal(rows), (e, i) => 1 + x[i][0] - 2 * x[i][1] + e);
const labels = numbers.map((value) => (value > 1 ? "high" : "low")).map((label, i) => (i % 7 === 0 ? "low" : label));
const three = numbers.map((value, i) => (i % 5 === 0 ? "b" : value > 2 ? "c" : value > 0 ? "b" : "a"));
const weights = source.uniform(rows, 0.5, 2);
const offset = source.normal(rows);

const same = (a: Fit, b: Fit): void => {
  expect(JSON.stringify(a)).toBe(JSON.stringify(b));
};

describe("a generalized linear model is the fit of its likelihood, bit for bit", () => {
  const prior = priors.normal({ sd: 1.5 });
  test.each([
    ["plain", {}],
    ["weights, offset, standardize", { weights, offset, standardize: true }],
    ["without intercept, by prior", { prior, intercept: false }],
    ["by penalty", { penalty: penalties.l2(0.1) }],
    ["by L1 penalty", { penalty: penalties.l1(0.05) }],
  ])("%s", (_, options) => {
    const bernoulli = likelihoods.bernoulli();
    same(
      generalizedLinearModel(x, labels, { likelihood: bernoulli, ...options }),
      logisticRegression(x, labels, options),
    );
    const gaussian = likelihoods.gaussian({ sd: 1.5 });
    const known = { ...options, sd: 1.5 };
    same(generalizedLinearModel(x, numbers, { likelihood: gaussian, ...options }), linearRegression(x, numbers, known));
    if ("offset" in options) return;
    const categorical = likelihoods.categorical({ classes: 3 });
    same(
      generalizedLinearModel(x, three, { likelihood: categorical, ...options }),
      softmaxRegression(x, three, options),
    );
  });

  test("with an sd to be estimated", () => {
    same(generalizedLinearModel(x, numbers, { likelihood: likelihoods.gaussian() }), linearRegression(x, numbers));
  });

  test("with the classes in an order of their own", () => {
    const classes = ["low", "high"];
    const fit = generalizedLinearModel(x, labels, { likelihood: likelihoods.bernoulli(), classes });
    same(fit, logisticRegression(x, labels, { classes }));
  });

  test("as a job", () => {
    const options = { likelihood: likelihoods.bernoulli() };
    const job = fitter(generalizedLinearModel, x, labels, options);
    while (!job.step({ units: 1 }));
    same(job.result, generalizedLinearModel(x, labels, options));
  });

  test("as a job stored and resumed, its likelihood given again", () => {
    const likelihood = likelihoods.bernoulli();
    const job = fitter(generalizedLinearModel, x, labels, { likelihood });
    job.step({ units: 2 });
    const resumed = resume(JSON.stringify(job), { x, y: labels, likelihood });
    while (!resumed.step({ units: 1 }));
    same(resumed.result, generalizedLinearModel(x, labels, { likelihood }));
    expect(() => resume(JSON.stringify(job), { x, y: labels })).toThrow(/"likelihood" expected/);
  });
});

describe("shares of successes", () => {
  const shares = [0.1, 0.3, 0.25, 0.9];
  const fit = generalizedLinearModel([[0], [1], [2], [3]], shares, { likelihood: likelihoods.bernoulli() });

  test("are fitted as they are: the score equations hold", () => {
    const means = fit.predictProbabilities([[0], [1], [2], [3]]);
    within(
      means.reduce((sum, mean, i) => sum + mean - shares[i], 0),
      0,
      1e-12,
    );
    within(
      means.reduce((sum, mean, i) => sum + i * (mean - shares[i]), 0),
      0,
      1e-12,
    );
  });

  test("have no classes and no density", () => {
    expect(fit.classes).toBe(null);
    expect(fit.logLikelihood).toBe(null);
    expect(fitFromJSON(JSON.stringify(fit)).classes).toBe(null);
    expect(() =>
      generalizedLinearModel([[0], [1]], [0.5, 1], { likelihood: likelihoods.bernoulli(), classes: [0, 1] }),
    ).toThrow(/"classes" expected nothing for numbers of a bernoulli likelihood/);
  });
});

describe("what does not fit is refused by name", () => {
  const call = (y: unknown, options: unknown) => () => generalizedLinearModel(x, y as never, options as never);
  test.each([
    ["no likelihood", call(numbers, {}), /"likelihood" expected one of this library's, got undefined/],
    ["no options", call(numbers, undefined), /"likelihood" expected/],
    ["a loss", call(numbers, { likelihood: {} }), /"likelihood" expected/],
    [
      "labels for numbers",
      call(labels, { likelihood: likelihoods.gaussian() }),
      /"y" expected a number, got "\w+" at row 0/,
    ],
    [
      "another number of classes",
      call(labels, { likelihood: likelihoods.categorical({ classes: 3 }) }),
      /"y" expected labels of 3 classes, got "2 classes"/,
    ],
    [
      "a prior beside an unknown sd",
      call(numbers, { likelihood: likelihoods.gaussian(), prior: priors.normal({ sd: 1 }) }),
      /"sd" expected a number beside a prior/,
    ],
  ])("%s", (_, run, message) => {
    expect(run).toThrow(message);
  });
});
