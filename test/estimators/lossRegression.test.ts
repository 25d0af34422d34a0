import { describe, expect, test } from "vitest";
import {
  erm,
  dataset,
  fitFromJSON,
  fitter,
  linearSVM,
  losses,
  penalties,
  priors,
  quantileRegression,
  resume,
  robustRegression,
} from "../../src/index.js";
import { bits, csv, expectBits, fixture, hasReference, reference, within } from "../support.js";

interface Case {
  readonly name: string;
  readonly data: string;
  readonly x_columns: string[];
  readonly y_column: string;
  readonly family: string;
  readonly level?: number;
  readonly penalty: { readonly l1: number; readonly l2: number };
  readonly params: number[];
  readonly objective: number;
  readonly delta?: number;
  readonly k?: number;
  readonly scale_mad?: number;
}

const read = ({ data, x_columns, y_column }: Case): { x: number[][]; y: number[] } => {
  const table = csv(data.replace(/^data\/|\.csv$/g, ""));
  return { x: table.matrix(x_columns), y: table.column(y_column) };
};

const expectParameters = (fit: { intercept: number; coefficients: Float64Array }, { params }: Case): void => {
  const found = [fit.intercept, ...fit.coefficients];
  params.forEach((value, j) => within(found[j], value, 1e-9 * Math.max(1, Math.abs(value))));
};

const { cases } = fixture<{ cases: Case[] }>("fits/kinks.json");

test.each(cases.map((one) => [one.name, one] as const))("reference: %s", (_, given) => {
  const { x, y } = read(given);
  const { l1, l2 } = given.penalty;
  const penalty = penalties.elasticNet({ l1: l1 / y.length, l2: l2 / y.length });
  const labels = y.map((value) => (value > 0 ? "benign" : "malignant"));
  const fit =
    given.family === "hinge"
      ? linearSVM(x, labels, { penalty, classes: ["malignant", "benign"] })
      : quantileRegression(x, y, { penalty, level: given.level! });
  expectParameters(fit, given);
  expect(fit.certificate.kind).toBe("duality-gap");
  expect(fit.certificate.value).toBeLessThanOrEqual(fit.certificate.bound!);
});

const robust = hasReference
  ? reference<{ cases: Case[] }>("fits/robust.json")
  : fixture<{ cases: Case[] }>("fits/robust.json");

test.each(robust.cases.map((one) => [one.name, one] as const))("reference: %s", (_, given) => {
  const { x, y } = read(given);
  const isFixed = given.delta !== undefined;
  const fit = robustRegression(x, y, isFixed ? { delta: given.delta!, scale: 1 } : { delta: given.k! });
  expect(fit.status).toBe("converged");
  expectParameters(fit, given);
  if (isFixed) within(fit.objective * y.length, given.objective, 1e-12 * given.objective);
  else within(fit.scale!, given.scale_mad!, 1e-12);
});

const X = [[0], [1], [2], [3], [4], [5]];
const sides = ["a", "a", "b", "a", "b", "b"];

describe("a support vector machine", () => {
  test("has C = 1 unless told otherwise, and a free intercept", () => {
    const fit = linearSVM(X, sides);
    const stated = linearSVM(X, sides, { penalty: penalties.l2(1 / 6) });
    expectBits(bits(fit.coefficients, fit.intercept), bits(stated.coefficients, stated.intercept));
    expect(fit.prior).toBe(`l2(${1 / 6})`);
    const moved = linearSVM(
      X.map(([a]) => [a + 1000]),
      sides,
    );
    within(moved.coefficients[0], fit.coefficients[0], 1e-12);
    within(moved.intercept, fit.intercept - 1000 * fit.coefficients[0], 1e-9);
  });

  test("is empirical risk with a hinge loss", () => {
    for (const loss of ["hinge", "squaredHinge"] as const) {
      const fit = linearSVM(X, sides, { loss, penalty: penalties.l2(0.3) });
      const y = sides.map((side) => Number(side === "b"));
      const risk = erm({ data: dataset(X, y), loss: losses[loss](), penalty: penalties.l2(0.3) });
      expectBits(bits(fit.coefficients, fit.intercept), bits(risk.coefficients, risk.intercept));
    }
  });

  test("predicts labels by the sign of scores that are no probabilities", () => {
    const fit = linearSVM(X, sides);
    expect(fit.predict(X)).toEqual(["a", "a", "a", "b", "b", "b"]);
    const again = fitFromJSON(JSON.stringify(fit));
    expect(again.predict([[-1], [9]])).toEqual(["a", "b"]);
    expect(() => fit.predictProbabilities(X)).toThrow('"fit" expected one to classes');
    expect(() => linearSVM(X, [1, 1, 1, 1, 1, 1])).toThrow('"y" expected labels of two classes, got "1 classes"');
    const prior = priors.normal({ sd: 1 });
    expect(() => linearSVM(X, sides, { prior } as never)).toThrow('"prior" expected nothing: state a penalty');
    expect(() => linearSVM(X, sides, { loss: "logit" as never })).toThrow('"loss" expected "hinge" or "squaredHinge"');
  });
});

