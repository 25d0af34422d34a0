import { describe, expect, it } from "vitest";
import {
  type CrossValidation,
  type Fit,
  type PenaltySelection,
  crossValidate,
  dataset,
  generalizedLinearModel,
  likelihoods,
  linearRegression,
  linearSVM,
  logisticRegression,
  losses,
  metrics,
  minimize,
  mlp,
  models,
  objective,
  optimizers,
  penalties,
  poissonRegression,
  priors,
  random,
  regularizationPath,
  robustRegression,
  selectPenalty,
  softmaxRegression,
  sparse,
} from "../../src/index.js";
import { poolOf } from "./worker.js";

const numbers = random(11);
const normal = (): number => numbers.uniform() + numbers.uniform() + numbers.uniform() - 1.5;
const rows = 1500;
const columns = 9;
const X = Float64Array.from({ length: rows * columns }, () => normal());
const scores = Float64Array.from({ length: rows }, (_, i) => X[i * columns]! - 0.7 * X[i * columns + 1]! + 0.3);
const binary = Array.from(scores, (z) => (z + normal() > 0 ? "yes" : "no"));
const classes = Array.from(scores, (_, i) => "abcde"[i % 5]!);
const counts = Float64Array.from(scores, (z) => Math.max(0, Math.floor(2 + z + normal())));
const real = Float64Array.from(scores, (z) => z + 0.1 * normal());
const weights = Float64Array.from({ length: rows }, (_, i) => (i % 7) / 3);
const offset = Float64Array.from({ length: rows }, (_, i) => (i % 5) / 10);

/** Pools that share the sums of every fit, and one that has each done whole. */
const pools = new Map<string, ReturnType<typeof poolOf>>();
const kinds = ["1", "2", "3", "5", "2 whole"];
const pool = (kind: string): ReturnType<typeof poolOf> => {
  if (!pools.has(kind)) pools.set(kind, poolOf(parseInt(kind), kind.endsWith("whole") ? Infinity : 0));
  return pools.get(kind)!;
};

const bitsOf = (fit: Fit): string => JSON.stringify(fit);
const flat = { columns };

const fits: Readonly<
  Record<string, readonly [fit: (...given: never[]) => Fit, y: ArrayLike<unknown>, options: object]>
> = {
  softmax: [softmaxRegression, classes, { ...flat, penalty: penalties.l2(1e-3) }],
  "softmax by newtonCG, weighted": [
    softmaxRegression,
    classes,
    { ...flat, prior: priors.normal({ sd: 2 }), weights, optimizer: optimizers.newtonCG() },
  ],
  logistic: [logisticRegression, binary, { ...flat, standardize: true }],
  "logistic without intercept, offset": [logisticRegression, binary, { ...flat, intercept: false, offset, weights }],
  "L1 logistic": [logisticRegression, binary, { ...flat, penalty: penalties.l1(0.01) }],
  "bounded logistic": [logisticRegression, binary, { ...flat, bounds: { lower: 0 } }],
  poisson: [poissonRegression, counts, { ...flat, exposure: weights.map((w) => w + 1) }],
  "negative binomial": [generalizedLinearModel, counts, { ...flat, likelihood: likelihoods.negativeBinomial() }],
  probit: [generalizedLinearModel, binary, { ...flat, likelihood: likelihoods.bernoulli({ link: "probit" }) }],
  "mlp by lbfgs": [
    mlp,
    classes,
    { ...flat, hidden: [8], optimizer: optimizers.lbfgs(), maxIterations: 12, penalty: penalties.l2(1e-3) },
  ],
  "mlp by adam": [mlp, binary, { ...flat, hidden: [5], epochs: 3, standardize: true }],
  linear: [linearRegression, real, flat],
  robust: [robustRegression, real, { ...flat, loss: "huber" }],
  SVM: [linearSVM, binary.slice(0, 200), { ...flat, penalty: penalties.l2(0.1) }],
};

