import { describe, expect, test } from "vitest";
import { type Prior, penalties, priors } from "../../src/index.js";
import type { Layout } from "../../src/priors/terms.js";
import { bits, draws, expectBits, ulp, within } from "../support.js";

const layouts: Layout[] = [
  { outputs: 1, features: 3, intercept: true },
  { outputs: 1, features: 3, intercept: false },
  { outputs: 4, features: 3, intercept: true },
];

/** Everything that a prior or penalty adds. */
const termsOf = (terms: { precision: Float64Array; mean: Float64Array }): string => bits(terms.precision, terms.mean);

const all: [string, Prior][] = [
  ["normal", priors.normal({ sd: 0.7 })],
  ["normal with a mean", priors.normal({ sd: 0.7, mean: -2 })],
  ["normal with an sd each", priors.normal({ sd: [0.1, 2, 30], mean: [1, 0, -1] })],
  ["normal with its intercept", priors.normal({ sd: 3, intercept: { mean: 1, sd: 10 } })],
  ["flat", priors.flat()],
];

describe.each(all)("%s", (_, prior) => {
  test.each(layouts)("as a penalty adds the same bits, for any W and φ: %j", (layout) => {
    for (let stream = 0; stream < 50; stream++) {
      const source = draws(71, stream);
      const totalWeight = stream < 20 ? stream + 1 : source.random.uniform() * 1e4;
      const dispersion = stream % 3 === 0 ? 1 : source.random.uniform() * 9;
      const penalty = prior.penalty({ totalWeight, dispersion });
      const terms = penalty.terms(layout, totalWeight);
      expectBits(termsOf(terms), termsOf(prior.terms(layout)));
      expect(terms.dispersion).toBe(dispersion);
      expect(penalty.prior({ totalWeight, dispersion })).toBe(prior);
    }
  });

  test("λ = φ/(W·τ²)", () => {
    const layout = layouts[1];
    const { precision } = prior.terms(layout);
    const { lambda } = prior.penalty({ totalWeight: 40, dispersion: 2.25 });
    precision.forEach((p, j) => {
      const own = typeof lambda === "number" ? lambda : lambda[j];
      within(own, (2.25 * p) / 40, ulp(own));
    });
  });

  test("stays what it is", () => {
    expect(Object.isFrozen(prior)).toBe(true);
    const { precision } = prior.terms(layouts[0]);
    precision.fill(99);
    expect(prior.terms(layouts[0]).precision).not.toEqual(precision);
    expect(String(prior)).toMatch(/^(normal|flat)/);
    expect(String(prior.penalty({ totalWeight: 3 }))).toMatch(/^l2\(/);
  });
});

describe("terms", () => {
  test("coefficients have a prior, the intercept has none unless named", () => {
    const { precision, mean } = priors.normal({ sd: 2, mean: 5 }).terms(layouts[0]);
    expect(Array.from(precision)).toEqual([0, 0.25, 0.25, 0.25]);
    expect(Array.from(mean)).toEqual([0, 5, 5, 5]);
  });

  test("every output has the same", () => {
    const prior = priors.normal({ sd: [1, 2, 4], mean: [7, 8, 9], intercept: { mean: -1, sd: 0.5 } });
    const { precision, mean } = prior.terms(layouts[2]);
    for (let k = 0; k < 4; k++) {
      expect(Array.from(precision.subarray(4 * k, 4 * k + 4))).toEqual([4, 1, 0.25, 0.0625]);
      expect(Array.from(mean.subarray(4 * k, 4 * k + 4))).toEqual([-1, 7, 8, 9]);
    }
    const without = prior.terms(layouts[1]);
    expect(Array.from(without.precision)).toEqual([1, 0.25, 0.0625]);
  });

  test("a flat prior says nothing", () => {
    expect(priors.flat().flat).toBe(true);
    expect(priors.normal({ sd: 1 }).flat).toBe(false);
    expect(
      priors
        .flat()
        .terms(layouts[2])
        .precision.every((p) => p === 0),
    ).toBe(true);
    expect(String(priors.flat())).toBe("flat");
  });

  test("another number of coefficients is refused", () => {
    for (const prior of [priors.normal({ sd: [1, 2] }), priors.normal({ sd: 1, mean: [1, 2, 3, 4] })]) {
      expect(() => prior.terms(layouts[0])).toThrow(/one number per coefficient, 3/);
    }
  });
});

describe("l2", () => {
  test("is (λ/2)‖coefficients‖² on the mean loss", () => {
    const terms = penalties.l2(0.5).terms(layouts[0], 8);
    expect(Array.from(terms.precision)).toEqual([0, 4, 4, 4]);
    expect(terms.dispersion).toBe(1);
    expect(penalties.l2(0.5).lambda).toBe(0.5);
  });

  test("is the prior τ² = φ/(W·λ)", () => {
    for (const [lambda, totalWeight, dispersion] of [
      [0.5, 8, 1],
      [0.01, 569, 1],
      [0.3, 442, 5.5],
    ]) {
      const prior = penalties.l2(lambda).prior({ totalWeight, dispersion });
      const variance = 1 / prior.terms(layouts[1]).precision[0];
      within(variance, dispersion / (totalWeight * lambda), 4 * ulp(variance));
      const back = prior.penalty({ totalWeight, dispersion }).lambda as number;
      within(back, lambda, 4 * ulp(lambda));
    }
    expect(penalties.l2(0).prior({ totalWeight: 3 }).flat).toBe(true);
    expect(String(penalties.l2(0.25))).toBe("l2(0.25)");
  });

  test("refuses what is no λ", () => {
    for (const lambda of [-1, NaN, Infinity]) expect(() => penalties.l2(lambda)).toThrow(RangeError);
    for (const lambda of ["1", undefined, null, [1]]) expect(() => penalties.l2(lambda as never)).toThrow(TypeError);
  });
});

describe("a penalty made of a prior, for other data", () => {
  test("keeps its λ", () => {
    const penalty = priors.normal({ sd: 0.5 }).penalty({ totalWeight: 8, dispersion: 4 });
    expect(penalty.lambda).toBe(2);
    const terms = penalty.terms(layouts[0], 16);
    expect(Array.from(terms.precision)).toEqual([0, 32, 32, 32]);
    expect(terms.dispersion).toBe(1);
    expect(Array.from(penalty.prior({ totalWeight: 16 }).terms(layouts[1]).precision)).toEqual([32, 32, 32]);
    expect(Array.from(penalty.prior({ totalWeight: 16, dispersion: 4 }).terms(layouts[1]).precision)).toEqual([
      8, 8, 8,
    ]);
  });

  test("keeps one λ each, means and the intercept", () => {
    const prior = priors.normal({ sd: [1, 0.5, 0.25], mean: 3, intercept: { mean: 2, sd: 0.5 } });
    const penalty = prior.penalty({ totalWeight: 4 });
    expect(Array.from(penalty.lambda as Float64Array)).toEqual([0.25, 1, 4]);
    const terms = penalty.terms(layouts[0], 8);
    expect(Array.from(terms.precision)).toEqual([8, 2, 8, 32]);
    expect(Array.from(terms.mean)).toEqual([2, 3, 3, 3]);
    const other = penalty.prior({ totalWeight: 8 }).terms(layouts[0]);
    expect(termsOf(other)).toBe(termsOf(terms));
  });
});

describe("what is refused", () => {
  test("an sd or a mean that is none, by row", () => {
    for (const sd of [0, -1, NaN, Infinity, 1e-170, 1e170]) expect(() => priors.normal({ sd })).toThrow(RangeError);
    for (const sd of [undefined, null, "1", {}, ["1"]]) expect(() => priors.normal({ sd } as never)).toThrow(TypeError);
    expect(() => priors.normal(undefined as never)).toThrow(TypeError);
    expect(() => priors.normal({ sd: [1, 0] })).toThrow(/"sd" expected a finite number > 0, got 0 at row 1/);
    expect(() => priors.normal({ sd: 1, mean: NaN })).toThrow(RangeError);
    expect(() => priors.normal({ sd: 1, mean: [0, Infinity] })).toThrow(/"mean".*row 1/);
    expect(() => priors.normal({ sd: 1, intercept: { sd: 0 } })).toThrow(/"intercept\.sd"/);
    expect(() => priors.normal({ sd: 1, intercept: { sd: 1, mean: NaN } })).toThrow(/"intercept\.mean"/);
    expect(() => priors.normal({ sd: 1, intercept: {} as never })).toThrow(TypeError);
    expect(() => priors.normal({ sd: 1, scale: 2 } as never)).toThrow(/scale/);
  });

  test("a scale that is none", () => {
    const prior = priors.normal({ sd: 1 });
    for (const totalWeight of [0, -1, NaN, Infinity]) expect(() => prior.penalty({ totalWeight })).toThrow(RangeError);
    for (const dispersion of [0, -1, NaN]) {
      expect(() => prior.penalty({ totalWeight: 1, dispersion })).toThrow(RangeError);
    }
    expect(() => prior.penalty(undefined as never)).toThrow(TypeError);
    expect(() => prior.penalty({} as never)).toThrow(TypeError);
    expect(() => prior.penalty(8 as never)).toThrow(TypeError);
    expect(() => penalties.l2(1).prior({ totalWeight: "8" } as never)).toThrow(TypeError);
  });

  test("changing the arrays that were given changes nothing", () => {
    const sd = Float64Array.of(1, 2, 4);
    const prior = priors.normal({ sd });
    sd.fill(9);
    expect(Array.from(prior.terms(layouts[1]).precision)).toEqual([1, 0.25, 0.0625]);
  });
});
