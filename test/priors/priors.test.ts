import { describe, expect, test } from "vitest";
import { type Prior, penalties, priors } from "../../src/index.js";
import { surprisalOf } from "../../src/priors/surprisal.js";
import { tailTerm } from "../../src/priors/tail.js";
import type { Layout, Terms } from "../../src/priors/terms.js";
import { bits, draws, expectBits, fixture, toNumber, ulp, within } from "../support.js";

const layouts: Layout[] = [
  { outputs: 1, features: 3, intercept: true },
  { outputs: 1, features: 3, intercept: false },
  { outputs: 4, features: 3, intercept: true },
];

/** What a prior says of coefficients, whether or not it names the intercept too. */
function ofCoefficients(prior: Prior): Terms {
  const { precision, rate, mean, smooth } = prior.terms(layouts[0]);
  const [p, a, m] = [precision, rate, mean].map((numbers) => numbers.subarray(1));
  return { precision: p, rate: a, mean: m, smooth: smooth?.slice(1) ?? null };
}

const namesIntercept = (prior: Prior): boolean => /intercept/.test(String(prior));

/** Everything that a prior or penalty adds. */
function termsOf({ precision, rate, mean, smooth }: Terms): string {
  const distances = [-3, -0.5, 0, 1e-3, 7];
  const tails = (smooth ?? []).map((term) =>
    distances.flatMap((r) => (term === null ? [0, 0, 0] : [term.value(r), term.slope(r), term.curvature(r)])),
  );
  return bits(precision, rate, mean, tails.flat());
}

const all: [string, Prior][] = [
  ["normal", priors.normal({ sd: 0.7 })],
  ["normal with a mean", priors.normal({ sd: 0.7, mean: -2 })],
  ["normal with an sd each", priors.normal({ sd: [0.1, 2, 30], mean: [1, 0, -1] })],
  ["normal with its intercept", priors.normal({ sd: 3, intercept: { mean: 1, sd: 10 } })],
  ["laplace", priors.laplace({ scale: 0.7 })],
  ["laplace with everything", priors.laplace({ scale: [0.1, 2, 30], mean: 0.3, intercept: { mean: -1, scale: 9 } })],
  ["elasticNet", priors.elasticNet({ scale: 0.7, sd: 3 })],
  [
    "elasticNet with everything",
    priors.elasticNet({ scale: [1, 2, 3], sd: 0.3, mean: [1, 2, 3], intercept: { scale: 3, sd: 0.1, mean: 0.7 } }),
  ],
  ["studentT", priors.studentT({ df: 3, scale: 0.7 })],
  [
    "studentT with everything",
    priors.studentT({ df: [1, 2, 30], scale: 0.7, mean: 0.1, intercept: { df: 7, scale: 10, mean: 1 } }),
  ],
  ["cauchy", priors.cauchy({ scale: 2.5, intercept: { scale: 10 } })],
  ["flat", priors.flat()],
];

