import { describe, expect, test } from "vitest";
import {
  type Fit,
  fitFromJSON,
  fitter,
  linearRegression,
  logisticRegression,
  priors,
  sigmoid,
  softmax,
  softmaxRegression,
} from "../../src/index.js";
import { bits, draws, expectBits } from "../support.js";

const source = draws(121);
const rows = 200;
const names = ["height", "width", "depth"];
const x = source.normal(rows * 3);
const matrix = Array.from({ length: rows }, (_, i) => Array.from(x.subarray(3 * i, 3 * i + 3)));
const named = Object.fromEntries(names.map((name, j) => [name, matrix.map((row) => row[j])]));
const records = matrix.map((row) => Object.fromEntries(names.map((name, j) => [name, row[j]])));
const two = Array.from(x.subarray(0, rows), (_, i) => (matrix[i][0] + 2 * source.normal(1)[0] > 0 ? "up" : "down"));
const three = Array.from(source.classes(rows, 3));
const numbers = matrix.map(([a, b]) => 3 + a - 2 * b + source.normal(1)[0]);
const prior = priors.normal({ sd: 1.5 });

const fits: [string, Fit][] = [
  ["logistic", logisticRegression(named, two)],
  ["softmax", softmaxRegression(named, three, { prior })],
  ["linear", linearRegression(named, numbers)],
  ["separated", logisticRegression([[1], [2], [3]], [0, 0, 1], { names: ["only"] })],
];

describe.each(fits.slice(0, 3))("new rows for a %s fit", (_, fit) => {
  const want = bits(fit.scores(matrix));

  test("in any form, with named columns in any order", () => {
    const turned = { depth: named.depth, extra: named.width.map(() => NaN), height: named.height, width: named.width };
    for (const form of [matrix, named, turned, records as never, x, Array.from(x)]) {
      expectBits(bits(fit.scores(form)), want);
    }
    expectBits(bits(fit.scores(records.map(({ width, height, depth }) => ({ depth, width, height })) as never)), want);
    expect(fit.names).toEqual(names);
  });

  test("one by one, the same bits", () => {
    const K = fit.intercepts.length;
    const alone = matrix.flatMap((row) => Array.from(fit.scores([row])));
    expectBits(bits(alone), want);
    expect(alone.length).toBe(rows * K);
    let score = fit.intercepts[0];
    for (let j = 0; j < 3; j++) score += matrix[0][j] * fit.coefficients[j];
    expect(alone[0]).toBeCloseTo(score, 12);
  });

  test("are refused by name", () => {
    expect(() => fit.scores([[1, 2]])).toThrow(/3 columns as fitted/);
    expect(() => fit.scores({ height: [1], width: [1] })).toThrow(/a column "depth"/);
    expect(() => fit.scores([[1, 2, NaN]])).toThrow(/at row 0, column 2/);
    expect(() => fit.scores([1, 2])).toThrow(RangeError);
    expect(() => fit.predict(3 as never)).toThrow(TypeError);
    expect(() => fit.predict([["1", 2, 3]] as never)).toThrow(TypeError);
  });
});

describe("predictions", () => {
  test("are positive from exactly ½ on", () => {
    const fit = fitFromJSON({ ...(fits[0][1].toJSON() as object), coefficients: [1, 0, 0], intercepts: [0] });
    expect(
      fit.predict([
        [0, 0, 0],
        [-0, 0, 0],
        [5e-324, 0, 0],
        [-1e-15, 0, 0],
      ]),
    ).toEqual(["up", "up", "up", "down"]);
    expect(Array.from(fit.predictProbabilities([[0, 0, 0]]))).toEqual([0.5]);
  });

  test("are the most probable class, the first of equals", () => {
    const fit = fitFromJSON({
      ...(fits[1][1].toJSON() as object),
      coefficients: [0, 0, 0, 1, 0, 0, 1, 0, 0],
      intercepts: [0, 0, 0],
    });
    expect(
      fit.predict([
        [0, 0, 0],
        [1, 0, 0],
        [-1, 0, 0],
      ]),
    ).toEqual([0, 1, 0]);
  });

  test("are probabilities by the inverse link", () => {
    const [logistic, multi, line] = fits.map(([, fit]) => fit);
    expectBits(bits(logistic.predictProbabilities(matrix)), bits(sigmoid(logistic.scores(matrix))));
    expectBits(bits(multi.predictProbabilities(matrix)), bits(softmax(multi.scores(matrix), { columns: 3 })));
    expect(() => line.predictProbabilities(matrix)).toThrow(/"fit" expected one to classes/);
    expectBits(bits(line.predict(matrix) as Float64Array), bits(line.scores(matrix)));
  });
});

