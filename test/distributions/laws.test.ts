/** What holds for every distribution: tails are integrals of the density, quantiles invert tails, draws follow them. */
import { describe, expect, it } from "vitest";
import * as distributions from "../../src/distributions/index.js";
import { random } from "../../src/random.js";
import { continuous, discrete, named } from "./subjects.js";

type D = distributions.Distribution;

/** Nodes and weights of Gauss and Legendre with ten points on [−1, 1], the positive half. */
const NODES = [0.1488743389816312, 0.4333953941292472, 0.6794095682990244, 0.8650633666889845, 0.9739065285171717];
const WEIGHTS = [0.2955242247147529, 0.2692667193099963, 0.219086362515982, 0.1494513491505806, 0.0666713443086881];

/** ∫ g from a to b in equal pieces. */
function integral(g: (x: number) => number, a: number, b: number, pieces = 40): number {
  const half = (b - a) / pieces / 2;
  let sum = 0;
  for (let i = 0; i < pieces; i++) {
    const middle = a + (2 * i + 1) * half;
    NODES.forEach((node, j) => (sum += WEIGHTS[j] * (g(middle - half * node) + g(middle + half * node))));
  }
  return sum * half;
}

/** ∫ g·density from a to b, by the logarithm of the distance to where it changes fast: an end, or the median. */
function mass(d: D, a: number, b: number, g: (x: number) => number = () => 1, pieces = 40): number {
  const h = (x: number): number => g(x) * d.density(x);
  const from = (origin: number, sign: number): number => {
    const [near, far] = [Math.abs(a - origin), Math.abs(b - origin)].sort((p, q) => p - q);
    return integral((t) => h(origin + sign * Math.exp(t)) * Math.exp(t), Math.log(near), Math.log(far), pieces);
  };
  const [low, high] = d.support;
  const middle = d.quantile(0.5);
  if (low > -Infinity && a - low < 0.5 * (b - low)) return from(low, 1);
  if (high < Infinity && high - b < 0.5 * (high - a)) return from(high, -1);
  if (b < middle && middle - b < 0.5 * (middle - a)) return from(middle, -1);
  if (a > middle && a - middle < 0.5 * (b - middle)) return from(middle, 1);
  return integral(h, a, b, pieces);
}

const LEVELS = [1e-12, 1e-9, 1e-6, 1e-4, 0.01, 0.05, 0.2, 0.4, 0.5, 0.6, 0.8, 0.95, 0.99, 0.9999, 0.999999];

describe("distributions with a density", () => {
  it.each(named(continuous))("%s: its distribution function is the integral of the density", (_, d) => {
    for (let i = 1; i < LEVELS.length; i++) {
      const [a, b] = [d.quantile(LEVELS[i - 1]), d.quantile(LEVELS[i])];
      const area = mass(d, a, b);
      const expected = d.cdf(b) - d.cdf(a);
      expect(Math.abs(area - expected), `${LEVELS[i - 1]} to ${LEVELS[i]}`).toBeLessThan(1e-9 * expected + 1e-13);
    }
  });

  it.each(named(continuous))("%s: quantiles invert both tails", (_, d) => {
    for (const p of [1e-30, ...LEVELS]) {
      const x = d.quantile(p);
      const y = d.upperQuantile(p);
      // A number next to an end other than 0, or far from 0 with little spread, cannot be written down any better.
      const blur = (at: number): number => 2 ** -51 * Math.abs(at) * d.density(at);
      expect(Math.abs(d.cdf(x) - p), `cdf of ${x}`).toBeLessThanOrEqual(2e-11 * p + blur(x));
      expect(Math.abs(d.survival(y) - p), `survival of ${y}`).toBeLessThanOrEqual(2e-11 * p + blur(y));
      expect(d.cdf(x) + d.survival(x)).toBeCloseTo(1, 14);
    }
    expect([d.quantile(0), d.quantile(1)]).toEqual(d.support);
    expect([d.upperQuantile(1), d.upperQuantile(0)]).toEqual(d.support);
  });

  it.each(named(continuous))("%s: moments and entropy are integrals", (_, d) => {
    const heavy =
      /cauchy|halfCauchy|lomax|inverseGamma|^f$|studentT/i.test(d.name) && !(d.variance < 10 && d.mean === 0);
    const points = [-30, -20, -14, -9, -6, -3, -1].map((e) => 10 ** e).concat(0.5);
    const cuts = [...points.map((p) => d.quantile(p)), ...points.map((p) => d.upperQuantile(p)).reverse()].filter(
      (x, i, all) => x > d.support[0] && x < d.support[1] && (i === 0 || x > all[i - 1]),
    );
    const mean = (g: (x: number) => number): number =>
      cuts.slice(1).reduce((sum, b, i) => sum + mass(d, cuts[i], b, g), 0);
    const close = (got: number, expected: number, what: string): void =>
      expect(Math.abs(got - expected), what).toBeLessThan(1e-6 * Math.max(Math.sqrt(d.variance), Math.abs(expected)));
    if (!heavy) {
      close(
        mean((x) => x),
        d.mean,
        "mean",
      );
      close(
        mean((x) => (x - d.mean) * (x - d.mean)),
        d.variance,
        "variance",
      );
    }
    if (
      d.entropy !== null &&
      !/cauchy/i.test(d.name) &&
      d.parameters !== null &&
      !("df" in d.parameters && d.parameters.df === 0.7)
    ) {
      expect(Math.abs(mean((x) => -d.logDensity(x)) - d.entropy), "entropy").toBeLessThan(1e-6);
    }
  });
});

