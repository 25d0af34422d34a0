import { describe, expect, test } from "vitest";
import {
  type Dataset,
  type Fit,
  type FitRecord,
  type VerifyOptions,
  dataset,
  erm,
  fitFromJSON,
  generalizedLinearModel,
  likelihoods,
  linearRegression,
  logisticRegression,
  losses,
  map,
  mle,
  optimizers,
  penalties,
  priors,
  softmaxRegression,
  verify,
} from "../../src/index.js";
import { draws } from "../support.js";

const source = draws(191);
const rows = 120;
const x = Array.from({ length: rows }, () => Array.from(source.normal(3)));
const noise = source.normal(rows);
const score = x.map(([a, b, c], i) => a - b / 2 + c / 4 + noise[i]);
const two = score.map((z) => (z > 0 ? 1 : 0));
const three = score.map((z) => (z > 1 ? 2 : z > -1 ? 1 : 0));
const counts = score.map((z) => Math.max(0, Math.round(z + 1)));
const spread = counts.map((y, i) => (i % 3 === 0 ? 4 * y : y));
const amounts = score.map((z) => Math.exp(z / 2));
const weights = Array.from(source.uniform(rows), (u) => u + 0.5);
const offset = Array.from(source.normal(rows), (z) => z / 2);
const words = two.map((y) => ["no", "yes"][y]);
const raw = (y: number[], options = {}): Dataset => dataset(x, y, options);

const cases: [string, Fit, Dataset, VerifyOptions?][] = [
  ["logistic", logisticRegression(x, words), raw(two)],
  ["logistic, weighted, offset", logisticRegression(x, two, { weights, offset }), raw(two, { weights, offset })],
  ["logistic, prior", logisticRegression(x, two, { prior: priors.normal({ sd: 0.5, mean: 1 }) }), raw(two)],
  ["logistic, lbfgs", logisticRegression(x, two, { optimizer: optimizers.lbfgs() }), raw(two)],
  ["logistic, L1", logisticRegression(x, two, { penalty: penalties.l1(0.03) }), raw(two)],
  [
    "logistic, elastic net, standardized",
    logisticRegression(x, two, { penalty: penalties.elasticNet({ l1: 0.02, l2: 0.1 }), standardize: true }),
    raw(two),
  ],
  ["logistic, Cauchy", logisticRegression(x, two, { prior: priors.cauchy({ scale: 1 }) }), raw(two)],
  ["logistic, no intercept", logisticRegression(x, two, { intercept: false }), raw(two)],
  ["softmax", softmaxRegression(x, three), raw(three)],
  ["softmax, prior", softmaxRegression(x, three, { prior: priors.normal({ sd: 1 }) }), raw(three)],
  ["linear", linearRegression(x, score), raw(score)],
  [
    "linear, weighted, standardized",
    linearRegression(x, score, { weights, standardize: true }),
    raw(score, { weights }),
  ],
  [
    "ridge, standardized data",
    linearRegression(x, score, { penalty: penalties.l2(0.1), standardize: true }),
    raw(score, { standardize: true }),
  ],
  ["lasso", linearRegression(x, score, { sd: 1, prior: priors.laplace({ scale: 0.05 }) }), raw(score)],
  [
    "map, gaussian",
    map({ data: raw(score), likelihood: likelihoods.gaussian({ sd: 0.7 }), prior: priors.normal({ sd: 2 }) }),
    raw(score),
  ],
  ["poisson", erm({ data: raw(counts), loss: losses.poisson() }), raw(counts)],
  ["gamma", erm({ data: raw(amounts), loss: losses.gamma() }), raw(amounts)],
  [
    "tweedie",
    erm({ data: raw(counts), loss: losses.tweedie({ power: 1.5 }) }),
    raw(counts),
    { loss: losses.tweedie({ power: 1.5 }) },
  ],
  [
    "huber",
    erm({ data: raw(score), loss: losses.huber({ delta: 1 }) }),
    raw(score),
    { loss: losses.huber({ delta: 1 }) },
  ],
  ["standardized data", mle({ data: raw(two, { standardize: true }), likelihood: likelihoods.bernoulli() }), raw(two)],
  [
    "quantile",
    erm({ data: raw(score), loss: losses.quantile({ level: 0.3 }) }),
    raw(score),
    { loss: losses.quantile({ level: 0.3 }) },
  ],
  [
    "absolute error, L1",
    erm({ data: raw(score), loss: losses.absoluteError(), penalty: penalties.l1(0.05) }),
    raw(score),
  ],
  ["hinge, L2", erm({ data: raw(two), loss: losses.hinge(), penalty: penalties.l2(0.1) }), raw(two)],
  // What else the name does not tell, the fit does.
  ...(["probit", "complementaryLogLog"] as const).map((link): [string, Fit, Dataset] => [
    link,
    generalizedLinearModel(x, two, { likelihood: likelihoods.bernoulli({ link }) }),
    raw(two),
  ]),
  ["negative binomial", generalizedLinearModel(x, spread, { likelihood: likelihoods.negativeBinomial() }), raw(spread)],
];

