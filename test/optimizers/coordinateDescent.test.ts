import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { auto, coordinateDescent, proximalNewton } from "../../src/optimizers/index.js";
import { minimize, minimizer } from "../../src/minimize.js";
import { resumeMinimizer } from "../../src/resumeMinimizer.js";
import {
  type Objective,
  dataset,
  likelihoods,
  logisticRegression,
  losses,
  models,
  objective,
  penalties,
  priors,
  random,
  sparse,
} from "../../src/index.js";
import { bits, expectBits } from "../support.js";

/** Rows [rows × columns] of which many numbers are 0, targets near a sum of few columns, and weights. */
function drawn(seed: number, rows: number, columns: number) {
  const generator = random(seed);
  const x = Float64Array.from({ length: rows * columns }, () => {
    return generator.uniform() < 0.6 ? 0 : generator.uniform() * 2 - 0.5;
  });
  const numbers = Float64Array.from({ length: rows }, (_, i) => {
    return 2 * x[i * columns] - x[i * columns + 1] + generator.uniform() - 0.5;
  });
  const labels = numbers.map((value) => Number(value + generator.uniform() - 0.5 > 0.2));
  const counts = numbers.map((value) => Math.max(0, Math.round(2 * value)));
  const weights = Float64Array.from({ length: rows }, (_, i) => (i % 7 === 0 ? 0 : 0.5 + generator.uniform()));
  const offset = Float64Array.from({ length: rows }, () => generator.uniform() - 0.5);
  return { x, numbers, labels, counts, weights, offset, columns };
}

/** The same X in compressed sparse rows. */
function compressed(x: Float64Array, columns: number) {
  const [values, columnIndices, rowPointers]: number[][] = [[], [], [0]];
  x.forEach((value, at) => {
    if (value !== 0) {
      values.push(value);
      columnIndices.push(at % columns);
    }
    if (at % columns === columns - 1) rowPointers.push(values.length);
  });
  return sparse({ values, columnIndices, rowPointers, columns });
}

/** The largest amount by which a slope, less that of its absolute value, is off what is allowed there. */
function violation(target: Objective, theta: Float64Array): number {
  const { rate, center } = target.prox!;
  return target.gradient(theta).reduce((most, slope, j) => {
    const off = theta[j] === (center?.[j] ?? 0) ? Math.max(0, Math.abs(slope) - rate[j]) : Math.abs(slope);
    return Math.max(most, off);
  }, 0);
}

const given = drawn(3, 90, 12);
const { columns, weights, offset } = given;
const cases: Record<string, (x: "dense" | "sparse") => Objective> = {};
for (const [loss, y] of [
  [losses.binaryCrossEntropy(), given.labels],
  [losses.squaredError(), given.numbers],
  [losses.poisson(), given.counts],
  [losses.huber({ delta: 1.5 }), given.numbers],
] as const) {
  for (const [name, penalty] of Object.entries({
    l1: penalties.l1(0.03),
    elasticNet: penalties.elasticNet({ l1: 0.02, l2: 0.1 }),
  })) {
    for (const intercept of [true, false]) {
      for (const more of [{}, { weights, offset }]) {
        const words = `${loss.name}, ${name}${intercept ? "" : ", no intercept"}${"offset" in more ? ", weights" : ""}`;
        cases[words] = (kind) => {
          const data =
            kind === "dense"
              ? dataset(given.x, y, { columns, ...more })
              : dataset(compressed(given.x, columns), y, more);
          return objective({ data, model: models.linear({ intercept }), loss, penalty });
        };
      }
    }
  }
}

describe("the optimum is that of proximal Newton", () => {
  test.each(Object.entries(cases))("%s", (_, make) => {
    const expected = minimize(make("dense"), { optimizer: proximalNewton() });
    expect(expected.status).toBe("converged");
    expect(expected.parameters.some((value) => value === 0)).toBe(true);
    for (const kind of ["dense", "sparse"] as const) {
      const target = make(kind);
      const result = minimize(target, { optimizer: coordinateDescent() });
      expect(result.status).toBe("converged");
      expect(violation(target, result.parameters)).toBeLessThan(1e-12);
      result.parameters.forEach((value, j) => {
        expect(Math.abs(value - expected.parameters[j])).toBeLessThan(1e-9);
        expect(value === 0).toBe(expected.parameters[j] === 0);
      });
    }
  });
});

test("from any start, also huge ones, it comes to the same optimum", () => {
  const target = cases["binaryCrossEntropy, l1"]("sparse");
  const expected = minimize(target, { optimizer: coordinateDescent() });
  const start = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 13, maxLength: 13 });
  fc.assert(
    fc.property(start, (from) => {
      const result = minimize(target, { optimizer: coordinateDescent(), start: from });
      expect(result.status).toBe("converged");
      expect(result.value - expected.value).toBeLessThan(1e-14);
      expect(violation(target, result.parameters)).toBeLessThan(1e-10);
    }),
    { numRuns: 60, seed: 4 },
  );
});

