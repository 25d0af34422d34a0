/** Likelihoods of one score a row: their densities, moments and samples against each other and against references. */
import { describe, expect, test } from "vitest";
import { type Likelihood, likelihoods, losses, random } from "../../src/index.js";
import { bits, draws, expectBits, fixture, preciseSum, toNumber, within } from "../support.js";
import { COUNTS, type Support, expectation, pointsOf } from "./quadrature.js";

interface Subject {
  readonly name: string;
  readonly likelihood: Likelihood;
  readonly support: Support;
  /** Kinks of the density, less the score. */
  readonly breaks?: readonly number[];
  /** Its tails are too heavy for a fourth moment. */
  readonly heavy?: true;
}

const [classes, reals, positive] = [[0, 1], "reals", "positive"] as const;

const subjects: readonly Subject[] = [
  { name: "bernoulli", likelihood: likelihoods.bernoulli(), support: classes },
  { name: "bernoulli, probit", likelihood: likelihoods.bernoulli({ link: "probit" }), support: classes },
  {
    name: "bernoulli, complementary log-log",
    likelihood: likelihoods.bernoulli({ link: "complementaryLogLog" }),
    support: classes,
  },
  ...[1, 7, 300].map((trials) => ({
    name: `binomial of ${trials}`,
    likelihood: likelihoods.binomial({ trials }),
    support: Array.from({ length: trials + 1 }, (_, k) => k),
  })),
  { name: "gaussian", likelihood: likelihoods.gaussian({ sd: 0.3 }), support: reals },
  { name: "gaussian loss", likelihood: losses.gaussian({ variance: 5 }).likelihood!, support: reals },
  { name: "laplace", likelihood: likelihoods.laplace({ scale: 2.5 }), support: reals },
  ...[0.1, 0.5, 0.8].map((level) => ({
    name: `asymmetricLaplace at ${level}`,
    likelihood: likelihoods.asymmetricLaplace({ level, scale: 0.7 }),
    support: reals,
  })),
  { name: "studentT of 7", likelihood: likelihoods.studentT({ df: 7, scale: 0.5 }), support: reals },
  { name: "studentT of 3", likelihood: likelihoods.studentT({ df: 3, scale: 2 }), support: reals, heavy: true },
  { name: "logCosh", likelihood: losses.logCosh().likelihood!, support: reals },
  ...[0.3, 1.345].map((delta) => ({
    name: `huber at ${delta}`,
    likelihood: losses.huber({ delta }).likelihood!,
    support: reals,
    breaks: [-delta, delta],
  })),
  { name: "quantile", likelihood: losses.quantile({ level: 0.3 }).likelihood!, support: reals },
  { name: "poisson", likelihood: likelihoods.poisson(), support: COUNTS },
  { name: "poisson, exposure", likelihood: likelihoods.poisson({ exposure: 12.5 }), support: COUNTS },
  ...[0.2, 1.5].map((dispersion) => ({
    name: `negativeBinomial of ${dispersion}`,
    likelihood: likelihoods.negativeBinomial({ dispersion }),
    support: COUNTS,
  })),
  ...[0.6, 1, 20].map((shape) => ({
    name: `gamma of ${shape}`,
    likelihood: likelihoods.gamma({ shape }),
    support: positive,
  })),
  { name: "tweedie of 1", likelihood: likelihoods.tweedie({ power: 1 }), support: COUNTS },
  { name: "tweedie of 2", likelihood: likelihoods.tweedie({ power: 2, dispersion: 0.4 }), support: positive },
  { name: "tweedie of 3", likelihood: likelihoods.tweedie({ power: 3, dispersion: 0.4 }), support: positive },
];

const SCORES = [-1.5, 0, 0.4, 2];