describe("fits have the bits of one thread", () => {
  it.each(Object.entries(fits))("%s", async (name, [fit, y, options]) => {
    const x = name === "SVM" ? X.slice(0, 200 * columns) : X;
    const expected = bitsOf((fit as unknown as (x: Float64Array, y: unknown, options: object) => Fit)(x, y, options));
    for (const kind of kinds) {
      const found = await pool(kind).fit(fit as never, x, y as never, options as never);
      expect(bitsOf(found), kind).toBe(expected);
    }
  });

  it("with named columns, rows and typed labels", async () => {
    const named = { a: real.slice(0, 100), b: scores.slice(0, 100) };
    const y = Uint8Array.from(binary.slice(0, 100), (label) => Number(label === "yes"));
    const options = { prior: priors.normal({ sd: 1 }) };
    const found = await pool("2").fit(logisticRegression, named, y, options);
    expect(bitsOf(found)).toBe(bitsOf(logisticRegression(named, y, options)));
    const list = Array.from({ length: 100 }, (_, i) => [real[i]!, scores[i]!]);
    const plain = await pool("2").fit(logisticRegression, list, y, options);
    expect(bitsOf(plain)).toBe(bitsOf(logisticRegression(list, y, options)));
  });

  it("where the rows of whole blocks weigh nothing", async () => {
    const some = weights.map((w, i) => (i < rows / 2 ? 0 : w));
    const options = { ...flat, weights: some, penalty: penalties.l2(0.1) };
    const found = await pool("2").fit(softmaxRegression, X, classes, options);
    expect(bitsOf(found)).toBe(bitsOf(softmaxRegression(X, classes, options)));
  });

  it("where rows are kept in 32 bits, or are sparse", async () => {
    const small = { columns, storage: "float32", penalty: penalties.l2(0.1) } as const;
    const records = Array.from({ length: 200 }, (_, i) => ({ a: X[i]!, ...(i % 3 === 0 && { b: scores[i]! }) }));
    const thin = sparse(records);
    const y = binary.slice(0, 200);
    const wide = dataset(X, real, { columns, storage: "float32" });
    for (const kind of kinds) {
      const one = pool(kind);
      expect(bitsOf(await one.fit(softmaxRegression, X, classes, small)), kind).toBe(
        bitsOf(softmaxRegression(X, classes, small)),
      );
      expect(await one.crossValidate(logisticRegression, X, binary, small).then(seenOf), kind).toEqual(
        seenOf(crossValidate(logisticRegression, X, binary, small)),
      );
      const spec = { data: wide, likelihood: likelihoods.studentT({ df: 4, scale: 1 }) };
      expect(await one.minimize(spec), kind).toEqual(minimize(objective(spec)));
      expect(bitsOf(await one.fit(logisticRegression, thin, y)), kind).toBe(bitsOf(logisticRegression(thin, y)));
      const path = { likelihood: likelihoods.bernoulli(), values: 3 };
      const { fits: found } = await one.regularizationPath(thin, y, path);
      expect(found.map(bitsOf)).toEqual(regularizationPath(thin, y, path).fits.map(bitsOf));
      await expect(one.crossValidate(logisticRegression, thin, y)).rejects.toMatchObject({ argument: "X" });
    }
  });

  it("tells of progress as the fit alone does", async () => {
    for (const [estimator, y] of [
      [softmaxRegression, classes],
      [logisticRegression, binary],
    ] as const) {
      const alone: unknown[] = [];
      const heard: unknown[] = [];
      const options = { ...flat, penalty: penalties.l2(0.1) };
      estimator(X, y, { ...options, onProgress: (progress) => alone.push(progress) });
      await pool("2").fit(estimator, X, y, { ...options, onProgress: (progress) => heard.push(progress) });
      expect(heard).toEqual(alone);
    }
  });
});

describe("minimisations", () => {
  it.each([
    [
      "a likelihood and a prior",
      { likelihood: likelihoods.categorical({ classes: 5 }), prior: priors.normal({ sd: 1 }) },
    ],
    ["a loss with class weights", { loss: losses.softmaxCrossEntropy({ classes: 5, labelSmoothing: 0.1 }) }],
    ["a network", { model: models.mlp({ hidden: [7] }), loss: losses.softmaxCrossEntropy({ classes: 5 }) }],
  ])("of %s", async (_, stated) => {
    const data = dataset(
      X,
      Float64Array.from(classes, (label) => "abcde".indexOf(label)),
      { columns, weights },
    );
    const options = { maxIterations: 15 };
    const spec = { data, ...stated } as Parameters<typeof objective>[0];
    const expected = minimize(objective(spec), options);
    for (const kind of kinds) expect(await pool(kind).minimize(spec, options)).toEqual(expected);
  });
});

