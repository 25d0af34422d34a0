/** What standard errors must do whatever the data: beside plain matrices, under weights, units and standardising. */
import { describe, expect, test } from "vitest";
import {
  type Inference,
  type InferenceOptions,
  dataset,
  erm,
  generalizedLinearModel,
  inference,
  likelihoods,
  linearRegression,
  logisticRegression,
  losses,
  map,
  mle,
  penalties,
  poissonRegression,
  priors,
  quantileRegression,
  robustRegression,
  softmaxRegression,
  sparse,
} from "../../src/index.js";
import { draws, within } from "../support.js";

const source = draws(77);
const n = 60;
const x = Array.from({ length: n }, () => Array.from(source.normal(2)));
const noise = source.normal(n);
const y = x.map(([a, b], i) => 1 + 2 * a - b + 0.5 * noise[i]);
const classes = x.map(([a, b], i) => (a - b + 1.5 * noise[i] > 0 ? 1 : 0));
const counts = x.map(([a], i) => Math.max(0, Math.round(2 + a + noise[i])));
const whole = Array.from(source.classes(n, 4));
const fractions = Array.from(source.uniform(n, 0.3, 2));

const errors = (made: Inference): number[] => made.rows.map((row) => row.standardError!);
const close = (got: readonly number[], want: readonly number[], tolerance = 1e-11): void => {
  expect(got.length).toBe(want.length);
  got.forEach((value, j) => within(value, want[j], tolerance * Math.abs(want[j]), `number ${j}`));
};

/** The inverse by Gauss and Jordan. */
function inverse(a: number[][]): number[][] {
  const p = a.length;
  const m = a.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let k = 0; k < p; k++) {
    const best = m.slice(k).reduce((at, row, i) => (Math.abs(row[k]) > Math.abs(m[at][k]) ? k + i : at), k);
    [m[k], m[best]] = [m[best], m[k]];
    const pivot = m[k][k];
    m[k] = m[k].map((value) => value / pivot);
    m.forEach((row, i) => {
      if (i !== k) m[i] = row.map((value, j) => value - row[k] * m[k][j]);
    });
  }
  return m.map((row) => row.slice(p));
}
const times = (a: number[][], b: number[][]): number[][] =>
  a.map((row) => b[0].map((_, j) => row.reduce((sum, value, k) => sum + value * b[k][j], 0)));
const outerSum = (rows: number[][], weights: number[]): number[][] =>
  rows[0].map((_, a) => rows[0].map((_, b) => rows.reduce((sum, row, i) => sum + weights[i] * row[a] * row[b], 0)));
const design = x.map((row) => [1, ...row]);
const diagonal = (a: number[][]): number[] => a.map((row, i) => Math.sqrt(row[i]));