describe.each(fits)("a %s fit as JSON", (_, fit) => {
  const text = JSON.stringify(fit);

  test("reads back to the bit", () => {
    for (const again of [fitFromJSON(text), fitFromJSON(JSON.parse(text)), fitFromJSON(fit.toJSON())]) {
      expect(JSON.stringify(again)).toBe(text);
      expectBits(
        bits(again.coefficients, again.intercepts, again.sd ?? NaN, again.objective, again.witness ?? []),
        bits(fit.coefficients, fit.intercepts, fit.sd ?? NaN, fit.objective, fit.witness ?? []),
      );
      expect(again.classes).toEqual(fit.classes);
      expect(again.status).toBe(fit.status);
      expect(again.converged).toBe(fit.converged);
      const some = fit.names.map((_, j) => j - 0.3);
      expect(again.predict([some])).toEqual(fit.predict([some]));
    }
  });

  const json = JSON.parse(text) as Record<string, unknown>;
  const hostile: [string, unknown, unknown][] = [
    ["version", 2, /version/],
    ["type", "job", /type/],
    ["link", "cauchit", /json\.link/],
    ["coefficients", [1, "x"], /json\.coefficients/],
    ["coefficients", [1, 2, 3, 4, 5], /json\.coefficients/],
    ["coefficients", { length: 3 }, /json\.coefficients/],
    ["intercepts", [], /json\.intercepts/],
    ["names", ["a", 2], /json\.names/],
    ["names", "abc", /json\.names/],
    ["classes", [{}], /json\.classes/],
    ["classes", ["a", "b", "c", "d", "e"], /json\.classes/],
    ["status", "fine", /json\.status/],
    ["rows", -1, /json\.rows/],
    ["rows", 1.5, /json\.rows/],
    ["reason", 3, /json\.reason/],
    ["witness", [1], /json\.witness/],
    ["objective", null, /json\.objective/],
  ];

  test.each(hostile)("with another %s is refused: %j", (field, value, message) => {
    expect(() => fitFromJSON({ ...json, [field]: value })).toThrow(message as RegExp);
  });

  test("with a field too many, too few, or that is no document is refused", () => {
    expect(() => fitFromJSON({ ...json, more: 1 })).toThrow(TypeError);
    for (const field of Object.keys(json)) {
      const rest = Object.fromEntries(Object.entries(json).filter(([key]) => key !== field));
      expect(() => fitFromJSON(rest)).toThrow(TypeError);
    }
    for (const bad of [undefined, null, 3, "", "{", "[]", [], "null"]) expect(() => fitFromJSON(bad)).toThrow();
    const proto = JSON.parse(text.replace("{", '{"__proto__": {"rows": 1}, ')) as unknown;
    expect(() => fitFromJSON(proto)).toThrow();
  });
});

describe("numbers that JSON does not know survive", () => {
  test("−0 and what is not finite", () => {
    const json = { ...(fits[0][1].toJSON() as object), coefficients: ["-0", 1e-320, 3], intercepts: ["-0"] };
    const fit = fitFromJSON(JSON.stringify(json));
    expect(Object.is(fit.coefficients[0], -0)).toBe(true);
    expect(fit.coefficients[1]).toBe(1e-320);
    expect(Object.is(fit.intercept, -0)).toBe(true);
    expect(JSON.parse(JSON.stringify(fit))).toEqual(json);
  });
});

