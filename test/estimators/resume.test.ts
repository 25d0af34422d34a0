import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as library from "../../src/index.js";
import {
  type Estimator,
  type Fit,
  type Job,
  type Progress,
  type ResumeGiven,
  dataset,
  fitter,
  likelihoods,
  linearRegression,
  logisticRegression,
  losses,
  minimize,
  minimizer,
  objective,
  optimizers,
  penalties,
  priors,
  resume,
  softmaxRegression,
} from "../../src/index.js";
import { estimators } from "../../src/estimators/registry.js";
import { bits, draws } from "../support.js";

const source = draws(171);
const rows = 700;
const columns = 3;
const x = source.normal(rows * columns);
const score = (i: number): number => x[3 * i] - x[3 * i + 1] / 2;
const numbers = Array.from({ length: rows }, (_, i) => score(i) + source.normal(1)[0]);
const labels = numbers.map((value) => (value > 0 ? "up" : "down"));
const kinds = numbers.map((value) => (value > 1 ? 2 : value > -1 ? 1 : 0));
const weights = Array.from(source.uniform(rows), (value) => value + 0.5);
const offset = source.normal(rows);

type Any = Estimator<ArrayLike<never>, object>;
const cases: [string, unknown, ArrayLike<unknown>, Record<string, unknown>][] = [
  ["logistic", logisticRegression, labels, { columns }],
  [
    "logistic, prior",
    logisticRegression,
    labels,
    { columns, weights, offset, prior: priors.normal({ sd: [1, 2, 3] }) },
  ],
  ["logistic, standardized", logisticRegression, labels, { columns, standardize: true, classes: ["up", "down"] }],
  ["logistic, lbfgs", logisticRegression, labels, { columns, optimizer: optimizers.lbfgs({ memory: 3 }) }],
  ["logistic, L1", logisticRegression, labels, { columns, penalty: penalties.l1(0.05) }],
  ["logistic, cauchy", logisticRegression, labels, { columns, prior: priors.cauchy({ scale: 2.5 }) }],
  [
    "logistic, penalty made of a prior",
    logisticRegression,
    labels,
    { columns, penalty: priors.normal({ sd: 0.3, intercept: { sd: 1 } }).penalty({ totalWeight: rows }) },
  ],
  ["softmax", softmaxRegression, kinds, { columns, prior: priors.normal({ sd: 1 }) }],
  ["linear", linearRegression, numbers, { columns, weights, offset }],
  ["linear, ridge", linearRegression, numbers, { columns, penalty: penalties.l2(0.1), standardize: true }],
  ["linear, lasso", linearRegression, numbers, { columns, sd: 1, prior: priors.laplace({ scale: 0.1 }) }],
];

const start = (estimator: unknown, y: ArrayLike<unknown>, options: object): Job<Fit, Progress> =>
  fitter(estimator as Any, x, y as ArrayLike<never>, options) as Job<Fit, Progress>;
const record = (fit: Fit): string => JSON.stringify(fit);
const finish = (job: Job<Fit, Progress>): Fit => {
  job.step({ units: Infinity });
  return job.result;
};
const dataOf = (y: ArrayLike<unknown>, { weights: w, offset: o }: Record<string, unknown>): library.Dataset => {
  const classes = [...new Set(Array.from(y as ArrayLike<string>))].sort();
  const targets = typeof y[0] === "string" ? Array.from(y as ArrayLike<string>, (l) => classes.indexOf(l)) : y;
  return dataset(x, targets as ArrayLike<number>, {
    columns,
    ...(w !== undefined && { weights: w as number[] }),
    ...(o !== undefined && { offset: o as number[] }),
  });
};

describe.each(cases)("%s", (name, estimator, y, options) => {
  const whole = record((estimator as Any)(x, y as ArrayLike<never>, options));
  // Indices are of the classes as the fit has them.
  const reversed = (options["classes"] as string[] | undefined)?.[0] === "up";
  const data = dataOf(reversed ? Array.from(y, (l) => (l === "up" ? "a" : "b")) : y, options);

  test("in any slices, stored and resumed between any of them, gives the same bits", () => {
    const some = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(some, fc.boolean(), (slices, byRows) => {
        let job = start(estimator, y, options);
        for (const units of slices) {
          if (job.step({ units })) break;
          const text = JSON.stringify(job);
          const { weights: w, offset: o } = options as { weights?: number[]; offset?: number[] };
          const raw = { x, y: y as ArrayLike<string>, columns, ...(w && { weights: w }), ...(o && { offset: o }) };
          const given: ResumeGiven = byRows ? raw : { data };
          job = resume(text, given);
        }
        expect(record(finish(job))).toBe(whole);
      }),
      { numRuns: 6, seed: 5 },
    );
  });

  test("done, it is stored with its fit", () => {
    const job = start(estimator, y, options);
    finish(job);
    const again = resume(JSON.stringify(job), {});
    expect(again.done).toBe(true);
    expect(record(again.result)).toBe(whole);
  });

  test("aborted, it has the best iterate so far", () => {
    const job = start(estimator, y, options);
    job.step({ units: 1 });
    job.abort();
    expect(job.done).toBe(true);
    expect(job.result.status).toBe("aborted");
    expect(job.result.converged).toBe(false);
    for (const value of job.result.coefficients) expect(Number.isFinite(value)).toBe(true);
    expect(resume(JSON.stringify(job), { data }).result.status).toBe("aborted");
  });

  test("other data are refused by name", () => {
    const job = start(estimator, y, options);
    job.step({ units: 2 });
    const json = JSON.stringify(job);
    const moved = Float64Array.from(x);
    moved[7] = moved[7] + 1e-9;
    const { weights: w } = options as { weights?: number[] };
    const given = { y: y as never, columns, ...(w && { weights: w, offset: offset as never }) };
    expect(() => resume(json, { ...given, x: moved })).toThrow(
      /"json\.(fingerprint|work)\.data" expected the data of the stored run/,
    );
    expect(() => resume(json, { ...given, x: x.subarray(3), y: Array.from(y).slice(1) as never })).toThrow(RangeError);
    expect(() => resume(json, {})).toThrow(/"data" expected the data set of the stored fit/);
    expect(name).not.toBe("");
  });
});