describe("weights", () => {
  test("as frequencies are rows repeated", () => {
    const rows = (of: ArrayLike<unknown>): unknown[] => whole.flatMap((w, i) => new Array<unknown>(w).fill(of[i]));
    const repeated = rows(x) as number[][];
    const options: InferenceOptions[] = [
      {},
      { sandwich: true },
      { sandwich: "HC1" },
      { sandwich: "HC2" },
      { sandwich: "HC3" },
    ];
    for (const option of options) {
      const linear = inference(linearRegression(x, y, { weights: whole }), dataset(x, y, { weights: whole }), option);
      const ys = rows(y) as number[];
      const other = inference(linearRegression(repeated, ys), dataset(repeated, ys), option);
      close(errors(linear), errors(other));
      expect(linear.observations).toBe(repeated.length);
      expect(linear.weightsAre).toBe("frequency");
      within(linear.aic!, other.aic!, 1e-10);
      within(linear.bic!, other.bic!, 1e-10);
      within(linear.rSquared!, other.rSquared!, 1e-12);
      const labels = rows(classes) as number[];
      const logistic = inference(
        logisticRegression(x, classes, { weights: whole }),
        dataset(x, classes, { weights: whole }),
        option,
      );
      close(
        errors(logistic),
        errors(inference(logisticRegression(repeated, labels), dataset(repeated, labels), option)),
        1e-8,
      );
    }
  });

  test("as precisions leave n the rows, and add ½Σ log w to the log-likelihood; scaling them changes nothing but that", () => {
    const weights = fractions;
    const fit = linearRegression(x, y, { weights });
    const made = inference(fit, dataset(x, y, { weights }), { weightsAre: "precision" });
    const rss = fit.sd! ** 2 * fit.totalWeight;
    const bread = inverse(outerSum(design, weights));
    close(
      errors(made),
      diagonal(bread).map((d) => d * Math.sqrt(rss / (n - 3))),
    );
    const logs = weights.reduce((sum, w) => sum + Math.log(w), 0);
    within(made.logLikelihood!, -0.5 * n * (Math.log((2 * Math.PI * rss) / n) + 1) + 0.5 * logs, 1e-10);
    within(made.maximumLikelihoodDispersion!, rss / n, 1e-14);
    const tenfold = weights.map((w) => 10 * w);
    const other = inference(linearRegression(x, y, { weights: tenfold }), dataset(x, y, { weights: tenfold }), {
      weightsAre: "precision",
    });
    close(errors(other), errors(made));
    within(other.logLikelihood!, made.logLikelihood!, 1e-9);
    within(other.aic!, made.aic!, 1e-9);
  });

  test("the same numbers as precisions and as frequencies", () => {
    const weights = [4, 1, 3, 6, 2];
    const line = [[1], [2], [3], [4], [5]];
    const target = [1.1, 1.9, 3.2, 3.9, 5.1];
    const fit = linearRegression(line, target, { weights });
    const data = dataset(line, target, { weights });
    const [precision, frequency] = (["precision", "frequency"] as const).map((weightsAre) =>
      errors(inference(fit, data, { weightsAre })),
    );
    // (Σw − p)/(n − p) = (16 − 2)/(5 − 2).
    close(
      precision,
      frequency.map((se) => se * Math.sqrt(14 / 3)),
    );
  });

  test("that are not whole need a word, and it is said which", () => {
    const made = inference(linearRegression(x, y, { weights: fractions }), dataset(x, y, { weights: fractions }));
    expect(made.rows.every((row) => row.standardError === null && row.pValue === null)).toBe(true);
    expect(made.aic).toBeNull();
    expect(made.refused["standardErrors"]).toMatch(/weightsAre: "frequency"/);
    expect(made.refused["aic"]).toMatch(/weightsAre/);
    expect(made.weightsAre).toBeNull();
  });

  test("of samples have a sandwich only, and no likelihood", () => {
    const weights = fractions;
    const data = dataset(x, classes, { weights });
    const made = inference(logisticRegression(x, classes, { weights }), data, { weightsAre: "sampling" });
    expect(made.errors).toBe("sandwich HC0");
    expect(made.aic).toBeNull();
    expect(made.logLikelihood).toBeNull();
    expect(made.refused["logLikelihood"]).toMatch(/sampling/);
  });
});