describe.each(all)("%s", (_, prior) => {
  test.each(layouts)("as a penalty adds the same bits, for any W and φ: %j", (layout) => {
    if (!layout.intercept && namesIntercept(prior)) {
      const refused =
        /"intercept" expected nothing in a prior or penalty of a model that has none, got "\w+ of the intercept"/;
      expect(() => prior.terms(layout)).toThrow(refused);
      expect(() => prior.penalty({ totalWeight: 8 }).terms(layout, 8)).toThrow(refused);
      return;
    }
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

  test("λ₂ = φ/(W·τ²), λ₁ = φ/(W·b), λ their sum or φ/W", () => {
    const { precision, rate, smooth } = ofCoefficients(prior);
    const penalty = prior.penalty({ totalWeight: 40, dispersion: 2.25 });
    const at = (each: number | Float64Array, j: number): number => (typeof each === "number" ? each : each[j]);
    precision.forEach((p, j) => {
      within(at(penalty.l2, j), (2.25 * p) / 40, ulp(at(penalty.l2, j)));
      within(at(penalty.l1, j), (2.25 * rate[j]) / 40, ulp(at(penalty.l1, j)));
      const lambda = smooth === null ? at(penalty.l1, j) + at(penalty.l2, j) : 2.25 / 40;
      expect(at(penalty.lambda, j)).toBe(lambda);
    });
  });

  test("as a penalty for other data, and as their prior, adds the same", () => {
    for (const layout of layouts) {
      if (!layout.intercept && namesIntercept(prior)) continue;
      const penalty = prior.penalty({ totalWeight: 8, dispersion: 2 });
      const [a, b] = [penalty.terms(layout, 32), penalty.prior({ totalWeight: 32, dispersion: 4 }).terms(layout)];
      expect(a.dispersion).toBe(1);
      for (let j = 0; j < a.mean.length; j++) {
        for (const r of [-40, -0.1, 0.5, 3]) {
          const of = ({ precision, rate, smooth }: Terms): number =>
            0.5 * precision[j] * r * r + rate[j] * Math.abs(r) + (smooth?.[j]?.value(r) ?? 0);
          // F/φ, so 4 times as much by the penalty.
          within(of(b), of(a) / 4, 1e-13 * of(a));
          expect(a.mean[j]).toBe(b.mean[j]);
        }
      }
    }
  });

  test("its log density is its surprisal and a constant, with the intercept where it is named", () => {
    const theta = [0.4, -3, 50];
    if (prior.flat) {
      expect(() => prior.logDensity(theta)).toThrow(
        /"prior" expected one with a density, got "flat, which is improper"/,
      );
      return;
    }
    const surprisal = (values: number[], layout: Layout): number =>
      surprisalOf(layout.intercept ? prior.terms(layout) : ofCoefficients(prior), Float64Array.from(values));
    const constant = prior.logDensity([0, 0, 0]) + surprisal([0, 0, 0], layouts[1]);
    within(prior.logDensity(theta), constant - surprisal(theta, layouts[1]), 1e-13 * surprisal(theta, layouts[1]));
    within(prior.logDensity([...theta, ...theta]), 2 * prior.logDensity(theta), 1e-12 * surprisal(theta, layouts[1]));
    if (!namesIntercept(prior)) {
      expect(() => prior.logDensity(theta, { intercept: 1 })).toThrow(/"intercept" expected nothing/);
      return;
    }
    const at = (intercept: number): number => prior.logDensity(theta, { intercept });
    const difference = surprisal([5, ...theta], layouts[0]) - surprisal([2, ...theta], layouts[0]);
    within(at(2) - at(5), difference, 1e-12 * surprisal(theta, layouts[1]));
    within(prior.logDensity(theta, { intercept: [2, 5] }), at(2) + at(5) - prior.logDensity(theta), 1e-9);
  });

  test("its density integrates to one", () => {
    if (prior.flat) return;
    const terms = ofCoefficients(prior);
    if (/\[/.test(String(prior))) return;
    // θ = mean + sinh(t)·width: quadrature over all orders of magnitude, from the kink on both sides.
    const heavy = terms.smooth !== null;
    for (const side of [-1, 1]) {
      let mass = 0;
      const steps = 20_000;
      const end = heavy ? 80 : 8;
      for (let i = 0; i < steps; i++) {
        const t = ((i + 0.5) * end) / steps;
        mass += Math.exp(prior.logDensity([terms.mean[0] + side * Math.sinh(t)])) * Math.cosh(t) * (end / steps);
      }
      within(mass, 0.5, 1e-6);
    }
  });

  test("stays what it is", () => {
    expect(Object.isFrozen(prior)).toBe(true);
    const { precision } = prior.terms(layouts[0]);
    precision.fill(99);
    expect(prior.terms(layouts[0]).precision).not.toEqual(precision);
    expect(String(prior)).toMatch(new RegExp(`^${prior.name}`));
    const penalty = prior.penalty({ totalWeight: 3 });
    expect(String(penalty)).toMatch(new RegExp(`^${penalty.name}\\(`));
    expect(Object.isFrozen(penalty)).toBe(true);
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
    const without = priors.normal({ sd: [1, 2, 4], mean: [7, 8, 9] }).terms(layouts[1]);
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

describe("l1 and elasticNet", () => {
  test("are λ₁‖coefficients‖₁ + (λ₂/2)‖coefficients‖² on the mean loss", () => {
    const terms = penalties.elasticNet({ l1: 0.5, l2: 2 }).terms(layouts[0], 8);
    expect(Array.from(terms.rate)).toEqual([0, 4, 4, 4]);
    expect(Array.from(terms.precision)).toEqual([0, 16, 16, 16]);
    expect(terms.dispersion).toBe(1);
    expect(penalties.elasticNet({ l1: 0.5, l2: 2 }).lambda).toBe(2.5);
    expect(Array.from(penalties.l1(0.5).terms(layouts[1], 8).rate)).toEqual([4, 4, 4]);
    const { lambda, l1, l2 } = penalties.l1(0.5);
    expect([lambda, l1, l2]).toEqual([0.5, 0.5, 0]);
  });

  test("are the priors b = φ/(W·λ₁), τ² = φ/(W·λ₂)", () => {
    const scale = { totalWeight: 10, dispersion: 4 };
    expect(String(penalties.l1(0.1).prior(scale))).toBe("laplace(scale 4)");
    expect(String(penalties.elasticNet({ l1: 0.1, l2: 0.4 }).prior(scale))).toBe("elasticNet(scale 4, sd 1)");
    expect(String(penalties.elasticNet({ l1: 0, l2: 0.4 }).prior(scale))).toBe("normal(sd 1)");
    expect(String(penalties.elasticNet({ l1: 0.1, l2: 0 }).prior(scale))).toBe("laplace(scale 4)");
    expect(penalties.elasticNet({ l1: 0, l2: 0 }).prior(scale).flat).toBe(true);
    expect(penalties.l1(0).prior(scale).flat).toBe(true);
    expect(penalties.l1(0.1).prior(scale).penalty(scale).lambda).toBe(0.1);
  });

  test("refuse what is no λ", () => {
    for (const lambda of [-1, NaN, Infinity]) {
      expect(() => penalties.l1(lambda)).toThrow(RangeError);
      expect(() => penalties.elasticNet({ l1: lambda, l2: 1 })).toThrow(/"l1"/);
      expect(() => penalties.elasticNet({ l1: 1, l2: lambda })).toThrow(/"l2"/);
    }
    expect(() => penalties.elasticNet({ l1: 1.7e308, l2: 1.7e308 })).toThrow(/"l1 \+ l2"/);
    expect(() => penalties.elasticNet({ l1: 1 } as never)).toThrow(TypeError);
    expect(() => penalties.elasticNet(undefined as never)).toThrow(TypeError);
    expect(() => penalties.elasticNet(JSON.parse('{"l1": 1, "l2": 1, "__proto__": 1}') as never)).toThrow(/__proto__/);
  });
});

describe("in words", () => {
  test.each([
    [priors.normal({ sd: 1, intercept: { sd: 10 } }), "normal(sd 1; intercept sd 10)", "l2(0.5; intercept 0.005)"],
    [priors.normal({ sd: 0.5, mean: 3 }), "normal(sd 0.5, mean 3)", "l2(2, mean 3)"],
    [priors.normal({ sd: [1, 2], mean: [0, 4] }), "normal(sd [1, 2], mean [0, 4])", "l2([0.5, 0.125], mean [0, 4])"],
    [priors.normal({ sd: new Float64Array(9).fill(1) }), "normal(sd of 9 numbers)", "l2(of 9 numbers)"],
    [
      priors.laplace({ scale: 0.25, intercept: { scale: 4, mean: -1 } }),
      "laplace(scale 0.25; intercept scale 4, mean -1)",
      "l1(2; intercept 0.125, mean -1)",
    ],
    [priors.elasticNet({ scale: 1, sd: 0.5 }), "elasticNet(scale 1, sd 0.5)", "elasticNet(l1 0.5, l2 2)"],
    [priors.studentT({ df: 3, scale: 2 }), "studentT(df 3, scale 2)", "studentT(df 3, scale 2) times 0.5"],
    [priors.cauchy({ scale: 2 }), "cauchy(scale 2)", "cauchy(scale 2) times 0.5"],
    [priors.flat(), "flat", "l2(0)"],
  ])("%s", (prior, text, penalty) => {
    expect(String(prior)).toBe(text);
    expect(String(prior.penalty({ totalWeight: 2 }))).toBe(penalty);
  });

  test("a Cauchy to a power is a Student t", () => {
    const prior = priors.cauchy({ scale: 2 }).penalty({ totalWeight: 2 }).prior({ totalWeight: 4 });
    expect(String(prior)).toBe(`studentT(df 3, scale ${2 * Math.sqrt(1 / 3)})`);
    const half = priors.cauchy({ scale: 2 }).penalty({ totalWeight: 2 });
    expect(() => half.prior({ totalWeight: 1 })).toThrow(/one that leaves a density/);
  });
});

interface Density {
  dist: string;
  params: Record<string, number>;
  x: number[];
  log_density: (number | string)[];
}

describe.each(fixture<{ cases: Density[] }>("densities.json").cases)(
  "$dist $params",
  ({ dist, params, x, log_density }) => {
    const { mean, sd, location, scale, nu } = params;
    const prior = {
      normal: () => priors.normal({ sd, mean }),
      laplace: () => priors.laplace({ scale, mean: location }),
      student_t: () => priors.studentT({ df: nu, scale, mean: location }),
      cauchy: () => priors.cauchy({ scale, mean: location }),
    }[dist]!();

    test("log density", () => {
      x.forEach((value, i) => {
        const want = toNumber(log_density[i]);
        within(prior.logDensity([value]), want, 1e-13 * Math.max(1, Math.abs(want)), `at ${value}`);
      });
    });
  },
);

test("log densities of an elastic net and of extreme Student t priors", () => {
  const net = (scale: number, sd: number, theta: number): number =>
    priors.elasticNet({ scale, sd }).logDensity([theta]);
  within(net(0.5, 2, 0), 0.0548685922027274672, 1e-15);
  within(net(0.01, 0.5, 0.01), 2.91222260621522851, 1e-14);
  within(net(1000, 1, 2), -2.92014083029765287, 1e-14);
  const t = (df: number, scale: number, theta: number): number => priors.studentT({ df, scale }).logDensity([theta]);
  within(t(0.01, 1, 3), -6.43839307526605314, 1e-14);
  within(t(1e9, 2, 1), -1.73708571412399305, 1e-13);
  within(t(4, 2.5, 0), -1.8971199848858813, 1e-15);
  within(t(3, 1, 1e200), -1840.87173866752383754, 1e-12);
  within(t(1e-300, 1, 1), -691.46867507877365, 1e-12);
  expect(t(3, 1, Infinity)).toBe(-Infinity);
  expect(t(3, 1, NaN)).toBeNaN();
});

describe("the tail of a Student t", () => {
  test.each([
    [3, 1],
    [1, 2.5],
    [0.1, 1e-3],
    [1e6, 30],
  ])("df %d, scale %d: its derivatives are those of its value", (df, scale) => {
    const term = tailTerm(df, scale);
    for (let stream = 0; stream < 200; stream++) {
      const r = draws(73, stream).normal(1)[0] * scale * 10 ** ((stream % 9) - 4);
      const h = Math.abs(r) * 1e-3;
      const difference = (f: (r: number) => number): number =>
        (8 * (f(r + h) - f(r - h)) - (f(r + 2 * h) - f(r - 2 * h))) / (12 * h);
      within(term.slope(r), difference(term.value), 1e-9 * Math.abs(term.slope(r)) + (1e-12 * term.value(r)) / h);
      const size = (df + 1) / (df * scale * scale + r * r);
      within(term.curvature(r), difference(term.slope), 1e-9 * size);
    }
  });

  test("nothing overflows on the way", () => {
    const term = tailTerm(1, 1e-100);
    for (const r of [1e-300, 1e-100, 1, 1e200, 1e308]) {
      for (const f of [term.value, term.slope, term.curvature]) expect(Number.isFinite(f(r))).toBe(true);
      within(term.slope(r) * r, 2 / (1 + 1 / ((r / 1e-100) * (r / 1e-100))), 1e-15);
      expect(term.slope(-r)).toBe(-term.slope(r));
    }
    within(term.value(1e308), Math.log(1e308) * 2 + 2 * Math.log(1e100), 1e-12);
    expect(term.value(0)).toBe(0);
    expect(term.curvature(0)).toBe(2e200);
  });
});

test("conversions that overflow or vanish are refused, never made", () => {
  const wide = priors.normal({ sd: 1e150 });
  const narrow = priors.laplace({ scale: 1e-300 });
  expect(() => wide.penalty({ totalWeight: 1e30 })).toThrow(
    /"scale" expected one that converts to finite numbers > 0, got 0/,
  );
  expect(() => narrow.penalty({ totalWeight: 1e-10 })).toThrow(/"scale" expected .* got Infinity/);
  expect(() => narrow.penalty({ totalWeight: 1, dispersion: 1e10 })).toThrow(RangeError);
  // The product φ·p would overflow, the quotient does not.
  expect(priors.normal({ sd: 1e-100 }).penalty({ totalWeight: 1e200, dispersion: 1e200 }).lambda).toBe(1e200);
  for (const penalty of [penalties.l2(1e300), penalties.l1(1e300), penalties.elasticNet({ l1: 1e300, l2: 0 })]) {
    expect(() => penalty.terms(layouts[0], 1e10)).toThrow(/neither overflow nor vanish, got Infinity/);
    expect(() => penalty.prior({ totalWeight: 1e10 })).toThrow(RangeError);
  }
  expect(() => penalties.l1(1e-300).terms(layouts[0], 1e-30)).toThrow(/neither overflow nor vanish, got 0/);
  expect(() => penalties.l1(1e-300).prior({ totalWeight: 1e-30 })).toThrow(RangeError);
  const fixed = priors.laplace({ scale: 1e-300 }).penalty({ totalWeight: 1e10 });
  expect(() => fixed.terms(layouts[0], 1e30)).toThrow(RangeError);
  expect(() => fixed.prior({ totalWeight: 1e30 })).toThrow(RangeError);
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

  test("a scale, sd or df that is none", () => {
    const bad = [0, -1, NaN, Infinity, -Infinity];
    for (const value of bad) {
      for (const call of [
        () => priors.laplace({ scale: value }),
        () => priors.cauchy({ scale: value }),
        () => priors.studentT({ df: 3, scale: value }),
        () => priors.studentT({ df: value, scale: 1 }),
        () => priors.elasticNet({ scale: value, sd: 1 }),
        () => priors.elasticNet({ scale: 1, sd: value }),
        () => priors.laplace({ scale: [1, value] }),
        () => priors.laplace({ scale: 1, intercept: { scale: value } }),
        () => priors.cauchy({ scale: 1, intercept: { scale: value } }),
        () => priors.studentT({ df: 1, scale: 1, intercept: { df: value, scale: 1 } }),
        () => priors.studentT({ df: 1, scale: 1, intercept: { df: 1, scale: value } }),
        () => priors.elasticNet({ scale: 1, sd: 1, intercept: { scale: value, sd: 1 } }),
        () => priors.elasticNet({ scale: 1, sd: 1, intercept: { scale: 1, sd: value } }),
      ]) {
        expect(call).toThrow(RangeError);
      }
    }
    // Subnormal or huge, where the inverse is no number.
    expect(() => priors.laplace({ scale: 5e-324 })).toThrow(
      /"scale" expected a number whose inverse is finite and > 0/,
    );
    expect(() => priors.normal({ sd: [1, 1e200] })).toThrow(/inverse square is finite and > 0, got 1e\+200 at row 1/);
    expect(() => priors.cauchy({ scale: 1e-200 })).toThrow(/inverse square/);
    expect(String(priors.laplace({ scale: 1e308 }))).toBe("laplace(scale 1e+308)");
    expect(() => priors.laplace({ scale: [1, 2], mean: [1, 2, 3] })).toThrow(/one number, or 2 as "scale" has/);
    expect(() => priors.laplace({ scale: 1, intercept: { sd: 1 } as never })).toThrow(/only mean, scale/);
    expect(() => priors.laplace({ scale: 1, intercept: null as never })).toThrow(TypeError);
    expect(() => priors.laplace(JSON.parse('{"scale": 1, "__proto__": {"mean": 9}}') as never)).toThrow(/__proto__/);
    const factories = [priors.laplace, priors.cauchy, priors.studentT, priors.elasticNet];
    for (const call of factories as unknown as ((options?: unknown) => unknown)[]) {
      expect(() => call()).toThrow(TypeError);
      expect(() => call({})).toThrow(TypeError);
    }
  });

  test("coefficients that do not fit a density", () => {
    const prior = priors.laplace({ scale: [1, 2], intercept: { scale: 1 } });
    expect(() => prior.logDensity([1, 2, 3])).toThrow(/2 numbers per output/);
    expect(() => prior.logDensity("12" as never)).toThrow(TypeError);
    expect(() => prior.logDensity([1, 2], { intercept: "1" } as never)).toThrow(TypeError);
    expect(prior.logDensity([NaN, 1])).toBeNaN();
    expect(prior.logDensity([Infinity, 1])).toBe(-Infinity);
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
