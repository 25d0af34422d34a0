import { describe, expect, test } from "vitest";
import { checkGradient, dataset, losses, objective, penalties } from "../src/index.js";
import { draws } from "./support.js";
import { subjects } from "./losses/subjects.js";

const wrong = (change: object) =>
  losses.custom({
    name: "wrong",
    value: (z, y) => 0.5 * (z - y) * (z - y),
    gradient: (z, y) => z - y,
    curvature: () => 1,
    ...change,
  });

const at = { scores: [0.5, -2, 3], targets: [0, 1, 2] };

describe("checkGradient", () => {
  test.each(subjects.filter(({ loss }) => loss.traits.smooth && loss.classes < 20))("agrees with $name", (subject) => {
    const source = draws(97);
    const scores = subject.scores?.(5, source, 2) ?? source.normal(5 * subject.loss.classes, 2);
    const { gradient, hessian } = checkGradient(subject.loss, { scores, targets: subject.targets(5, source) });
    const bound = subject.scores === undefined ? 1e-7 : 1e-6;
    expect(gradient.error).toBeLessThan(bound);
    expect(hessian.error).toBeLessThan(bound);
  });

  test("tells where a gradient is wrong, and both numbers", () => {
    const { gradient, hessian } = checkGradient(
      wrong({ gradient: (z: number, y: number) => (y === 2 ? 1.5 : 1) * (z - y) }),
      at,
    );
    expect(gradient).toMatchObject({ at: [0], row: 2, got: 1.5 });
    expect(gradient.expected).toBeCloseTo(1, 10);
    expect(gradient.error).toBeCloseTo(0.5 / 1.5, 10);
    expect(hessian).toMatchObject({ at: [0, 0], row: 2, got: 1 });
    expect(hessian.expected).toBeCloseTo(1.5, 10);
  });

  test("tells where a Hessian is wrong", () => {
    const { gradient, hessian } = checkGradient(wrong({ curvature: (_: number, y: number) => (y === 1 ? -1 : 1) }), at);
    expect(gradient.error).toBeLessThan(1e-11);
    expect(hessian).toMatchObject({ at: [0, 0], row: 1, got: -1 });
  });

  test("NaN is the worst error", () => {
    expect(
      checkGradient(wrong({ gradient: (z: number, y: number) => (y === 1 ? NaN : z - y) }), at).gradient,
    ).toMatchObject({
      row: 1,
      error: NaN,
    });
  });

  test("objectives of the library, and one's own without a Hessian", () => {
    const source = draws(98);
    const data = dataset(
      Array.from({ length: 30 }, () => Array.from(source.normal(2))),
      source.classes(30, 3),
    );
    const loss = losses.softmaxCrossEntropy({ classes: 3, labelSmoothing: 0.2 });
    const found = checkGradient(objective({ data, loss, penalty: penalties.l2(0.1) }), source.normal(9));
    expect(found.gradient.error).toBeLessThan(1e-11);
    expect(found.hessian!.error).toBeLessThan(1e-10);
    const bowl = (factor: number) => ({
      size: 2,
      value: ([a, b]: Float64Array) => a * a + 3 * b * b,
      gradient([a, b]: Float64Array, out: Float64Array) {
        out.set([2 * a, factor * b]);
      },
    });
    expect(checkGradient(bowl(6), [1, 2]).gradient.error).toBeLessThan(1e-11);
    expect(checkGradient(bowl(6), [1, 2]).hessian).toBeNull();
    expect(checkGradient(bowl(5), [1, 2]).gradient).toMatchObject({ at: [1], row: null, got: 10 });
    // Steps grow with the parameters.
    expect(checkGradient(bowl(6), [1e6, 1e-6]).gradient.error).toBeLessThan(1e-10);
  });

  test("what is refused", () => {
    const call = checkGradient as (...values: unknown[]) => unknown;
    expect(() => call(null, [1])).toThrow(/"target" expected a loss or an objective/);
    expect(() => call({ size: 1 }, [1])).toThrow(TypeError);
    expect(() => call(losses.hinge())).toThrow(/"at" expected/);
    expect(() => call(losses.hinge(), { scores: [], targets: [] })).toThrow(/at least one row/);
    expect(() => call(losses.hinge(), { scores: [1], targets: [7] })).toThrow(/"targets"/);
  });
});

describe("custom", () => {
  test("refuses what does not fit, by name", () => {
    expect(() => wrong({ value: 1 })).toThrow(/"value" expected a function, got 1/);
    expect(() => wrong({ name: 1 })).toThrow(/"name" expected a string/);
    expect(() => wrong({ traits: { convex: 1 } })).toThrow(/"convex" expected a boolean/);
    expect(() => wrong({ traits: { smoth: true } })).toThrow(/smoth/);
    expect(() => wrong({ traits: { lipschitz: -1 } })).toThrow(RangeError);
    expect(() => wrong({ domain: { has: () => true } })).toThrow(/"text" expected a string/);
    expect(() => wrong({ gradients: 1 })).toThrow(/gradients/);
    expect(() => wrong({ value: () => "1" }).value([1], [1])).toThrow(
      /"value\(score, target\)" expected a number, got "1"/,
    );
    expect(() => wrong({ domain: { has: (y: number) => y > 0, text: "positive" } }).value([1, 1], [1, 0])).toThrow(
      '"targets" expected positive, got 0 at row 1',
    );
  });

  test("is frozen, with traits that claim nothing unasked", () => {
    const loss = wrong({});
    expect(Object.isFrozen(loss) && Object.isFrozen(loss.traits)).toBe(true);
    expect(loss.traits).toEqual({
      convex: false,
      strictlyConvex: false,
      smooth: false,
      proper: false,
      lipschitz: Infinity,
    });
    expect(loss.likelihood).toBeNull();
  });
});