describe("sandwich", () => {
  const fit = linearRegression(x, y);
  const data = dataset(x, y);
  const residuals = Array.from(fit.predict(x) as Float64Array, (mean, i) => y[i] - mean);
  const bread = inverse(outerSum(design, new Array<number>(n).fill(1)));
  const leverage = design.map(
    (row) =>
      times(
        [row],
        times(
          bread,
          row.map((v) => [v]),
        ),
      )[0][0],
  );
  const of = (weights: number[]): number[] => diagonal(times(times(bread, outerSum(design, weights)), bread));
  const squares = residuals.map((r) => r * r);

  test("HC0 to HC3 beside plain matrices", () => {
    const want = {
      HC0: of(squares),
      HC1: of(squares.map((r) => (r * n) / (n - 3))),
      HC2: of(squares.map((r, i) => r / (1 - leverage[i]))),
      HC3: of(squares.map((r, i) => r / (1 - leverage[i]) ** 2)),
    };
    for (const kind of ["HC0", "HC1", "HC2", "HC3"] as const) {
      const made = inference(fit, data, { sandwich: kind });
      close(errors(made), want[kind]);
      expect(made.errors).toBe(`sandwich ${kind}`);
      expect(made.test).toBe("t");
    }
    close(errors(inference(fit, data, { sandwich: true })), want.HC0);
  });

  test("clusters beside plain matrices; of single rows they change nothing", () => {
    const clusters = x.map((_, i) => `group ${i % 7}`);
    const sums = Array.from({ length: 7 }, (_, g) =>
      design.reduce((sum, row, i) => sum.map((s, j) => s + (i % 7 === g ? residuals[i] * row[j] : 0)), [0, 0, 0]),
    );
    const meat = outerSum(sums, new Array<number>(7).fill(1));
    const want = diagonal(times(times(bread, meat), bread));
    const made = inference(fit, data, { clusters });
    close(errors(made), want);
    expect(made.errors).toBe("sandwich HC0, 7 clusters");
    const corrected = inference(fit, data, { clusters, sandwich: "HC1" });
    close(
      errors(corrected),
      want.map((se) => se * Math.sqrt((7 / 6) * ((n - 1) / (n - 3)))),
    );
    close(errors(inference(fit, data, { clusters: x.map((_, i) => i) })), of(squares));
  });

  test("holds for losses and robust fits, which have no other errors", () => {
    const byLoss = erm({ data, loss: losses.squaredError() });
    close(errors(inference(byLoss, data, { sandwich: true })), of(squares));
    const refused = inference(byLoss, data);
    expect(refused.errors).toBeNull();
    expect(refused.refused["standardErrors"]).toMatch(/sandwich/);
    const robust = robustRegression(x, y);
    const made = inference(robust, data, { sandwich: true });
    const scaled = Array.from(robust.predict(x) as Float64Array, (mean, i) => (y[i] - mean) / robust.scale!);
    const inner = inverse(
      outerSum(
        design,
        scaled.map((u) => (Math.abs(u) < 1.345 ? 1 : 0)),
      ),
    );
    const slopes = outerSum(
      design,
      scaled.map((u) => Math.max(-1.345, Math.min(1.345, u)) ** 2),
    );
    const want = diagonal(times(times(inner, slopes), inner)).map((se) => se * robust.scale!);
    close(errors(made), want);
    const other = robustRegression(x, y, { delta: 2 });
    expect(() => inference(other, data, { sandwich: true })).toThrow(/likelihood or loss tell options/);
    expect(inference(other, data, { sandwich: true, loss: losses.huber({ delta: 2 }) }).errors).toBe("sandwich HC0");
    const t = robustRegression(x, y, { loss: "studentT" });
    expect(inference(t, data, { sandwich: true }).errors).toBe("sandwich HC0");
  });

  test("of classes is one of scores of all classes", () => {
    const labels = x.map(([a, b], i) => (a + noise[i] > 0.5 ? 2 : b > 0 ? 1 : 0));
    const several = inference(softmaxRegression(x, labels), dataset(x, labels), { sandwich: true });
    expect(several.rows.length).toBe(6);
    expect(errors(several).every((se) => se > 0)).toBe(true);
    const two = inference(softmaxRegression(x, classes), dataset(x, classes), { sandwich: true });
    const one = inference(logisticRegression(x, classes), dataset(x, classes), { sandwich: true });
    close(errors(two), errors(one), 1e-8);
    expect(() => inference(softmaxRegression(x, labels), dataset(x, labels), { sandwich: "HC3" })).toThrow(/HC0/);
  });
});