const y = [1.1, 1.9, 3.2, 3.9, 5.1, 60];

describe("robust fits", () => {
  test("are where the scale of the residuals agrees with itself", () => {
    for (const loss of ["huber", "logCosh", "studentT"] as const) {
      const fit = robustRegression(X, y, { loss });
      expect(["converged", "stationary"]).toContain(fit.status);
      const sizes = fit.predict(X).map((value, i) => Math.abs((value as number) - y[i])) as Float64Array;
      const [, , low, high] = sizes.slice().sort();
      within((low + high) / 2 / 0.6745, fit.scale!, 1e-12);
      const fixed = robustRegression(X, y, { loss, scale: fit.scale! });
      within(fixed.coefficients[0], fit.coefficients[0], 1e-9);
    }
  });

  test("do not change with units, and count weights as rows", () => {
    const plain = robustRegression(X, y);
    const large = robustRegression(
      X,
      y.map((value) => 1024 * value),
    );
    within(large.coefficients[0] / 1024, plain.coefficients[0], 1e-12);
    within(large.scale! / 1024, plain.scale!, 1e-12);
    const twice = robustRegression([...X, X[2], X[4]], [...y, y[2], y[4]]);
    const weighted = robustRegression(X, y, { weights: [1, 1, 2, 1, 2, 1] });
    within(weighted.coefficients[0], twice.coefficients[0], 1e-10);
    within(weighted.scale!, twice.scale!, 1e-10);
  });

  test("say that exact fits have no scale", () => {
    const line = robustRegression(X, [1, 2, 3, 4, 5, 6]);
    expect(["boundary", "converged", "iteration-limit"]).toContain(line.status);
    within(line.coefficients[0], 1, 1e-12);
    const flat = robustRegression([[0], [0], [0]], [2, 2, 2]);
    expect(flat.status).toBe("boundary");
    expect(flat.reason).toMatch(/^More than half of the residuals vanish/);
    expect(flat.scale).toBe(0);
  });

  test("take only the options of their loss", () => {
    expect(() => robustRegression(X, y, { df: 3 })).toThrow('"df" expected nothing beside the loss huber');
    expect(() => robustRegression(X, y, { loss: "logCosh", delta: 3 })).toThrow('"delta" expected nothing beside');
    expect(() => robustRegression(X, y, { scale: 0 })).toThrow('"scale" expected a finite number');
    expect(() => robustRegression(X, y, { scale: "sd" as never })).toThrow('"scale" expected "mad"');
  });
});

test("as jobs, stored and resumed, they give the same bits", () => {
  const whole = [linearSVM(X, sides), quantileRegression(X, y, { level: 0.3 }), robustRegression(X, y)] as const;
  const jobs = [
    [fitter(linearSVM, X, sides), sides],
    [fitter(quantileRegression, X, y, { level: 0.3 }), y],
    [fitter(robustRegression, X, y), y],
  ] as const;
  jobs.forEach(([job, targets], k) => {
    job.step({ units: 7 });
    const resumed = resume(JSON.stringify(job), { x: X, y: targets });
    resumed.step({ units: Infinity });
    const fit = resumed.result as (typeof whole)[number];
    expectBits(bits(fit.coefficients, fit.intercept), bits(whole[k].coefficients, whole[k].intercept));
    expectBits(JSON.stringify(fitFromJSON(JSON.stringify(fit))), JSON.stringify(whole[k]));
    job.step({ units: Infinity });
    expectBits(JSON.stringify(job.result), JSON.stringify(whole[k]));
  });
  const aborted = fitter(robustRegression, X, y);
  aborted.step({ units: 2 });
  aborted.abort();
  expect(aborted.result.status).toBe("aborted");
});