test("every ready-made fit can be resumed by its name", () => {
  // Paths and selections are no single fits: their jobs say that they cannot be stored.
  const several = ["regularizationPath", "selectPenalty"];
  const made = Object.entries(library).filter(
    ([name, value]) => typeof (value as Partial<Any>).start === "function" && !several.includes(name),
  );
  expect(
    estimators()
      .map((one) => one.estimator)
      .sort(),
  ).toEqual(made.map(([name]) => name).sort());
});

test("a minimisation, by its objective or by its statement", () => {
  const data = dataset(
    x,
    labels.map((label) => Number(label === "up")),
    { columns },
  );
  const prior = priors.normal({ sd: 1 });
  const target = objective({ data, likelihood: likelihoods.bernoulli(), prior });
  const job = minimizer(target);
  job.step({ units: 3 });
  const text = JSON.stringify(job);
  const whole = minimize(target);
  const byObjective = resume(text, { objective: target });
  byObjective.step({ units: Infinity });
  const byData = resume(text, { data, likelihood: likelihoods.bernoulli(), prior });
  byData.step({ units: Infinity });
  for (const result of [byObjective.result, byData.result as unknown as library.Result]) {
    expect(bits(result.parameters, result.value)).toEqual(bits(whole.parameters, whole.value));
  }
  expect(() => resume(text, { data })).toThrow(/"objective" expected/);
  expect(() => resume(text, { data, likelihood: likelihoods.bernoulli() })).toThrow(/"json\.fingerprint\.statement"/);
  expect(() => resume(text, { data, loss: losses.brier() })).toThrow(
    /"json\.(fingerprint\.statement|problem\.convex)"/,
  );
});

describe("hostile JSON", () => {
  const job = fitter(logisticRegression, x, labels, { columns, prior: priors.normal({ sd: [1, 2, 3] }) });
  job.step({ units: 4 });
  const text = JSON.stringify(job);
  const given = { x, y: labels, columns };
  const json = (): Record<string, never> => JSON.parse(text) as Record<string, never>;
  const good = json() as unknown as { options: { prior: { coefficients: object } }; work: object };

  test("truncated anywhere is refused", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 1 }), (length) => {
        expect(() => resume(text.slice(0, length), given)).toThrow(TypeError);
      }),
      { numRuns: 50, seed: 6 },
    );
  });

  const { prior } = good.options;
  test.each<[string, object, RegExp]>([
    ["another version", { version: 2 }, /"json\.version"/],
    ["another type", { type: "fit" }, /"objective" expected|"json/],
    ["no such estimator", { estimator: "constructor" }, /"json\.estimator" expected .*linearRegression, /],
    ["classes of objects", { classes: [{}, []] }, /"json\.classes\[0\]"/],
    ["other classes", { classes: ["up", "left"] }, /"(y|classes)"/],
    ["no options", { options: null }, /"json\.options"/],
    ["an option it does not have", { options: { constructor: 1 } }, /"options" expected only/],
    ["a prior of strings", { options: { prior: "normal" } }, /"prior"/],
    [
      "a prior of no family",
      { options: { prior: { ...prior, family: "__proto__" } } },
      /"json\.options\.prior\.family"/,
    ],
    [
      "a prior of negative sd",
      { options: { prior: { ...prior, coefficients: { ...prior.coefficients, sd: -1 } } } },
      /"json\.options\.prior\.coefficients\.sd"/,
    ],
    ["no prior", { options: {} }, /"json\.fingerprint\.statement" expected the loss, model and prior/],
    ["no work", { work: null }, /"json" expected an object/],
    ["a state of NaN", { work: { ...good.work, point: ["NaN"] } }, /"json\.point"/],
    ["work of another kind", { work: { type: "steps" } }, /"json/],
    ["a field too many", { more: 1 }, /"json" expected only the fields/],
  ])("%s is refused", (_, change, message) => {
    expect(() => resume({ ...json(), ...change }, given)).toThrow(message);
  });

  test("prototype keys do nothing", () => {
    const evil = text.replace('"options":{', '"options":{"__proto__":{"polluted":1},');
    expect(() => resume(evil, given)).toThrow(/"json\.options"/);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test.each<[string, unknown, RegExp]>([
    ["nothing", undefined, /"given"/],
    ["x without y", { x }, /"y" expected/],
    ["data and x", { data: dataset(x, numbers, { columns }), x }, /"x" expected nothing beside data/],
    ["data that are none", { data: {} }, /"data" expected a dataset/],
    [
      "standardized data",
      { data: dataset(x, kinds, { columns, standardize: true }) },
      /"data" expected one not standardized/,
    ],
    ["an objective", { objective: {} }, /"objective" expected nothing/],
    ["another option", { rows: 3 }, /"given" expected only/],
    ["a prior it already has", { ...given, penalty: penalties.l2(1) }, /"penalty" expected nothing/],
  ])("%s given is refused", (_, other, message) => {
    expect(() => resume(text, other as never)).toThrow(message);
  });
});