describe("distributions of whole numbers", () => {
  it.each(named(discrete))("%s: both tails are sums, moments too", (_, d) => {
    const [low] = d.support;
    const high = Math.min(d.support[1], d.upperQuantile(1e-25));
    const k = Array.from({ length: high - low + 1 }, (__, i) => low + i);
    const p = k.map((x) => d.density(x));
    const upper = new Float64Array(k.length + 1);
    for (let i = k.length; i > 0; i--) upper[i - 1] = upper[i] + p[i - 1];
    let lower = 0;
    const wrong = k.filter((x, i) => {
      lower += p[i];
      const above = upper[i + 1];
      return !(
        Math.abs(d.cdf(x) - lower) <= 1e-11 * lower + 1e-300 &&
        Math.abs(d.survival(x) - above) <= 1e-11 * above + 2e-25 &&
        d.cdf(x + 0.5) === d.cdf(x)
      );
    });
    expect(wrong).toEqual([]);
    const sum = (g: (x: number) => number): number => k.reduce((total, x, i) => total + p[i] * g(x), 0);
    const mean = sum((x) => x);
    expect(mean).toBeCloseTo(d.mean, 9);
    expect(sum((x) => (x - mean) * (x - mean)) / Math.max(1, d.variance)).toBeCloseTo(
      d.variance / Math.max(1, d.variance),
      9,
    );
    if (d.entropy !== null) expect(sum((x) => (d.density(x) === 0 ? 0 : -d.logDensity(x)))).toBeCloseTo(d.entropy, 9);
  });

  it.each(named(discrete))("%s: quantiles are the smallest that reach", (_, d) => {
    const generator = random(3);
    for (let i = 0; i < 200; i++) {
      const p = i % 2 === 0 ? generator.uniform() : 10 ** (-20 * generator.uniform());
      const x = d.quantile(p);
      expect(d.cdf(x)).toBeGreaterThanOrEqual(p);
      expect(d.cdf(x - 1)).toBeLessThan(p);
      const y = d.upperQuantile(p);
      expect(d.survival(y)).toBeLessThanOrEqual(p);
      expect(d.survival(y - 1)).toBeGreaterThan(p);
    }
    for (let i = 0; i < 50; i++) {
      const k = d.quantile(generator.uniform());
      expect(d.quantile(d.cdf(k))).toBe(k);
      expect(d.upperQuantile(d.survival(k))).toBeLessThanOrEqual(k);
    }
  });

  it("have no probability between whole numbers", () => {
    for (const d of discrete)
      expect(d.logDensity([0.5, -1, NaN, Infinity])).toEqual(Float64Array.of(-Infinity, -Infinity, NaN, -Infinity));
  });
});

/** The largest distance of the empirical distribution function from that of d. */
function distance(d: D, draws: Float64Array): number {
  const sorted = draws.slice().sort();
  let largest = 0;
  for (let i = 0; i < sorted.length;) {
    let end = i;
    while (end < sorted.length && sorted[end] === sorted[i]) end++;
    const below = d.discrete ? d.cdf(sorted[i] - 1) : d.cdf(sorted[i]);
    largest = Math.max(largest, Math.abs(i / sorted.length - below), Math.abs(end / sorted.length - d.cdf(sorted[i])));
    i = end;
  }
  return largest;
}

describe("draws", () => {
  it.each(named([...continuous, ...discrete]))("%s: follow the distribution", (_, d) => {
    const n = 4000;
    const draws = d.sample(random(7), n);
    // Kolmogorov's statistic exceeds 1.95/√n once in a thousand.
    expect(distance(d, draws)).toBeLessThan(1.95 / Math.sqrt(n));
    if (!(d.variance < Infinity) || d.variance === 0) return;
    const mean = draws.reduce((a, b) => a + b, 0) / n;
    expect(Math.abs(mean - d.mean)).toBeLessThan(4.5 * Math.sqrt(d.variance / n));
  });

  it("would show a generator that is slightly wrong", () => {
    const n = 4000;
    const draws = distributions.gamma({ shape: 2.5, rate: 7 }).sample(random(7), n);
    expect(distance(distributions.gamma({ shape: 2.6, rate: 7 }), draws)).toBeGreaterThan(1.95 / Math.sqrt(n));
  });

  it("go on where the generator stands, one by one or together", () => {
    for (const d of [...continuous, ...discrete]) {
      const [a, b] = [random(5), random(5)];
      expect(Array.from({ length: 4 }, () => d.sample(a))).toEqual([...d.sample(b, 4)]);
    }
  });

  it("of tiny shapes are numbers", () => {
    for (const shape of [1e-3, 1e-300]) {
      const numbers = [
        ...distributions.beta({ alpha: shape, beta: shape }).sample(random(1), 200),
        ...distributions.gamma({ shape, rate: 1 }).sample(random(1), 200),
        ...distributions.dirichlet({ alpha: [shape, shape, shape] }).sample(random(1), 200),
      ];
      expect(numbers.filter((x) => !(x >= 0 && x < Infinity))).toEqual([]);
    }
  });
});

