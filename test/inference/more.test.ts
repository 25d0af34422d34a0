/** Intervals by profile, the error of theta, comparisons of nested fits, and priors chosen by their evidence. */
import { describe, expect, test } from "vitest";
import {
  type Inference,
  compare,
  dataset,
  generalizedLinearModel,
  inference,
  likelihoods,
  linearRegression,
  logisticRegression,
  map,
  poissonRegression,
  priors,
  selectPrior,
  softmaxRegression,
} from "../../src/index.js";
import { chiSquaredQuantile } from "../../src/special/index.js";
import { csv, draws, hasReference, reference, within } from "../support.js";

const source = draws(78);
const n = 50;
const x = Array.from({ length: n }, () => Array.from(source.normal(3)));
const noise = source.normal(n);
const y = x.map(([a, b], i) => 1 + 2 * a - b + noise[i]);
const classes = x.map(([a, b], i) => (a - b + 1.5 * noise[i] > 0 ? 1 : 0));
const counts = x.map(([a], i) => Math.max(0, Math.round(3 + 2 * a + 2 * noise[i])));
const errors = (made: Inference): number[] => made.rows.map((row) => row.standardError!);

describe("profile-likelihood intervals", () => {
  test("end where the fit with the coefficient held is rejected at that level", () => {
    for (const level of [0.5, 0.95, 0.999]) {
      const fit = logisticRegression(x, classes);
      const made = inference(fit, dataset(x, classes), { intervals: "profile", level });
      expect(made.intervals).toBe("profile");
      const reach = chiSquaredQuantile(level, 1);
      made.rows.slice(1).forEach((row, j) => {
        const rest = x.map((values) => values.filter((_, k) => k !== j));
        for (const end of [row.lower!, row.upper!]) {
          const offset = x.map((values) => end * values[j]);
          const held = logisticRegression(rest, classes, { offset });
          within(2 * (fit.logLikelihood! - held.logLikelihood!), reach, 1e-7);
        }
        expect(row.lower!).toBeLessThan(row.coefficient);
        expect(row.upper!).toBeGreaterThan(row.coefficient);
      });
    }
  });

  test("of least squares are those of Student's t", () => {
    const fit = linearRegression(x, y);
    const data = dataset(x, y);
    const [wald, profile] = [inference(fit, data), inference(fit, data, { intervals: "profile" })];
    profile.rows.forEach((row, j) => {
      within(row.lower!, wald.rows[j].lower!, 1e-8);
      within(row.upper!, wald.rows[j].upper!, 1e-8);
    });
  });

  test("of counts and classes; not under a prior, nor with a sandwich", () => {
    const data = dataset(x, counts);
    const made = inference(poissonRegression(x, counts), data, { intervals: "profile" });
    expect(made.rows.every((row) => row.lower! < row.upper!)).toBe(true);
    const three = classes.map((k, i) => (noise[i] > 0.8 ? 2 : k));
    const several = inference(softmaxRegression(x, three), dataset(x, three), { intervals: "profile" });
    expect(several.rows.every((row) => row.lower! < row.coefficient && row.coefficient < row.upper!)).toBe(true);
    const fit = logisticRegression(x, classes, { prior: priors.normal({ sd: 1 }) });
    expect(() => inference(fit, dataset(x, classes), { intervals: "profile" })).toThrow(/"intervals" expected "wald"/);
    expect(() =>
      inference(logisticRegression(x, classes), dataset(x, classes), { intervals: "profile", sandwich: true }),
    ).toThrow(/"intervals"/);
  });
});

describe.runIf(hasReference)("negative binomial counts beside MASS and statsmodels", () => {
  interface Case {
    name: string;
    data: string;
    x_columns: string[];
    y_column: string;
    theta: number;
    theta_se_R: number;
    se_joint_observed: number[];
    theta_se_joint_observed: number;
    deviance_at_theta: number;
    pearson_chi2: number;
  }
  const all = hasReference ? reference<{ cases: Case[] }>("fits/negative_binomial.json").cases : [];
  test.each(all.map((given) => [given.name, given] as const))("%s", (_, given) => {
    const table = csv(given.data.replace(/^data\/|\.csv$/g, ""));
    const rows = table.matrix(given.x_columns);
    const target = table.column(given.y_column);
    const fit = generalizedLinearModel(rows, target, { likelihood: likelihoods.negativeBinomial() });
    const data = dataset(rows, target);
    const held = inference(fit, data);
    within(held.theta!.value, given.theta, 1e-9 * given.theta);
    // MASS stops its iterations early.
    within(held.theta!.standardError, given.theta_se_R, 3e-6 * given.theta_se_R);
    within(held.deviance!, given.deviance_at_theta, 1e-9 * given.deviance_at_theta);
    within(held.pearson!, given.pearson_chi2, 1e-9 * given.pearson_chi2);
    const joint = inference(fit, data, { joint: true });
    given.se_joint_observed.forEach((want, j) => within(errors(joint)[j], want, 1e-9 * want));
    within(joint.theta!.standardError, given.theta_se_joint_observed, 1e-9 * given.theta_se_joint_observed);
    expect(joint.errors).toMatch(/jointly with theta/);
  });
});

