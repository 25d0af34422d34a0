import { describe, expect, test } from "vitest";
import {
  checkGradient,
  dataset,
  erm,
  fitFromJSON,
  fitter,
  likelihoods,
  logisticRegression,
  losses,
  map,
  objective,
  penalties,
  priors,
  resume,
  sigmoid,
  softplus,
  tanh,
  verify,
} from "../../src/index.js";
import { bits, draws, expectBits, within } from "../support.js";

/** The normal prior of sd τ, stated by hand. */
const normal = (tau: number, more: object = {}) =>
  priors.custom({
    name: "my normal",
    value: (r) => (r * r) / (2 * tau * tau),
    gradient: (r) => r / (tau * tau),
    curvature: () => 1 / (tau * tau),
    constant: 0.5 * Math.log(2 * Math.PI * tau * tau),
    convex: true,
    ...more,
  });

const logistic = priors.custom({
  name: "logistic",
  value: (r) => softplus(r) + softplus(-r),
  gradient: (r) => tanh(r / 2),
  curvature: (r) => 2 * sigmoid(r) * sigmoid(-r),
  constant: 0,
  convex: true,
});

const source = draws(71);
const rows = 60;
const x = source.normal(rows * 2);
const y = source.classes(rows, 2);
const data = dataset(x, y, { columns: 2 });
const likelihood = likelihoods.bernoulli();

describe("a prior of one's own", () => {
  test("is what the library's own is, where it states the same", () => {
    const numbers = { mean: [0.5, -1], intercept: { mean: 2 } };
    const mine = normal(0.7, numbers);
    const own = priors.normal({ sd: 0.7, mean: [0.5, -1], intercept: { mean: 2, sd: 0.7 } });
    within(mine.logDensity([0.1, 0.2], { intercept: 1 }), own.logDensity([0.1, 0.2], { intercept: 1 }), 1e-14);
    const [a, b] = [mine, own].map((prior) => map({ data, likelihood, prior }));
    a.coefficients.forEach((value, j) => within(value, b.coefficients[j], 1e-14));
    within(a.intercept, b.intercept, 1e-14);
    expect(a.status).toBe("converged");
    expect(a.prior).toBe("my normal(; intercept too)");
  });

  test("its derivatives are checked as any objective's, and wrong ones are seen", () => {
    const theta = [0.3, -0.7, 1.2];
    const checked = checkGradient(objective({ data, likelihood, prior: logistic }), theta);
    expect(checked.gradient.error).toBeLessThan(1e-10);
    expect(checked.hessian!.error).toBeLessThan(1e-10);
    const wrong = normal(1, { gradient: (r: number) => 1.01 * r });
    expect(checkGradient(objective({ data, likelihood, prior: wrong }), theta).gradient.error).toBeGreaterThan(1e-5);
  });

  test("maximum a posteriori and regularised risk are the same bits, for any W and φ", () => {
    for (const dispersion of [1, 0.3]) {
      const penalty = logistic.penalty({ totalWeight: rows, dispersion });
      const risk = erm({ data, loss: losses.squaredError(), penalty });
      const likely = map({ data, likelihood: likelihoods.gaussian({ sd: Math.sqrt(dispersion) }), prior: logistic });
      if (dispersion === 1)
        expectBits(bits(risk.coefficients, risk.intercept), bits(likely.coefficients, likely.intercept));
      risk.coefficients.forEach((value, j) => within(value, likely.coefficients[j], 1e-13));
      expect(penalty.prior({ totalWeight: rows, dispersion })).toBe(logistic);
    }
    // For other data it is the density to a power: half as much weight, half the surprisal.
    const half = logistic.penalty({ totalWeight: 2 * rows }).prior({ totalWeight: rows });
    const theta = Float64Array.of(0, 1, -2);
    const at = (prior: typeof half): number => objective({ data, likelihood, prior }).value(theta);
    const bare = objective({ data, likelihood }).value(theta);
    within(at(half) - bare, (at(logistic) - bare) / 2, 1e-15);
    expect(() => half.logDensity([0])).toThrow(/"prior" expected one whose constant is known/);
  });

  test("on standardized columns it acts per standard deviation", () => {
    const wide = x.map((value, at) => (at % 2 === 0 ? 100 * value : value));
    const standardized = { columns: 2, standardize: true, prior: logistic };
    const [a, b] = [logisticRegression(x, y, standardized), logisticRegression(wide, y, standardized)];
    within(100 * b.coefficients[0], a.coefficients[0], 1e-12);
    expect(a.converged).toBe(true);
    expect(verify(a, data, { prior: logistic }).optimal).toBe(true);
  });

  test("of which nobody says that it is convex leaves the minimum a local one", () => {
    const fit = map({ data, likelihood, prior: normal(1, { convex: false }) });
    expect(fit.status).toBe("stationary");
  });

  test("stored fits hold its name, and are given it again", () => {
    const fit = map({ data, likelihood, prior: logistic });
    const again = fitFromJSON(JSON.stringify(fit));
    expect(verify(again, data, { prior: logistic }).optimal).toBe(true);
    expect(verify(again, data, { prior: normal(1) }).optimal).toBe(false);
    expect(() => verify(again, data)).toThrow(/"prior" expected the prior of the fit, which is your own/);
    const plain = map({ data, likelihood, prior: priors.normal({ sd: 1 }) });
    expect(() => verify(plain, data, { prior: logistic })).toThrow(/"prior" expected nothing/);

    const whole = logisticRegression(x, y, { columns: 2, prior: logistic });
    const job = fitter(logisticRegression, x, y, { columns: 2, prior: logistic });
    job.step({ units: 2 });
    expect(job.done).toBe(false);
    const stored = JSON.stringify(job);
    expect(() => resume(stored, { data })).toThrow(/"prior" expected/);
    expect(() => resume(stored, { data, prior: normal(3) })).toThrow(/statement|objective/);
    const resumed = resume(stored, { data, prior: logistic });
    while (!resumed.step({ units: 1 }));
    expectBits(bits(resumed.result.coefficients), bits(whole.coefficients));
  });

  test("refuses what is no number", () => {
    const bad = normal(1, { value: () => "1" });
    expect(() => map({ data, likelihood, prior: bad })).toThrow(/"value\(distance\)" expected a number/);
    expect(() => normal(1, { mean: NaN })).toThrow(/"mean"/);
    expect(() => normal(1, { constant: undefined }).logDensity([1])).toThrow(/constant is known/);
    expect(() => map({ data, likelihood, prior: normal(1, { mean: [1, 2, 3] }) })).toThrow(
      /"mean" expected one number per coefficient, 2/,
    );
  });
});