describe("distributions of vectors", () => {
  it("dirichlet: two classes are a beta distribution; draws have its moments", () => {
    const d = distributions.dirichlet({ alpha: [2, 5] });
    const beta = distributions.beta({ alpha: 2, beta: 5 });
    for (const x of [0.01, 0.3, 0.9]) expect(d.logDensity([x, 1 - x])).toBeCloseTo(beta.logDensity(x), 13);
    expect(d.entropy).toBeCloseTo(beta.entropy!, 13);
    const three = distributions.dirichlet({ alpha: [0.5, 1.5, 3] });
    const n = 4000;
    const draws = three.sample(random(4), n);
    for (let k = 0; k < 3; k++) {
      const column = draws.filter((_, i) => i % 3 === k);
      expect(
        distance(distributions.beta({ alpha: three.parameters.alpha[k], beta: 5 - three.parameters.alpha[k] }), column),
      ).toBeLessThan(1.95 / Math.sqrt(n));
      expect(three.variance[k]).toBeCloseTo(column.reduce((s, x) => s + (x - three.mean[k]) ** 2, 0) / n, 2);
    }
    expect([...three.logDensity(draws, { columns: 3 }).subarray(0, 2)]).toEqual([
      three.logDensity(draws.subarray(0, 3)),
      three.logDensity(draws.subarray(3, 6)),
    ]);
    const surprisal = three.logDensity(draws, { columns: 3 }).reduce((s, l) => s - l, 0) / n;
    expect(Math.abs(surprisal - three.entropy)).toBeLessThan(0.03);
    expect(three.logDensity([0.5, 0.5, 0.5])).toBe(-Infinity);
    expect(three.logDensity([-0.5, 1, 0.5])).toBe(-Infinity);
  });

  it("normalInverseGamma: its marginals are integrals; draws follow them", () => {
    const d = distributions.normalInverseGamma({ mean: 1, kappa: 4, shape: 3, scale: 2 });
    for (const m of [-1, 0.5, 1]) {
      const density = integral((t) => d.density([m, Math.exp(t)]) * Math.exp(t), -6, 12, 400);
      expect(density / d.marginals.mean.density(m)).toBeCloseTo(1, 9);
    }
    const n = 4000;
    const draws = d.sample(random(4), n);
    expect(
      distance(
        d.marginals.mean,
        draws.filter((_, i) => i % 2 === 0),
      ),
    ).toBeLessThan(1.95 / Math.sqrt(n));
    expect(
      distance(
        d.marginals.variance,
        draws.filter((_, i) => i % 2 === 1),
      ),
    ).toBeLessThan(1.95 / Math.sqrt(n));
    const surprisal = d.logDensity(draws, { columns: 2 }).reduce((s, l) => s - l, 0) / n;
    expect(Math.abs(surprisal - d.entropy)).toBeLessThan(0.04);
    expect(d.logDensity([1, 0])).toBe(-Infinity);
  });
});

describe("far tails", () => {
  it("keep their own digits", () => {
    expect(distributions.normal().survival(37)).toBeCloseTo(5.725571222524576e-300, 310);
    expect(distributions.exponential({ rate: 1 }).survival(700) / 9.85967654375977e-305).toBeCloseTo(1, 12);
    expect(distributions.cauchy().survival(1e300) * Math.PI * 1e300).toBeCloseTo(1, 14);
    expect(distributions.laplace().upperQuantile(1e-300)).toBeCloseTo(-Math.log(2e-300), 11);
    expect(distributions.normal({ mean: -1e308, sd: 1e308 }).cdf(1e308)).toBeCloseTo(0.9772498680518208, 14);
    expect(distributions.normal().logDensity(1e10)).toBeCloseTo(-5e19, -5);
    expect(distributions.studentT({ df: 3 }).logDensity(1e200)).toBeCloseTo(
      -4 * Math.log(1e200) + Math.log((6 * Math.sqrt(3)) / Math.PI),
      10,
    );
    expect(distributions.poisson({ rate: 1e6 }).survival(2e6)).toBe(0);
    expect(distributions.poisson({ rate: 1e6 }).quantile(0.5)).toBe(1e6);
    expect(distributions.halfNormal().quantile(1e-200) * Math.sqrt(2 / Math.PI)).toBeCloseTo(1e-200, 212);
  });
});