test("columns that are constant, alike or opposite, and none at all", () => {
  const x = Array.from({ length: 40 }, (_, i) => {
    const own = ((i * 7) % 11) - 5;
    return [own, own, -own, 3, 0, (i * i) % 13];
  });
  const y = x.map((row, i) => Number(row[0] + (i % 3) - 1 > 0));
  for (const intercept of [true, false]) {
    const target = objective({
      data: dataset(x, y),
      model: models.linear({ intercept }),
      loss: losses.binaryCrossEntropy(),
      penalty: penalties.l1(0.02),
    });
    const result = minimize(target, { optimizer: coordinateDescent() });
    const expected = minimize(target, { optimizer: proximalNewton() });
    expect(result.status).toBe("converged");
    expect(Math.abs(result.value - expected.value)).toBeLessThan(1e-14);
    if (intercept) expect(result.parameters[4]).toBe(0);
    expect(result.parameters[intercept ? 5 : 4]).toBe(0);
  }
});

test("an intercept with an absolute value of its own is one coordinate more", () => {
  const prior = priors.laplace({ scale: 0.5, intercept: { mean: 0.25, scale: 0.05 } });
  for (const make of [
    () => dataset(given.x, given.labels, { columns }),
    () => dataset(compressed(given.x, columns), given.labels),
  ]) {
    const target = objective({ data: make(), likelihood: likelihoods.bernoulli(), prior });
    const result = minimize(target, { optimizer: coordinateDescent() });
    const expected = minimize(target, { optimizer: proximalNewton() });
    expect(result.status).toBe("converged");
    expect(violation(target, result.parameters)).toBeLessThan(1e-12);
    expect(Math.abs(result.value - expected.value)).toBeLessThan(1e-14);
  }
});

describe("wide data", () => {
  const wide = drawn(8, 60, 900);
  const make = (): Objective =>
    objective({
      data: dataset(wide.x, wide.labels, { columns: 900 }),
      loss: losses.binaryCrossEntropy(),
      penalty: penalties.l1(0.02),
    });

  test("are minimised by it without being told, and the fit is verified", () => {
    const result = minimize(make());
    expect(result).toMatchObject({ status: "converged", optimizer: "coordinateDescent" });
    expect(result.choice).toBe(
      "coordinateDescent, because the objective has an L1 part and 901 parameters, of which it takes those that matter.",
    );
    expect(result.parameters.filter((value) => value !== 0).length).toBeLessThan(60);
    expect(violation(make(), result.parameters)).toBeLessThan(1e-12);
    const fit = logisticRegression(wide.x, wide.labels, { columns: 900, penalty: penalties.l1(0.02) });
    expect(fit.status).toBe("converged");
    expectBits(bits(Float64Array.from(fit.coefficients as Float64Array)), bits(result.parameters.slice(1)));
  });

  test("any slicing, and a stored run that goes on, give the same bits", () => {
    const whole = minimize(make());
    const job = minimizer(make());
    while (!job.step({ units: 3 }));
    expectBits(bits(job.result.parameters), bits(whole.parameters));
    let stored = minimizer(make());
    let resumed = 0;
    for (let at = 0; !stored.done; at++) {
      stored.step({ units: 7 });
      if (at % 5 !== 4 || stored.done) continue;
      stored = resumeMinimizer(JSON.parse(JSON.stringify(stored)) as object, make());
      // What is under way begins again: let it end.
      stored.step({ units: 1e4 });
      resumed++;
    }
    expect(resumed).toBeGreaterThan(0);
    expectBits(bits(stored.result.parameters), bits(whole.parameters));
    expect(stored.result.value).toBe(whole.value);
  });
});

test("it is chosen for sparse rows without a Hessian, and refuses what it cannot minimise by name", () => {
  const names = (
    size: number,
    capabilities: Parameters<ReturnType<typeof auto>["choose"]>[0]["capabilities"],
  ): string => auto().choose({ size, capabilities }).optimizer.name;
  expect(names(5000, ["prox", "coordinates"])).toBe("coordinateDescent");
  expect(names(5000, ["prox", "coordinates", "hessian"])).toBe("coordinateDescent");
  expect(names(50, ["prox", "coordinates", "hessian"])).toBe("proximalNewton");
  const data = dataset(given.x, given.labels, { columns });
  const three = objective({
    data: dataset(
      given.x,
      given.labels.map((label, i) => (i % 5 === 0 ? 2 : label)),
      { columns },
    ),
    loss: losses.softmaxCrossEntropy({ classes: 3 }),
    penalty: penalties.l1(0.1),
  });
  const bent = objective({ data, loss: losses.brier(), penalty: penalties.l1(0.1) });
  const smooth = objective({ data, loss: losses.binaryCrossEntropy(), penalty: penalties.l2(0.1) });
  for (const target of [three, bent, smooth]) {
    expect(() => minimize(target, { optimizer: coordinateDescent() })).toThrow(/coordinateDescent.*"coordinates"/);
  }
  expect(() => three.beginCoordinates(new Float64Array(39), new Float64Array(39), 0.1)).toThrow(/"coordinates"/);
  expect(() => bent.beginCoordinates(new Float64Array(13), new Float64Array(13), 0.1)).toThrow(/"coordinates"/);
  const one = cases["squaredError, l1"]("dense");
  expect(() => one.beginCoordinates(new Float64Array(13), new Float64Array(12), 0.1)).toThrow(/slope/);
  expect(() => one.beginCoordinates(new Float64Array(13), new Float64Array(13), 0)).toThrow(/accuracy/);
});