describe("parametrisation", () => {
  test("standardizing changes no error, of coefficients as given", () => {
    const shifted = x.map(([a, b]) => [100 + 3 * a, 5 - 0.01 * b]);
    for (const options of [{}, { sandwich: "HC2" }] as InferenceOptions[]) {
      const want = errors(inference(logisticRegression(shifted, classes), dataset(shifted, classes), options));
      const fit = logisticRegression(shifted, classes, { standardize: true });
      const data = dataset(shifted, classes, { standardize: true });
      close(errors(inference(fit, data, options)), want, 1e-8);
      close(errors(inference(fit, dataset(shifted, classes), options)), want, 1e-8);
    }
  });

  test("two classes by softmax are those of logistic regression", () => {
    const two = inference(softmaxRegression(x, classes), dataset(x, classes));
    const one = inference(logisticRegression(x, classes), dataset(x, classes));
    close(errors(two), errors(one), 1e-8);
    within(two.aic!, one.aic!, 1e-9);
    within(two.nullDeviance!, one.nullDeviance!, 1e-9);
    expect(two.rows.map((row) => row.class)).toEqual(["1", "1", "1"]);
  });

  test("an offset, and no intercept", () => {
    const offset = x.map(([a]) => 0.3 * a);
    const plain = inference(poissonRegression(x, counts), dataset(x, counts));
    const fit = poissonRegression(x, counts, { offset });
    const made = inference(fit, dataset(x, counts, { offset }));
    close(errors(made), errors(plain), 1e-8);
    within(made.deviance!, plain.deviance!, 1e-9);
    expect(made.nullDeviance).not.toBeCloseTo(plain.nullDeviance!, 6);
    expect(() => inference(fit, dataset(x, counts))).toThrow(/"data" expected the offset of the fit/);
    const through = inference(linearRegression(x, y, { intercept: false }), dataset(x, y));
    expect(through.rows.map((row) => row.name)).toEqual(["x0", "x1"]);
    within(
      through.nullDeviance!,
      y.reduce((sum, value) => sum + value * value, 0),
      1e-11,
    );
  });

  test("columns that others determine are named and have no error; the rest is as without them", () => {
    const doubled = x.map(([a, b]) => [a, a + b, b]);
    const names = ["a", "sum", "b"];
    const plain = errors(
      inference(
        linearRegression(
          doubled.map(([a, s]) => [a, s]),
          y,
        ),
        dataset(
          doubled.map(([a, s]) => [a, s]),
          y,
        ),
      ),
    );
    const made = inference(linearRegression(doubled, y, { names }), dataset(doubled, y, { names }));
    expect(made.rows.map((row) => row.standardError === null)).toEqual([false, false, false, true]);
    close(errors(made).slice(0, 3), plain);
    expect(made.residualDegreesOfFreedom).toBe(n - 3);
    expect(Number.isNaN(made.covariance![15])).toBe(true);
    const logistic = inference(logisticRegression(doubled, classes), dataset(doubled, classes));
    expect(logistic.rows.map((row) => row.standardError === null)).toEqual([false, false, false, true]);
  });

  test("many rows and parameters go by the Hessian, to the same numbers", () => {
    const rows = 20_000;
    const columns = 120;
    const wide = draws(5).normal(rows * columns);
    const labels = Float64Array.from({ length: rows }, (_, i) =>
      Number(wide[i * columns] + wide[i * columns + 1] > 0.3),
    );
    for (let i = 0; i < rows; i += 3) labels[i] = 1 - labels[i];
    const fit = logisticRegression(wide, labels, { columns });
    const big = inference(fit, dataset(wide, labels, { columns }));
    const scores = fit.scores(wide);
    const kappa = Array.from(scores, (z) => 1 / (2 + Math.exp(z) + Math.exp(-z)));
    let first = 0;
    // The covariance times the information is the identity: one row of it.
    const solved = big.covariance!.subarray(0, columns + 1);
    for (let i = 0; i < rows; i++) {
      let inner = solved[0];
      for (let j = 0; j < columns; j++) inner += solved[j + 1] * wide[i * columns + j];
      first += kappa[i] * inner;
    }
    within(first, 1, 1e-9);
  });
});

test("how rows are kept changes no error", () => {
  const options = [{ sandwich: "HC3" }, { weightsAre: "precision" }, {}] as InferenceOptions[];
  const kept = sparse(x.map(([a, b]) => ({ x0: a, x1: b })));
  for (const option of options) {
    const dense = inference(logisticRegression(x, classes), dataset(x, classes), option);
    const made = inference(logisticRegression(kept, classes), dataset(kept, classes), option);
    close(errors(made), errors(dense), 1e-8);
    within(made.aic ?? 0, dense.aic ?? 0, 1e-9);
  }
});

