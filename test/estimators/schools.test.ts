import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Fit,
  type Prior,
  dataset,
  erm,
  likelihoods,
  linearRegression,
  logisticRegression,
  map,
  mle,
  models,
  optimizers,
  penalties,
  priors,
  softmaxRegression,
} from "../../src/index.js";
import { bits, draws, expectBits, within } from "../support.js";

/** Everything that two schools must agree on to the last bit. */
const bitsOf = (fit: Fit): string =>
  bits(fit.coefficients, fit.intercepts, fit.objective, fit.iterations, fit.evaluations);

/** A binary problem without separation. */
function problem(rows: number, columns: number, stream: number) {
  const source = draws(91, stream);
  const x = source.normal(rows * columns);
  const y = Float64Array.from({ length: rows }, (_, i) =>
    source.random.uniform() < 0.5 + 0.2 * x[i * columns] ? 1 : 0,
  );
  const weights = source.uniform(rows, 0.1, 3);
  return { x, y, weights, numbers: x.slice(0, rows).map((value) => 2 * value + source.random.uniform()) };
}

const A3 = {
  x: [[0.5], [1], [1.5], [2], [2.5], [3], [3.5], [4]],
  y: [0, 0, 1, 0, 1, 0, 1, 1],
};

describe("A3", () => {
  test.each([optimizers.newton(), optimizers.lbfgs(), optimizers.auto()])(
    "maximum likelihood by $name",
    (optimizer) => {
      const fit = logisticRegression(A3.x, A3.y, { optimizer });
      const bound = optimizer.name === "lbfgs" ? 1e-7 : 4e-15;
      within(fit.intercept, -2.6733796208936011, bound);
      within(fit.coefficients[0], 1.188168720397156, bound);
      within(fit.logLikelihood!, -4.2247905374365652, 4e-15);
      within(fit.objective, 0.52809881717957066, 4e-16);
      expect(fit.status).toBe("converged");
    },
  );
});

describe("A4", () => {
  test("N(0, 1) on both", () => {
    const fit = logisticRegression(A3.x, A3.y, { prior: priors.normal({ sd: 1, intercept: { sd: 1 } }) });
    within(fit.intercept, -0.53989747345905797, 2e-15);
    within(fit.coefficients[0], 0.36589767525687509, 2e-15);
  });

  test("N(0, 1) on the slope only", () => {
    const fit = logisticRegression(A3.x, A3.y, { prior: priors.normal({ sd: 1 }) });
    within(fit.intercept, -1.6622467826174389, 4e-15);
    within(fit.coefficients[0], 0.73877634782997286, 2e-15);
    within(8 * fit.objective, 4.6531143147371014, 4e-15);
  });
});