describe.each(subjects)("$name", ({ name, likelihood, support, breaks = [0], heavy }) => {
  const options = likelihood.dispersion === null ? { dispersion: 1 } : {};
  /** Points at which a score's density is added up, with its logarithm there. */
  const at = (z: number) => {
    const points = pointsOf(
      support,
      breaks.map((b) => z + b),
    );
    const log = likelihood.logDensity(new Float64Array(points.y.length).fill(z), points.y, options);
    return { points, log, of: (f: (y: number) => number) => expectation(points, log, f) };
  };

  test("the density sums or integrates to one; mean and variance are its moments", () => {
    for (const z of SCORES) {
      const { of } = at(z);
      within(
        of(() => 1),
        1,
        2e-12,
        `total at ${z}`,
      );
      const [mean] = likelihood.mean([z]);
      const [variance] = likelihood.variance([z], options);
      within(
        of((y) => y),
        mean,
        4e-12 * (1 + Math.abs(mean) + variance),
        `mean at ${z}`,
      );
      within(
        of((y) => (y - mean) * (y - mean)),
        variance,
        (heavy ? 1e-6 : 1e-11) * (1 + variance),
        `variance at ${z}`,
      );
    }
  });

  test("the slope of the log density is that of the loss over φ, with the sign changed", () => {
    const source = draws(171);
    const y = Float64Array.from({ length: 12 }, () =>
      typeof support === "string"
        ? support === "positive"
          ? 0.1 + 4 * source.random.uniform()
          : 4 * source.random.uniform() - 2
        : support[source.random.integer(Math.min(6, support.length))],
    );
    const phi = likelihood.dispersion ?? 1;
    for (const z of SCORES) {
      const h = 2 ** -10;
      for (const target of y) {
        if (breaks.some((b) => Math.abs(target - z - b) < 4 * h)) continue;
        const log = (k: number): number => likelihood.logDensity([z + k * h], [target], options)[0];
        const slope = (45 * (log(1) - log(-1)) - 9 * (log(2) - log(-2)) + (log(3) - log(-3))) / (60 * h);
        const gradient = likelihood.loss.gradient([z], [target])[0];
        within(-gradient / phi, slope, 1e-9 * (1 + Math.abs(slope) + Math.abs(log(0))));
      }
    }
  });

  test("samples have its expectations, and are the same for the same seed", () => {
    const n = 10_000;
    for (const [stream, z] of SCORES.entries()) {
      const scores = new Float64Array(n).fill(z);
      const sample = likelihood.sample(scores, random(23, stream), options);
      const again = likelihood.sample(scores.subarray(0, 50), random(23, stream), options);
      expectBits(bits(again), bits(sample.subarray(0, 50)));
      const { of } = at(z);
      const [mean] = likelihood.mean([z]);
      const sd = Math.sqrt(likelihood.variance([z], options)[0]);
      const functions: ((y: number) => number)[] = [
        (y) => Math.tanh((y - mean) / sd),
        (y) => Math.exp(-((y - mean) / sd) * ((y - mean) / sd)),
        (y) => Math.cos((3 * (y - mean)) / sd),
        (y) => Number(y > mean + sd),
        ...(heavy ? [] : [(y: number) => y, (y: number) => (y - mean) * (y - mean)]),
      ];
      functions.forEach((f, i) => {
        // A step is no matter for quadrature; it is for sums.
        if (i === 3 && typeof support === "string") return;
        const expected = of(f);
        const spread = Math.sqrt(
          Math.max(
            0,
            of((y) => (f(y) - expected) * (f(y) - expected)),
          ),
        );
        const got = preciseSum(sample.map(f)) / n;
        within(got, expected, (4.5 * spread) / Math.sqrt(n) + 1e-9, `${name}, function ${i} at ${z}`);
      });
      if (typeof support !== "string") expect(sample.every((y) => Number.isInteger(y) && y >= 0)).toBe(true);
      if (support === "positive") expect(sample.every((y) => y > 0)).toBe(true);
      expect(likelihood.hasDensity(sample, n)).toBe(true);
    }
  });

  test("scores that are NaN give NaN, in samples too, and disturb no other row", () => {
    const [a, b] = [
      [0.5, NaN, 1],
      [0.5, 0.5, 1],
    ].map((scores) => likelihood.sample(scores, random(3), options));
    expect(a[1]).toBeNaN();
    expect(b.every(Number.isFinite)).toBe(true);
    expect(a[0]).toBe(b[0]);
    expect(likelihood.mean([NaN])[0]).toBeNaN();
    expect(likelihood.sample([], random(1), options)).toEqual(new Float64Array(0));
  });

  test("a generator is needed, and a dispersion that is fixed is not changed", () => {
    expect(() => likelihood.sample([0], undefined as never)).toThrow(TypeError);
    expect(() => likelihood.sample([0], Math.random as never, options)).toThrow(/"random" expected a generator/);
    if (likelihood.dispersion === null) return;
    expect(() => likelihood.variance([0], { dispersion: likelihood.dispersion! + 1 })).toThrow(/as it is fixed/);
  });
});