describe("priors", () => {
  test("of greater and greater width end at the errors of maximum likelihood, and all degrees of freedom", () => {
    const data = dataset(x, classes);
    const made = inference(logisticRegression(x, classes, { prior: priors.normal({ sd: 1e5 }) }), data);
    close(errors(made), errors(inference(logisticRegression(x, classes), data)), 1e-7);
    within(made.effectiveDegreesOfFreedom!, 3, 1e-6);
    expect(made.errors).toMatch(/^posterior/);
    expect(made.rows[0].pValue).toBeNull();
    expect(made.refused["pValues"]).toMatch(/prior/);
    expect(made.refused["aic"]).toMatch(/penalised/);
  });

  test("ridge: effective degrees of freedom and posterior beside plain matrices, by penalty and by prior", () => {
    const lambda = 0.2;
    const fit = linearRegression(x, y, { penalty: penalties.l2(lambda) });
    const made = inference(fit, dataset(x, y));
    const gram = outerSum(design, new Array<number>(n).fill(1));
    const ridge = gram.map((row, a) => row.map((value, b) => value + (a === b && a > 0 ? n * lambda : 0)));
    const df = times(gram, inverse(ridge)).reduce((sum, row, i) => sum + row[i], 0);
    within(made.effectiveDegreesOfFreedom!, df, 1e-11);
    const phi = (fit.sd! ** 2 * n) / (n - df);
    within(made.dispersion!, phi, 1e-12);
    close(
      errors(made),
      diagonal(inverse(ridge)).map((d) => d * Math.sqrt(phi)),
    );
    within(made.scales!.dispersion, phi, 1e-12);
    expect(made.scales!.penalty).toBe("l2(0.2)");
    const known = linearRegression(x, y, { sd: 2, prior: priors.normal({ sd: 0.5 }) });
    const posterior = inference(known, dataset(x, y));
    const precision = gram.map((row, a) => row.map((value, b) => value / 4 + (a === b && a > 0 ? 4 : 0)));
    close(errors(posterior), diagonal(inverse(precision)));
    expect(posterior.scales).toEqual({
      prior: "normal(sd 0.5)",
      penalty: `l2(${4 / (n * 0.25)})`,
      totalWeight: n,
      dispersion: 4,
    });
  });

  test("softmax under a prior: the posterior of intercepts that sum to 0", () => {
    const labels = x.map(([a, b], i) => (a + noise[i] > 0.5 ? 2 : b > 0 ? 1 : 0));
    const data = dataset(x, labels);
    const made = inference(softmaxRegression(x, labels, { prior: priors.normal({ sd: 1 }) }), data);
    expect(made.rows.length).toBe(9);
    const p = 9;
    const sums = [0, 3, 6].map(
      (a) => made.covariance![a * p] + made.covariance![a * p + 3] + made.covariance![a * p + 6],
    );
    sums.forEach((sum) => within(sum, 0, 1e-13));
    expect(made.effectiveDegreesOfFreedom!).toBeGreaterThan(2);
    expect(made.effectiveDegreesOfFreedom!).toBeLessThan(6);
    const held = inference(
      softmaxRegression(x, labels, { prior: priors.normal({ sd: 1, intercept: { sd: 1e4 } }) }),
      data,
    );
    // Where a wide prior holds the level the coefficients know no difference.
    [1, 2, 4, 5, 7, 8].forEach((j) => within(errors(held)[j], errors(made)[j], 1e-6));
  });

  test("an L1 part: no errors, and the coefficients that are left are counted", () => {
    const fit = linearRegression(
      x.map((row, i) => [...row, noise[(i * 7) % n]]),
      y,
      { penalty: penalties.l1(0.3) },
    );
    const data = dataset(
      x.map((row, i) => [...row, noise[(i * 7) % n]]),
      y,
    );
    const made = inference(fit, data);
    const left = Array.from(fit.coefficients).filter((b) => b !== 0).length;
    expect(left).toBeLessThan(3);
    within(made.effectiveDegreesOfFreedom!, 1 + left, 1e-12);
    expect(made.errors).toBeNull();
    expect(made.refused["standardErrors"]).toMatch(/absolute value/);
    expect(made.rows.length).toBe(4);
  });

  test("Firth's prior has errors, and nothing that counts parameters", () => {
    const fit = logisticRegression(x, classes, { prior: priors.firth() });
    const made = inference(fit, dataset(x, classes));
    expect(errors(made).every((se) => se > 0)).toBe(true);
    expect(made.aic).toBeNull();
    expect(made.scales).toBeNull();
  });
});