describe("maximum a posteriori is penalised empirical risk, to the bit", () => {
  const prior = priors.normal({ sd: 0.7 });
  const named = priors.normal({ sd: [0.5, 3], mean: [0.1, -1], intercept: { mean: 0.3, sd: 7 } });

  test("for every number of rows", () => {
    for (let rows = 1; rows <= 60; rows++) {
      const { x, y, weights, numbers } = problem(rows, 2, rows);
      for (const options of [{ columns: 2 }, { columns: 2, weights }]) {
        for (const own of [prior, named]) {
          // One class and a free intercept have no optimum: then both say so.
          const data = dataset(x, y, options);
          const totalWeight = data.totalWeight;
          const likelihood = likelihoods.bernoulli();
          const a = map({ data, likelihood, prior: own });
          const b = erm({ data, loss: likelihood.loss, penalty: own.penalty({ totalWeight }) });
          expectBits(bitsOf(b), bitsOf(a), `${rows} rows`);
          expect(b.status).toBe(a.status);
        }
        const data = dataset(x, numbers, options);
        const { totalWeight } = data;
        const likelihood = likelihoods.gaussian({ sd: 0.3 });
        const penalty = named.penalty({ totalWeight, dispersion: likelihood.dispersion! });
        const a = map({ data, likelihood, prior: named });
        expectBits(bitsOf(erm({ data, loss: likelihood.loss, penalty })), bitsOf(a), `${rows} rows`);
        const c = linearRegression(x, numbers, { ...options, prior: named, sd: 0.3 });
        expectBits(bitsOf(linearRegression(x, numbers, { ...options, penalty })), bitsOf(c), `${rows} rows`);
      }
    }
  });

  test.each([optimizers.newton(), optimizers.lbfgs(), optimizers.gradientDescent()])("by $name", (optimizer) => {
    const { x, y } = problem(200, 3, 1);
    const data = dataset(x, y, { columns: 3 });
    const likelihood = likelihoods.bernoulli();
    const penalty = prior.penalty({ totalWeight: 200 });
    const a = map({ data, likelihood, prior }, { optimizer });
    expectBits(bitsOf(erm({ data, loss: likelihood.loss, penalty }, { optimizer })), bitsOf(a));
    const fit = logisticRegression(x, y, { columns: 3, prior, optimizer });
    expectBits(bitsOf(fit), bitsOf(a));
    expectBits(bitsOf(logisticRegression(x, y, { columns: 3, penalty, optimizer })), bitsOf(a));
  });

  test("of several classes", () => {
    const { x } = problem(100, 2, 2);
    const y = draws(92).classes(100, 4);
    const data = dataset(x, y, { columns: 2 });
    const likelihood = likelihoods.categorical({ classes: 4 });
    const a = map({ data, likelihood, prior });
    const penalty = prior.penalty({ totalWeight: 100 });
    expectBits(bitsOf(erm({ data, loss: likelihood.loss, penalty })), bitsOf(a));
    expectBits(bitsOf(softmaxRegression(x, y, { columns: 2, prior })), bitsOf(a));
    expectBits(bitsOf(softmaxRegression(x, y, { columns: 2, penalty })), bitsOf(a));
  });

  test("a λ typed by hand differs by rounding only", () => {
    const { x, y } = problem(70, 2, 3);
    const a = logisticRegression(x, y, { columns: 2, prior });
    const b = logisticRegression(x, y, { columns: 2, penalty: penalties.l2(1 / (70 * 0.49)) });
    a.coefficients.forEach((value, j) => within(b.coefficients[j], value, 1e-13));
  });
});

describe("whatever the prior, rows, weights and dispersion", () => {
  const positive = fc.double({ min: 0.05, max: 20, noNaN: true });
  const mean = fc.double({ min: -2, max: 2, noNaN: true });
  const each = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> =>
    fc.oneof(one, fc.array(one, { minLength: 3, maxLength: 3 }));
  const named = <T>(record: fc.Arbitrary<T>): fc.Arbitrary<{ intercept?: T }> =>
    fc.option(record, { nil: undefined }).map((intercept) => (intercept === undefined ? {} : { intercept }));
  const prior: fc.Arbitrary<Prior> = fc.oneof(
    fc
      .tuple(each(positive), each(mean), named(fc.record({ sd: positive, mean })))
      .map(([sd, mean, rest]) => priors.normal({ sd, mean, ...rest })),
    fc
      .tuple(each(positive), each(mean), named(fc.record({ scale: positive, mean })))
      .map(([scale, mean, rest]) => priors.laplace({ scale, mean, ...rest })),
    fc
      .tuple(each(positive), each(positive), each(mean), named(fc.record({ scale: positive, sd: positive, mean })))
      .map(([scale, sd, mean, rest]) => priors.elasticNet({ scale, sd, mean, ...rest })),
    fc
      .tuple(each(positive), each(positive), named(fc.record({ df: positive, scale: positive })))
      .map(([df, scale, rest]) => priors.studentT({ df, scale, ...rest })),
    fc.tuple(each(positive), each(mean)).map(([scale, mean]) => priors.cauchy({ scale, mean })),
    fc.constant(priors.flat()),
  );

  test("maximum a posteriori and penalised empirical risk are the same bits", () => {
    fc.assert(
      fc.property(
        prior,
        fc.record({
          rows: fc.integer({ min: 2, max: 40 }),
          stream: fc.integer({ min: 0, max: 999 }),
          weighted: fc.boolean(),
        }),
        fc.double({ min: 0.1, max: 9, noNaN: true }),
        (prior, { rows, stream, weighted }, sd) => {
          const { x, y, weights, numbers } = problem(rows, 3, stream);
          const options = { columns: 3, ...(weighted && { weights }) };
          for (const [likelihood, targets] of [
            [likelihoods.bernoulli(), y],
            [likelihoods.gaussian({ sd }), numbers],
          ] as const) {
            const data = dataset(x, targets, options);
            const scale = { totalWeight: data.totalWeight, dispersion: likelihood.dispersion! };
            const penalty = prior.penalty(scale);
            const limits = { maxIterations: 60 };
            const a = map({ data, likelihood, prior }, limits);
            const b = erm({ data, loss: likelihood.loss, penalty }, limits);
            expectBits(bitsOf(b), bitsOf(a), String(prior));
            expect(b.status).toBe(a.status);
            expectBits(bitsOf(map({ data, likelihood, prior: penalty.prior(scale) }, limits)), bitsOf(a));
            if (likelihood.name !== "gaussian" || prior.flat) continue;
            const c = linearRegression(x, numbers, { ...options, prior, sd, ...limits });
            expectBits(bitsOf(linearRegression(x, numbers, { ...options, penalty, ...limits })), bitsOf(c));
          }
        },
      ),
      { seed: 11, numRuns: 200 },
    );
  });
});