test("theta's information beside differences of the log-likelihood", () => {
  const fit = generalizedLinearModel(x, counts, { likelihood: likelihoods.negativeBinomial() });
  const made = inference(fit, dataset(x, counts));
  const scores = fit.scores(x);
  const at = (theta: number): number =>
    likelihoods
      .negativeBinomial({ dispersion: 1 / theta })
      .logDensity(scores, counts)
      .reduce((sum, value) => sum + value, 0);
  const theta = made.theta!.value;
  const h = 1e-3 * theta;
  const second = (at(theta + h) - 2 * at(theta) + at(theta - h)) / (h * h);
  within(made.theta!.standardError, 1 / Math.sqrt(-second), 1e-4 * made.theta!.standardError);
  expect(() => inference(logisticRegression(x, classes), dataset(x, classes), { joint: true })).toThrow(
    /"joint" expected false/,
  );
});

describe("comparisons of nested fits", () => {
  const two = x.map(([a, b]) => [a, b]);
  test("one more column of least squares: F is the square of its t, with the same p-value", () => {
    const larger = inference(linearRegression(x, y), dataset(x, y));
    const smaller = inference(linearRegression(two, y), dataset(two, y));
    const made = compare(smaller, larger);
    const row = larger.rows[3];
    expect(made.test).toBe("F");
    within(made.statistic, row.statistic! ** 2, 1e-9 * made.statistic);
    within(made.pValue, row.pValue!, 1e-9);
    expect(made.residualDegreesOfFreedom).toBe(n - 4);
  });

  test("all columns at once: the F test of the fit", () => {
    const larger = inference(linearRegression(x, y), dataset(x, y));
    const constant = x.map(() => [0]);
    const smaller = inference(
      linearRegression(constant, y, { names: ["x0"] }),
      dataset(constant, y, { names: ["x0"] }),
    );
    const made = compare(smaller, larger);
    within(made.statistic, larger.fTest!.statistic, 1e-9 * made.statistic);
    within(made.pValue, larger.fTest!.pValue, 1e-9 * made.pValue);
  });

  test("classes: twice the gain in log-likelihood, chi-squared", () => {
    const [one, other] = [logisticRegression(two, classes), logisticRegression(x, classes)];
    const made = compare(inference(one, dataset(two, classes)), inference(other, dataset(x, classes)));
    within(made.statistic, 2 * (other.logLikelihood! - one.logLikelihood!), 1e-12);
    expect(made.test).toBe("chi-squared");
    expect(made.degreesOfFreedom).toBe(1);
    within(chiSquaredQuantile(1 - made.pValue, 1), made.statistic, 1e-9);
  });

  test("what is not nested, or not of the same rows, is refused", () => {
    const larger = inference(logisticRegression(x, classes), dataset(x, classes));
    const moved = classes.map((k, i) => (i === 0 ? 1 - k : k));
    expect(() => compare(larger, inference(logisticRegression(two, classes), dataset(two, classes)))).toThrow(
      /coefficient x2/,
    );
    expect(() => compare(inference(logisticRegression(two, moved), dataset(two, moved)), larger)).toThrow(
      /same targets/,
    );
    expect(() => compare(inference(linearRegression(two, y), dataset(two, y)), larger)).toThrow(/same likelihood/);
    const prior = inference(
      logisticRegression(two, classes, { prior: priors.normal({ sd: 1 }) }),
      dataset(two, classes),
    );
    expect(() => compare(prior, larger)).toThrow(/maximum likelihood/);
    expect(() => compare(larger, larger)).toThrow(/more parameters/);
    expect(() => compare({} as never, larger)).toThrow(/what inference gives/);
  });
});

