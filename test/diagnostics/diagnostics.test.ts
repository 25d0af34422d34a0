import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dataset, diagnostics, losses, models, objective, optimizers } from "../../src/index.js";
import { draws, within } from "../support.js";

const { conditioning, convexity, convexityAlong, findMinima, saturation } = diagnostics;

/** Four points at which the squared error of a sigmoid has two minima, at −0.1898 and 1.2777. */
const data = dataset([[-0.5], [-1], [1], [8]], [1, 0, 1, 0]);
const model = models.linear({ intercept: false });
const squared = objective({ data, model, loss: losses.brier() });
const crossEntropy = objective({ data, model, loss: losses.binaryCrossEntropy() });

const saddle = {
  size: 2,
  value: ([a, b]: Float64Array) => a * a - b * b,
  gradient: ([a, b]: Float64Array) => [2 * a, -2 * b],
};

describe("convexity at a point", () => {
  test("gives eigenvalues and the direction of the least", () => {
    const { convex, smallest, largest, direction, sentence } = convexity(saddle, [3, -1]);
    expect(convex).toBe(false);
    within(smallest, -2, 1e-12);
    within(largest, 2, 1e-12);
    within(Math.abs(direction[1]), 1, 1e-12);
    expect(sentence).toBe("Not convex: here one direction curves down (-2) while another curves up (2).");
  });

  test("changes where the curvature of the squared error of a sigmoid does: at −ln 2", () => {
    const one = objective({ data: dataset([[1]], [1]), model, loss: losses.brier() });
    expect(convexity(one, [-Math.LN2 - 1e-6]).convex).toBe(false);
    expect(convexity(one, [-Math.LN2 + 1e-6]).convex).toBe(true);
  });

  test("finds cross-entropy of a linear model convex everywhere, flat where columns repeat", () => {
    const source = draws(301);
    const x = source.normal(20 * 2);
    const rows = Array.from({ length: 20 }, (_, i) => [x[2 * i], x[2 * i + 1], x[2 * i] + x[2 * i + 1]]);
    const target = objective({ data: dataset(rows, source.classes(20, 2)), loss: losses.binaryCrossEntropy() });
    fc.assert(
      fc.property(fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: 4, maxLength: 4 }), (theta) => {
        expect(convexity(target, theta).convex).toBe(true);
      }),
      { numRuns: 50 },
    );
    const { sentence, direction } = convexity(target, [0, 0, 0, 0]);
    expect(sentence).toMatch(/^Curves up here, but not in every direction/);
    within(Math.abs(direction[1]), Math.abs(direction[3]), 1e-8);
    within(direction[0], 0, 1e-8);
  });
});

describe("convexity along a line", () => {
  test("sees the slope of a squared error through a sigmoid fall, and never that of cross-entropy", () => {
    const { convex, between, sentence, values } = convexityAlong(squared, [-1], [2]);
    expect(convex).toBe(false);
    expect(between![0]).toBeLessThan(between![1]);
    expect(sentence).toMatch(/^Not convex along this line: its slope falls from .+ at t = .+ to .+ at t = .+\.$/);
    expect(values.length).toBe(101);
    const [t0, t1] = between!;
    // What it says holds: the objective's own slopes at these two points.
    const slope = (t: number): number => 3 * squared.gradient(Float64Array.of(-1 + 3 * t))[0];
    expect(slope(t0)).toBeGreaterThan(slope(t1));
    expect(convexityAlong(crossEntropy, [-50], [50], { points: 1001 }).convex).toBe(true);
  });

  test("refuses a line on which the value is not finite", () => {
    const log = { size: 1, value: ([a]: Float64Array) => -a, gradient: ([a]: Float64Array) => [1 / a] };
    expect(() => convexityAlong(log, [-1], [1])).toThrow(
      /^"to" expected a line on which value and gradient are finite/,
    );
  });
});

test("saturation names the rows that are wrong and hardly pull", () => {
  const at = { scores: [-10, -4, 0, 10, 12], targets: [1, 1, 1, 1, 0] };
  const found = saturation(losses.brier(), at);
  expect(found.rows).toEqual([0, 4]);
  expect(found.worst).toBe(4);
  // p(1 − p) times the slope of cross-entropy, twice that of half the squared error.
  const p = 1 / (1 + Math.exp(10));
  within(found.factors[0], 1 / (2 * p * (1 - p)), 1e-8);
  expect(found.sentence).toMatch(/^2 of 5 rows are on the wrong side and hardly pull: row 4 has slope/);
  expect(saturation(losses.binaryCrossEntropy(), at).rows).toEqual([]);
  expect(saturation(losses.hinge(), { scores: [-3, 3], targets: [1, 1] }).rows).toEqual([]);
});