describe("what cannot be said is refused by a sentence", () => {
  const data = dataset(x, y);
  test("separated fits throw, and say what to do", () => {
    const labels = x.map(([a]) => Number(a > 0));
    expect(() => inference(logisticRegression(x, labels), dataset(x, labels))).toThrow(/prior/);
  });

  test("kinks without curvature", () => {
    const made = inference(quantileRegression(x, y), data, { loss: losses.quantile({ level: 0.5 }), sandwich: true });
    expect(made.errors).toBeNull();
    expect(made.refused["standardErrors"]).toMatch(/density of the residuals/);
  });

  test("shares of successes; a likelihood that is given does not help, a sandwich does", () => {
    const shares = x.map(([a], i) => 1 / (1 + Math.exp(-a - noise[i])));
    const likelihood = likelihoods.bernoulli();
    const own = dataset(x, shares);
    const fit = generalizedLinearModel(x, shares, { likelihood });
    expect(inference(fit, own).refused["standardErrors"]).toMatch(/sandwich/);
    expect(inference(fit, own, { likelihood }).refused["standardErrors"]).toMatch(/sandwich/);
    expect(inference(fit, own).aic).toBeNull();
    expect(inference(fit, own, { sandwich: true }).errors).toBe("sandwich HC0");
  });

  test("Tweedie between 1 and 2: errors, but no log-likelihood", () => {
    const likelihood = likelihoods.tweedie({ power: 1.5 });
    const fit = generalizedLinearModel(x, counts, { likelihood });
    const made = inference(fit, dataset(x, counts), { likelihood });
    expect(made.errors).toBe("expected information");
    expect(made.logLikelihood).toBeNull();
    expect(made.aic).toBeNull();
    expect(made.refused["logLikelihood"]).toMatch(/closed form/);
  });

  test("fits that did not arrive", () => {
    const early = logisticRegression(x, classes, { maxIterations: 1 });
    const made = inference(early, dataset(x, classes));
    expect(made.refused["standardErrors"]).toMatch(/iteration-limit/);
    expect(made.aic).toBeNull();
    const bounded = inference(linearRegression(x, y, { bounds: { lower: 0 } }), data);
    expect(bounded.refused["standardErrors"]).toMatch(/bounds/);
  });

  test("other data, other options", () => {
    const fit = linearRegression(x, y);
    expect(() =>
      inference(
        fit,
        dataset(
          x,
          y.map((v) => v + 1),
        ),
      ),
    ).toThrow(/"data" expected rows, weights and loss under which/);
    expect(() => inference(fit, dataset(x.slice(1), y.slice(1)))).toThrow(/60 rows of the fit/);
    expect(() => inference(fit, data, { weightsAre: "other" as never })).toThrow(/weightsAre/);
    expect(() => inference(fit, data, { level: 1 })).toThrow(/level/);
    expect(() => inference(fit, data, { clusters: x.map(() => 1) })).toThrow(/at least two clusters/);
    expect(() => inference(fit, data, { sandwich: false, clusters: x.map((_, i) => i) })).toThrow(
      /"sandwich" expected true/,
    );
  });

  test("more parameters than rows", () => {
    const few = inference(
      mle({ data: dataset(x.slice(0, 3), y.slice(0, 3)), likelihood: likelihoods.gaussian({ sd: 1 }) }),
      dataset(x.slice(0, 3), y.slice(0, 3)),
    );
    expect(few.residualDegreesOfFreedom).toBe(0);
    expect(errors(few).every((se) => se > 0)).toBe(true);
  });
});

test("a posterior has its own words in the table, and JSON keeps every number", () => {
  const data = dataset(x, classes);
  const fit = map({ data, likelihood: likelihoods.bernoulli(), prior: priors.normal({ sd: 1 }) });
  const made = inference(fit, data);
  expect(String(made)).toMatch(/posterior sd/);
  expect(String(made)).toMatch(/prior normal\(sd 1\), as a penalty on the mean loss l2\(/);
  expect(made.refused["logEvidence"]).toMatch(/intercept is free/);
  const json = JSON.parse(JSON.stringify(made)) as { rows: { standardError: number }[] };
  expect(json.rows.map((row) => row.standardError)).toEqual(errors(made));
  expect(Object.isFrozen(made)).toBe(true);
});