describe.each(cases)("%s", (_, fit, data, options) => {
  test("is optimal, also when read from JSON, and on either backend's data", () => {
    for (const one of [fit, fitFromJSON(JSON.stringify(fit))]) {
      const { optimal, certificate, reason } = verify(one, data, options);
      expect(reason).toMatch(/^(The Newton decrement² is|The \d+ rows and coefficients at their kinks balance)/);
      expect(optimal, reason).toBe(true);
      expect(certificate.value).toBeLessThanOrEqual(certificate.bound!);
    }
  });

  test("is not, with any coefficient off by 1e-6, up or down", () => {
    const K = fit.intercepts.length;
    const change = (name: "coefficients" | "intercepts", j: number, by: number): FitRecord => ({
      ...fit,
      [name]: fit[name].map((value, i) => (i === j ? value + by : value)),
    });
    for (const by of [1e-6, -1e-6]) {
      for (let j = 0; j < fit.coefficients.length; j++) {
        const { optimal, reason } = verify(change("coefficients", j, by), data, options);
        expect(optimal, `coefficient ${j}: ${reason}`).toBe(false);
      }
      if (!fit.statement.intercept) continue;
      for (let k = 0; k < K; k++) expect(verify(change("intercepts", k, by), data, options).optimal).toBe(false);
    }
  });

  test("is not the optimum of other data", () => {
    const { targets } = data;
    const moved = Array.from(targets!);
    moved[3] = moved[3] === 1 ? 0 : 1;
    expect(verify(fit, raw(moved), options).optimal).toBe(false);
  });
});

describe("no optimum", () => {
  const line = [[1], [2], [3], [4], [5], [6]];
  const fit = logisticRegression(line, [0, 0, 0, 1, 1, 1]);

  test("the witness proves it", () => {
    const found = verify(fit, dataset(line, [0, 0, 0, 1, 1, 1]));
    expect(found).toMatchObject({
      optimal: false,
      reason: "There is no optimum: along the witness 6 comparisons are won, 0 tied, none lost.",
    });
    const zeros = erm({ data: dataset(line, [0, 0, 0, 0, 0, 0]), loss: losses.poisson() });
    expect(verify(zeros, dataset(line, [0, 0, 0, 0, 0, 0])).reason).toMatch(/^There is no optimum/);
  });

  test("a witness that was tampered with proves nothing", () => {
    const witness = fit.witness!.map((value, j) => (j === 0 ? value + 3 : value));
    expect(verify({ ...fit, witness }, dataset(line, [0, 0, 0, 1, 1, 1])).reason).toMatch(/^The witness does not hold/);
    expect(verify(fit, dataset(line, [0, 0, 0, 1, 1, 0])).reason).toMatch(/^The witness does not hold/);
  });

  test("ended early, a fit is not optimal", () => {
    const early = logisticRegression(x, two, { maxIterations: 2 });
    expect(verify(early, raw(two))).toMatchObject({ optimal: false });
  });
});

test.each<[string, () => unknown, RegExp]>([
  ["no fit", () => verify(null as never, raw(two)), /"fit" expected a fit/],
  ["no data", () => verify(cases[0][1], {} as never), /"data" expected a dataset/],
  ["other columns", () => verify(cases[0][1], dataset([[1], [2]], [0, 1])), /"data" expected 3 columns as fitted/],
  ["no targets", () => verify(cases[0][1], dataset(x)), /"data" expected a dataset with targets/],
  [
    "a loss with options",
    () => verify(cases[17][1], raw(counts)),
    /"loss" expected the loss or likelihood of the fit, tweedie/,
  ],
  [
    "NaN",
    () => verify({ ...cases[0][1], coefficients: Float64Array.of(1, NaN, 2) }, raw(two)),
    /"fit.coefficients" expected finite/,
  ],
  ["another option", () => verify(cases[0][1], raw(two), { model: 1 } as never), /"options" expected only/],
])("%s is refused", (_, call, message) => {
  expect(call).toThrow(message);
});