describe("evidence", () => {
  const noiseSd = 0.7;
  /** ln N(y; 0, noise²·I + XSXᵀ) by elimination: for a Gaussian Laplace's approximation is exact. */
  function exact(rows: number[][], targets: number[], variances: number[], noise: number): number {
    const a = targets.map((_, i) =>
      targets.map((_, k) =>
        rows[i].reduce((sum, v, j) => sum + v * variances[j] * rows[k][j], i === k ? noise * noise : 0),
      ),
    );
    const rest = targets.slice();
    let value = -0.5 * targets.length * Math.log(2 * Math.PI);
    for (let k = 0; k < a.length; k++) {
      value -= 0.5 * Math.log(a[k][k]) + (0.5 * rest[k] * rest[k]) / a[k][k];
      for (let i = k + 1; i < a.length; i++) {
        const factor = a[i][k] / a[k][k];
        for (let j = k; j < a.length; j++) a[i][j] -= factor * a[k][j];
        rest[i] -= factor * rest[k];
      }
    }
    return value;
  }

  test("of a Gaussian is the density of the data", () => {
    const prior = priors.normal({ sd: 0.8, intercept: { sd: 3 } });
    const want = exact(
      x.map((row) => [1, ...row]),
      y,
      [9, 0.64, 0.64, 0.64],
      noiseSd,
    );
    const made = inference(linearRegression(x, y, { sd: noiseSd, prior }), dataset(x, y));
    within(made.logEvidence!, want, 1e-10 * Math.abs(want));
    const data = dataset(x, y);
    const other = inference(map({ data, likelihood: likelihoods.gaussian({ sd: noiseSd }), prior }), data);
    within(other.logEvidence!, want, 1e-10 * Math.abs(want));
    const weak = priors.normal({ sd: 1, intercept: { sd: 1 } });
    const free = inference(linearRegression(x, y, { sd: 1, prior: priors.normal({ sd: 1 }) }), data);
    expect(free.refused["logEvidence"]).toMatch(/intercept is free/);
    const through = inference(
      linearRegression(x, y, { sd: noiseSd, prior: priors.normal({ sd: 0.8 }), intercept: false }),
      data,
    );
    within(through.logEvidence!, exact(x, y, [0.64, 0.64, 0.64], noiseSd), 1e-9);
    expect(inference(linearRegression(x, y, { sd: 1, prior: weak }), data).logEvidence).not.toBeNull();
  });

  test("chooses the sd where the density of the data is greatest", () => {
    const made = selectPrior(x, y, { likelihood: likelihoods.gaussian({ sd: noiseSd }), interceptSd: 3 });
    expect(made.status).toBe("converged");
    expect(made.relative).toBe(false);
    const rows = x.map((row) => [1, ...row]);
    const at = (sd: number): number => exact(rows, y, [9, sd * sd, sd * sd, sd * sd], noiseSd);
    within(made.logEvidence, at(made.sd), 1e-9);
    for (const factor of [0.99, 1.01]) expect(at(made.sd * factor)).toBeLessThan(made.logEvidence);
    made.sds.forEach((sd, k) => within(made.logEvidences[k], at(sd), 1e-8 * Math.abs(at(sd))));
    within(made.lambda, noiseSd ** 2 / (n * made.sd ** 2), 1e-12);
    const again = linearRegression(x, y, { sd: noiseSd, prior: made.prior });
    expect(Array.from(made.fit.coefficients)).toEqual(Array.from(again.coefficients));
  });

  test("with a free intercept, standardized columns, labels, and where nothing is there to be found", () => {
    const labels = classes.map((k) => (k === 1 ? "yes" : "no"));
    const likelihood = likelihoods.bernoulli();
    const made = selectPrior(x, labels, { likelihood });
    expect(made.relative).toBe(true);
    expect(made.fit.classes).toEqual(["no", "yes"]);
    const scaled = x.map(([a, b, c]) => [1000 * a, 0.001 * b, c + 7]);
    const one = selectPrior(scaled, labels, { likelihood, standardize: true });
    const two = selectPrior(x, labels, { likelihood, standardize: true });
    within(one.sd, two.sd, 1e-4 * two.sd);
    within(one.logEvidence, two.logEvidence, 1e-6);
    const noisy = Array.from(source.normal(n));
    const empty = selectPrior(x, noisy, { likelihood: likelihoods.gaussian({ sd: 5 }) });
    expect(empty.status).toBe("boundary");
    expect(empty.reason).toMatch(/coefficients of 0/);
    expect(() => selectPrior(x, y, { likelihood: likelihoods.gaussian() })).toThrow(/known dispersion/);
  });
});