interface Reference {
  readonly dist: string;
  readonly params: Readonly<Record<string, number>>;
  readonly x?: readonly number[];
  readonly k?: readonly number[];
  readonly log_density?: readonly (number | string)[];
  readonly log_mass?: readonly (number | string)[];
  readonly d_log_density_dx?: readonly (number | string)[];
}

/** A likelihood and the score at which it is the reference's distribution. */
const MEANT: Readonly<Record<string, (p: Readonly<Record<string, number>>) => [Likelihood, number]>> = {
  normal: ({ mean, sd }) => [likelihoods.gaussian({ sd }), mean],
  laplace: ({ location, scale }) => [likelihoods.laplace({ scale }), location],
  student_t: ({ nu, location, scale }) => [likelihoods.studentT({ df: nu, scale }), location],
  cauchy: ({ location, scale }) => [likelihoods.studentT({ df: 1, scale }), location],
  gamma: ({ shape, rate }) => [likelihoods.gamma({ shape }), Math.log(shape / rate)],
  exponential: ({ rate }) => [likelihoods.gamma({ shape: 1 }), -Math.log(rate)],
  poisson: ({ rate }) => [likelihoods.poisson(), Math.log(rate)],
  negative_binomial: ({ mu, theta }) => [likelihoods.negativeBinomial({ dispersion: 1 / theta }), Math.log(mu)],
  geometric_failures: ({ p }) => [likelihoods.negativeBinomial({ dispersion: 1 }), Math.log((1 - p) / p)],
  binomial: ({ n, p }) => [likelihoods.binomial({ trials: n }), Math.log(p / (1 - p))],
};

const references = fixture<{ cases: Reference[] }>("distributions/densities.json").cases.filter(
  ({ dist }) => dist in MEANT,
);

describe("references", () => {
  test("are of every distribution that they have", () => {
    expect([...new Set(references.map(({ dist }) => dist))].sort()).toEqual(Object.keys(MEANT).sort());
  });

  test.each(references.map((one) => [`${one.dist} ${JSON.stringify(one.params)}`, one] as const))("%s", (_, one) => {
    const [likelihood, z] = MEANT[one.dist](one.params);
    const targets = (one.x ?? one.k)!;
    const wanted = (one.log_density ?? one.log_mass)!.map(toNumber);
    const location = likelihood.link === "identity";
    targets.forEach((y, i) => {
      // Outside the domain of the loss.
      if ((one.dist === "gamma" || one.dist === "exponential") && y <= 0) return;
      const [log] = likelihood.logDensity([z], [y]);
      const [constant] = likelihood.constant([y]);
      const largest = Math.abs(constant) + Math.abs(wanted[i]) + Math.abs(y * z);
      within(log, wanted[i], 1e-13 * Math.max(1, Math.abs(wanted[i])) + 1e-15 * largest, `${y}`);
      if (!location || one.d_log_density_dx === undefined) return;
      const slope = toNumber(one.d_log_density_dx[i]);
      within(
        likelihood.loss.gradient([z], [y])[0] / likelihood.dispersion!,
        slope,
        1e-13 * Math.max(1, Math.abs(slope)),
      );
    });
  });
});