describe("slices", () => {
  const wide = source.normal(900 * 40);
  const y = Array.from(source.classes(900, 2));
  const options = { columns: 40, prior };

  test.each([1, 3, 100])("of %i units give the same bits", (units) => {
    for (const [estimator, targets] of [
      [logisticRegression, y],
      [softmaxRegression, y],
    ] as const) {
      const whole = estimator(wide, targets, options);
      const job = fitter(estimator, wide, targets, options);
      let steps = 1;
      while (!job.step({ units })) steps++;
      expect(JSON.stringify(job.result)).toBe(JSON.stringify(whole));
      if (units === 1) expect(steps).toBeGreaterThan(whole.evaluations);
    }
    const job = fitter(linearRegression, wide, y, { columns: 40 });
    while (!job.step({ units }));
    expect(JSON.stringify(job.result)).toBe(JSON.stringify(linearRegression(wide, y, { columns: 40 })));
  });

  test("by time, and in the background", async () => {
    const want = JSON.stringify(logisticRegression(wide, y, options));
    const timed = fitter(logisticRegression, wide, y, options);
    while (!timed.step({ budgetMs: 0 }));
    expect(JSON.stringify(timed.result)).toBe(want);
    const seen: number[] = [];
    const fit = await fitter(logisticRegression, wide, y, options).run({
      budgetMs: 0,
      onProgress: ({ iteration }) => void seen.push(iteration),
    });
    expect(JSON.stringify(fit)).toBe(want);
    expect(seen).toEqual(Array.from({ length: fit.iterations }, (_, i) => i + 1));
  });

  test("changing the arrays between slices changes nothing", () => {
    const own = wide.slice();
    const targets = y.slice();
    const job = fitter(logisticRegression, own, targets, options);
    job.step({ units: 1 });
    own.fill(NaN);
    targets.fill(7);
    while (!job.step({ units: 5 }));
    expect(JSON.stringify(job.result)).toBe(JSON.stringify(logisticRegression(wide, y, options)));
  });

  test("aborted, a job has a fit that says so", () => {
    const job = fitter(logisticRegression, wide, y, options);
    job.step({ units: 4 });
    job.abort();
    expect(job.result.status).toBe("aborted");
    expect(job.result.converged).toBe(false);
    expect(job.result.predict([wide.slice(0, 40)]).length).toBe(1);
  });

  test("a callback that throws leaves a job that goes on", () => {
    const want = JSON.stringify(logisticRegression(wide, y, options));
    let thrown = 0;
    const job = fitter(logisticRegression, wide, y, {
      ...options,
      onProgress() {
        if (thrown++ === 1) throw new Error("enough");
      },
    });
    expect(() => job.step({ units: Infinity })).toThrow("enough");
    expect(job.step({ units: Infinity })).toBe(true);
    expect(JSON.stringify(job.result)).toBe(want);
  });

  test("running out of iterations is a result", () => {
    const fit = logisticRegression(wide, y, { ...options, maxIterations: 1 });
    expect(fit.status).toBe("iteration-limit");
    expect(fit.reason).toMatch(/limit of 1 iteration/);
    expect(() => fitter(3 as never, wide, y)).toThrow(/"estimator"/);
  });
});

describe("summaries", () => {
  test("hold every coefficient by name", () => {
    const [logistic, multi] = fits.map(([, fit]) => fit);
    expect(logistic.summary().rows.map(({ name }) => name)).toEqual(["(intercept)", ...names]);
    expect(logistic.summary().rows[2].coefficient).toBe(logistic.coefficients[1]);
    expect(multi.summary().rows.length).toBe(12);
    expect(multi.summary().rows[5]).toEqual({ class: "1", name: "height", coefficient: multi.coefficients[3] });
    expect(String(logistic.summary())).toContain("width");
  });
});