describe("conditioning", () => {
  const metres = [1, 2, 3, 4, 5];
  test("blames the columns that determine each other", () => {
    const feet = metres.map((m) => 3.28084 * m);
    const target = objective({
      data: dataset({ metres, feet, age: [30, 20, 50, 40, 10] }, [1, 3, 2, 4, 5]),
      loss: losses.squaredError(),
    });
    const { parameters, scaled, sentence } = conditioning(target);
    expect(parameters).toEqual(["metres", "feet"]);
    expect(scaled).toBe(Infinity);
    expect(sentence).toMatch(/^"metres", "feet" determine each other/);
  });

  test("tells units from dependence", () => {
    const source = draws(302);
    const grams = Array.from(source.normal(30), (v) => 1e6 * v);
    const target = objective({
      data: dataset({ grams, height: Array.from(source.normal(30)) }, source.normal(30)),
      loss: losses.squaredError(),
    });
    const { number, scaled, sentence, parameters } = conditioning(target);
    expect(number).toBeGreaterThan(1e11);
    expect(scaled).toBeLessThan(10);
    expect(parameters).toEqual([]);
    expect(sentence).toMatch(/standardize the columns\.$/);
  });

  test("names a column on which nothing depends", () => {
    const target = objective({
      data: dataset({ metres, nothing: [0, 0, 0, 0, 0] }, metres),
      loss: losses.squaredError(),
    });
    expect(conditioning(target).sentence).toBe('Nothing depends on "nothing" here: drop it, or add a prior.');
  });

  test("is that of a known matrix", () => {
    const hilbert = {
      size: 3,
      value: () => 0,
      gradient: () => [0, 0, 0],
      hessian: () => [1, 1 / 2, 1 / 3, 1 / 3, 1 / 4, 1 / 5],
    };
    within(conditioning(hilbert).number, 524.0567775860644, 1e-9);
  });
});

describe("the search for minima", () => {
  test("A2: finds both minima of the squared error unaided, and the one of cross-entropy", () => {
    const { minima, starts, elsewhere, sentence } = findMinima(squared);
    expect(minima.length).toBe(2);
    within(minima[0].parameters[0], -0.189841062605649, 1e-8);
    within(minima[0].value, 0.21455953921262, 1e-13);
    within(minima[1].parameters[0], 1.2777165090888, 1e-8);
    within(minima[1].value, 0.38082158895557, 1e-13);
    expect(minima[0].found + minima[1].found + elsewhere).toBe(starts);
    expect(sentence).toMatch(/^2 minima from 64 starts, of values 0\.215, 0\.381/);
    const single = findMinima(crossEntropy);
    expect(single.minima.length).toBe(1);
    within(single.minima[0].parameters[0], -0.258976828882297, 1e-8);
  });

  test("finds the four minima of Himmelblau's function, and no saddle", () => {
    const himmelblau = {
      size: 2,
      value: ([a, b]: Float64Array) => (a * a + b - 11) ** 2 + (a + b * b - 7) ** 2,
      gradient: ([a, b]: Float64Array) => {
        const [u, v] = [a * a + b - 11, a + b * b - 7];
        return [4 * a * u + 2 * v, 2 * u + 4 * b * v];
      },
    };
    const { minima } = findMinima(himmelblau, { spread: 5, optimizer: optimizers.lbfgs(), seed: 3 });
    const places = minima.map(({ parameters }) => Array.from(parameters, (p) => p.toFixed(4)).join());
    expect(places.sort()).toEqual(["-2.8051,3.1313", "-3.7793,-3.2832", "3.0000,2.0000", "3.5844,-1.8481"]);
    for (const { value } of minima) within(value, 0, 1e-12);
  });

  test("counts a valley once, and finds none of a function that only falls", () => {
    const valley = {
      size: 2,
      value: ([a, b]: Float64Array) => (a + b - 1) * (a + b - 1),
      gradient: ([a, b]: Float64Array) => [2 * (a + b - 1), 2 * (a + b - 1)],
    };
    expect(findMinima(valley, { starts: 12 }).minima.length).toBe(1);
    const falling = { size: 1, value: ([a]: Float64Array) => -a, gradient: () => [-1] };
    const none = findMinima(falling, { starts: 3, maxIterations: 5 });
    expect(none.minima).toEqual([]);
    expect(none.sentence).toMatch(/^No minimum from 3 starts; 3 ended/);
  });

  test("is a matter of its seed alone", () => {
    expect(findMinima(squared, { seed: 5, starts: 8 })).toEqual(findMinima(squared, { seed: 5, starts: 8 }));
  });
});