describe("maximum likelihood is empirical risk, to the bit", () => {
  test.each([1, 2, 3])("data %i", (stream) => {
    const { x, y, weights, numbers } = problem(80, 3, stream + 10);
    for (const options of [{ columns: 3 }, { columns: 3, weights }]) {
      for (const intercept of [true, false]) {
        const model = models.linear({ intercept });
        for (const [likelihood, targets] of [
          [likelihoods.bernoulli(), y],
          [likelihoods.gaussian(), numbers],
        ] as const) {
          const data = dataset(x, targets, options);
          const a = mle({ data, likelihood, model });
          expect(a.converged).toBe(true);
          expectBits(bitsOf(erm({ data, loss: likelihood.loss, model })), bitsOf(a));
          expectBits(bitsOf(map({ data, likelihood, model, prior: priors.flat() })), bitsOf(a));
          expectBits(bitsOf(erm({ data, loss: likelihood.loss, model, penalty: penalties.l2(0) })), bitsOf(a));
        }
      }
    }
  });
});

describe("what data and priors weigh", () => {
  const { x, y } = problem(90, 2, 20);
  const free = logisticRegression(x, y, { columns: 2 });
  const distance = (fit: Fit): number =>
    Math.max(...fit.coefficients.map((value, j) => Math.abs(value - free.coefficients[j])));

  test("data repeated r times lead from the prior to maximum likelihood", () => {
    let before = Infinity;
    for (const r of [1, 10, 100, 10_000, 1e8]) {
      const fit = logisticRegression(x, y, {
        columns: 2,
        weights: new Float64Array(90).fill(r),
        prior: priors.normal({ sd: 0.3 }),
      });
      expect(distance(fit)).toBeLessThan(before / 2);
      before = distance(fit);
    }
    expect(before).toBeLessThan(1e-6);
  });

  test("repeating rows is weighting them", () => {
    const prior = priors.normal({ sd: 0.3 });
    const thrice = logisticRegression([...x, ...x, ...x], [...y, ...y, ...y], { columns: 2, prior });
    const weighted = logisticRegression(x, y, { columns: 2, prior, weights: new Float64Array(90).fill(3) });
    thrice.coefficients.forEach((value, j) => within(weighted.coefficients[j], value, 1e-13));
    within(weighted.logLikelihood!, thrice.logLikelihood!, 1e-11);
    expect(weighted.totalWeight).toBe(270);
    expect(weighted.rows).toBe(90);
  });

  test("scaling all weights leaves empirical risk as it was, and changes the posterior", () => {
    const weights = draws(93).uniform(90, 0.5, 2);
    const scaled = weights.map((w) => 4 * w);
    const penalty = penalties.l2(0.1);
    const risk = [weights, scaled].map((w) => logisticRegression(x, y, { columns: 2, weights: w, penalty }));
    expectBits(bits(risk[1].coefficients, risk[1].intercept), bits(risk[0].coefficients, risk[0].intercept));
    const prior = priors.normal({ sd: 0.3 });
    const posterior = [weights, scaled].map((w) => logisticRegression(x, y, { columns: 2, weights: w, prior }));
    expect(distance(posterior[1])).toBeLessThan(0.5 * distance(posterior[0]));
  });

  test("a prior ever wider is none", () => {
    let before = Infinity;
    for (const sd of [0.1, 1, 10, 100, 1e4]) {
      const own = distance(logisticRegression(x, y, { columns: 2, prior: priors.normal({ sd }) }));
      expect(own).toBeLessThan(before);
      before = own;
    }
    expect(before).toBeLessThan(1e-8);
    expectBits(bitsOf(logisticRegression(x, y, { columns: 2, prior: priors.flat() })), bitsOf(free));
  });

  test("a prior ever narrower is its mean", () => {
    const fit = logisticRegression(x, y, { columns: 2, prior: priors.normal({ sd: 1e-6, mean: [3, -2] }) });
    within(fit.coefficients[0], 3, 1e-8);
    within(fit.coefficients[1], -2, 1e-8);
  });

  test("rows of weight 0 are as if they were not there", () => {
    const weights = Float64Array.from({ length: 90 }, (_, i) => (i < 60 ? 1 : 0));
    const a = logisticRegression(x, y, { columns: 2, weights });
    const b = logisticRegression(x.slice(0, 120), y.slice(0, 60), { columns: 2 });
    b.coefficients.forEach((value, j) => within(a.coefficients[j], value, 1e-13 * Math.max(1, Math.abs(value))));
  });

  test("two-class softmax with λ is the binary fit with λ/2", () => {
    for (const lambda of [1, 0.01, 0.3]) {
      const binary = logisticRegression(x, y, { columns: 2, penalty: penalties.l2(lambda / 2) });
      const two = softmaxRegression(x, y, { columns: 2, penalty: penalties.l2(lambda) });
      for (let j = 0; j < 2; j++) {
        within(two.coefficients[2 + j] - two.coefficients[j], binary.coefficients[j], 1e-12);
        within(two.coefficients[2 + j] + two.coefficients[j], 0, 1e-12);
      }
      within(two.intercepts[1] - two.intercepts[0], binary.intercept, 1e-12);
      within(two.intercepts[1] + two.intercepts[0], 0, 1e-12);
      within(two.objective, binary.objective, 1e-14);
    }
    const two = softmaxRegression(x, y, { columns: 2 });
    expect(Array.from(two.coefficients.subarray(0, 2))).toEqual([0, 0]);
    expect(two.intercepts[0]).toBe(0);
    free.coefficients.forEach((value, j) => within(two.coefficients[2 + j], value, 1e-12));
  });
});

describe("standardize", () => {
  test("without a prior changes nothing but rounding", () => {
    const { x, y } = problem(120, 2, 30);
    const wild = x.map((value, at) => (at % 2 === 0 ? 1e4 * value + 3e4 : 1e-3 * value));
    const a = logisticRegression(wild, y, { columns: 2 });
    const b = logisticRegression(wild, y, { columns: 2, standardize: true });
    b.coefficients.forEach((value, j) => within(a.coefficients[j], value, 1e-9 * Math.abs(value)));
    within(a.objective, b.objective, 1e-14);
  });

  test("a prior then acts per standard deviation, whatever the units", () => {
    const { x, y } = problem(120, 2, 31);
    const prior = priors.normal({ sd: 0.5 });
    const units = x.map((value, at) => (at % 2 === 0 ? 1024 : 2 ** -10) * value);
    const a = logisticRegression(x, y, { columns: 2, prior, standardize: true });
    const b = logisticRegression(units, y, { columns: 2, prior, standardize: true });
    expectBits(bits([b.coefficients[0] * 1024, b.coefficients[1] * 2 ** -10]), bits(a.coefficients));
    expectBits(bits(b.intercept), bits(a.intercept));
  });
});