describe("a penalty of one's own", () => {
  const half = (lambda: number) =>
    penalties.custom({
      name: "ridge",
      value: (r) => (lambda * r * r) / 2,
      gradient: (r) => lambda * r,
      curvature: () => lambda,
      convex: true,
    });

  test("adds to the mean loss, whatever the weights", () => {
    for (const weights of [null, source.uniform(rows, 0.5, 2)]) {
      const own = dataset(x, y, { columns: 2, ...(weights && { weights }) });
      const loss = losses.binaryCrossEntropy();
      const [a, b] = [half(0.1), penalties.l2(0.1)].map((penalty) => erm({ data: own, loss, penalty }));
      a.coefficients.forEach((value, j) => within(value, b.coefficients[j], 1e-13));
      within(a.objective, b.objective, 1e-15);
    }
  });

  test("is a prior of W/φ times its function", () => {
    const prior = half(0.1).prior({ totalWeight: rows, dispersion: 2 });
    const [a, b] = [prior, priors.normal({ sd: Math.sqrt(2 / (rows * 0.1)) })].map((one) =>
      map({ data, likelihood, prior: one }),
    );
    a.coefficients.forEach((value, j) => within(value, b.coefficients[j], 1e-13));
  });

  test("is given again where a fit was stored", () => {
    const fit = logisticRegression(x, y, { columns: 2, penalty: half(0.1) });
    const again = fitFromJSON(JSON.stringify(fit));
    expect(verify(again, data, { penalty: half(0.1) }).optimal).toBe(true);
    expect(() => verify(again, data)).toThrow(/"penalty" expected the penalty of the fit/);
    const made = logisticRegression(x, y, { columns: 2, penalty: logistic.penalty({ totalWeight: 10 }) });
    expect(verify(made, data, { penalty: logistic.penalty({ totalWeight: 10 }) }).optimal).toBe(true);
  });
});