const seenOf = ({ fits: all, ...rest }: CrossValidation): unknown => ({ ...rest, fits: all.map(bitsOf) });

describe("cross-validation has the bits of one thread", () => {
  const few = { ...flat, penalty: penalties.l2(1e-2) };
  it.each<[string, Parameters<typeof crossValidate>]>([
    ["softmax, its own loss", [softmaxRegression as never, X, classes, few, {}]],
    [
      "logistic, stratified, Brier",
      [logisticRegression as never, X, binary, few, { stratify: binary, seed: 3, metric: losses.brier() }],
    ],
    [
      "softmax, accuracy as a function",
      [
        softmaxRegression as never,
        X,
        classes,
        few,
        { folds: 3, metric: (p, o) => 1 - metrics.accuracy(o as never, p as never) },
      ],
    ],
    ["linear, weighted", [linearRegression as never, X, real, { ...flat, weights, standardize: true }, { folds: 4 }]],
    [
      "poisson, offset, given folds",
      [
        poissonRegression as never,
        X,
        counts,
        { ...flat, offset },
        { folds: Array.from({ length: rows }, (_, i) => i % 3) },
      ],
    ],
    [
      "SVM, the share of wrong labels",
      [linearSVM as never, X.slice(0, 300 * columns), binary.slice(0, 300), few, { folds: 4 }],
    ],
    [
      "likelihood as an option",
      [
        generalizedLinearModel as never,
        X,
        counts,
        { ...flat, likelihood: likelihoods.poisson() } as never,
        { groups: classes, folds: 3 },
      ],
    ],
  ])("%s", async (_, [estimator, x, y, options, validation]) => {
    const expected = seenOf(crossValidate(estimator, x, y, options, validation));
    for (const kind of kinds) {
      expect(seenOf(await pool(kind).crossValidate(estimator, x, y, options, validation)), kind).toEqual(expected);
    }
  });
});

const chosenBy = ({ path, fit, simplestFit, ...rest }: PenaltySelection): unknown => ({
  ...rest,
  path: { ...path, fits: path.fits.map(bitsOf) },
  fit: bitsOf(fit),
  simplestFit: bitsOf(simplestFit),
});

describe("paths and choices have the bits of one thread", () => {
  const small = X.slice(0, 900 * columns);
  it("a path", async () => {
    const options = { ...flat, values: 15, likelihood: likelihoods.bernoulli() };
    const { fits: all, ...rest } = regularizationPath(small, binary.slice(0, 900), options);
    for (const kind of kinds) {
      const { fits: found, ...path } = await pool(kind).regularizationPath(small, binary.slice(0, 900), options);
      expect(path).toEqual(rest);
      expect(found.map(bitsOf)).toEqual(all.map(bitsOf));
    }
  });

  it("a large path, whose sums are shared", async () => {
    const options = { ...flat, values: 4, likelihood: likelihoods.categorical({ classes: 5 }), ratio: 0.2 };
    const { fits: all, ...rest } = regularizationPath(X, classes, options);
    const { fits: found, ...path } = await pool("2").regularizationPath(X, classes, options);
    expect(path).toEqual(rest);
    expect(found.map(bitsOf)).toEqual(all.map(bitsOf));
  });

  it.each<[string, object]>([
    ["its own loss", {}],
    ["values given, a loss as metric", { values: [0.1, 0.05, 0.01], metric: losses.squaredError() }],
    [
      "a function as metric",
      { metric: (p: ArrayLike<unknown>, o: ArrayLike<unknown>) => metrics.meanAbsoluteError(o as never, p as never) },
    ],
  ])("a choice by %s", async (_, more) => {
    const options = { ...flat, values: 8, folds: 4, weights: weights.slice(0, 900), ...more };
    const expected = chosenBy(selectPenalty(small, real.slice(0, 900), options));
    for (const kind of kinds) {
      expect(chosenBy(await pool(kind).selectPenalty(small, real.slice(0, 900), options)), kind).toEqual(expected);
    }
  });
});
