/** Fits under a density of each parameter, against references. */
import { describe, expect, it } from "vitest";
import * as distributions from "../../src/distributions/index.js";
import { fixture, within } from "../support.js";

type Named = { readonly name: string } & Readonly<Record<string, number>>;
interface Case {
  readonly name: string;
  readonly dist: "gamma" | "beta" | "laplace" | "negativeBinomial" | "studentT";
  readonly data: number[];
  readonly weights?: number[];
  readonly df?: number;
  readonly prior: Readonly<Record<string, Named>>;
  readonly parameters: Readonly<Record<string, number>>;
  readonly logPosterior: number;
}

type Priors = Readonly<Record<string, distributions.Distribution>>;
type AnyFit = (data: number[], options?: object) => distributions.DistributionFit<Record<string, number>>;

const { cases } = fixture<{ cases: Case[] }>("distributions/modes.json");
const make = ({ name, ...options }: Named): distributions.Distribution =>
  (distributions[name as "gamma"] as unknown as (options: object) => distributions.Distribution)(options);
const priorsOf = (prior: Case["prior"]): Priors =>
  Object.fromEntries(Object.entries(prior).map(([parameter, named]) => [parameter, make(named)]));
const fitOf = (dist: string): AnyFit => distributions[dist as "gamma"].fit as unknown as AnyFit;

describe.each(cases.map((one) => [one.name, one] as const))("the mode: %s", (_, one) => {
  const { dist, data, weights, df } = one;
  const prior = priorsOf(one.prior);
  const options = { prior, ...(weights && { weights }), ...(df !== undefined && { df }) };
  const fit = fitOf(dist)(data, options);

  it("is the one that others find", () => {
    for (const [name, value] of Object.entries(one.parameters)) {
      within(fit.parameters[name], value, 1e-10 * Math.abs(value), name);
    }
    expect(["converged", "stationary"]).toContain(fit.status);
    expect(fit.reason).toMatch(/maximum of the posterior density/);
    expect([fit.posterior, fit.predictive, fit.logEvidence, fit.standardErrors]).toEqual([null, null, null, null]);
    expect(fit.distribution!.name).toBe(dist);
  });

  it("has that density, each prior on the scale of its parameter", () => {
    const own = Object.entries(prior).reduce(
      (sum, [name, density]) => sum + (density.logDensity(fit.parameters[name]) as number),
      0,
    );
    within(fit.logLikelihood + own, one.logPosterior, 1e-12 * Math.abs(one.logPosterior));
  });

  it("is the same of values in another order, and of weights in place of repeated values", () => {
    const again = data.flatMap((x, i) => new Array<number>(weights?.[i] ?? 1).fill(x)).reverse();
    const repeated = fitOf(dist)(again, { ...options, weights: undefined });
    for (const name of Object.keys(one.parameters)) {
      within(repeated.parameters[name], fit.parameters[name], 1e-10 * Math.abs(fit.parameters[name]), name);
    }
  });
});

const { beta, exponential, gamma, halfCauchy, inverseGamma, laplace, logNormal, negativeBinomial, normal, studentT } =
  distributions;

describe("priors of parameters", () => {
  it("that are wide leave maximum likelihood, and so do many values", () => {
    const data = [0.31, 1.2, 2.45, 0.8, 3.9, 1.75, 0.55, 2.2];
    const wide = logNormal({ meanLog: 0, sdLog: 1e4 });
    const best = gamma.fit(data).parameters;
    // Of the logarithm that density is nearly the same everywhere, of the parameter it is like 1/shape.
    const many = gamma.fit(data, { prior: { shape: wide, rate: wide }, weights: new Float64Array(8).fill(1e9) });
    within(many.parameters.shape, best.shape, 1e-7);
    within(many.parameters.rate, best.rate, 1e-7);
    expect(gamma.fit(data, { prior: {} }).parameters).toEqual(best);
    expect(gamma.fit(data, { prior: { shape: undefined } as object }).standardErrors).not.toBeNull();
  });

  it("bound what has no maximum without them, or name that it still has none", () => {
    expect(gamma.fit([2, 2]).status).toBe("unbounded");
    expect(gamma.fit([2, 2], { prior: { shape: exponential({ rate: 1 }) } }).status).toBe("converged");
    const none = gamma.fit([2, 2], { prior: { shape: halfCauchy({ scale: 1 }), rate: undefined } as object });
    expect(["converged", "unbounded"]).toContain(none.status);
    expect(gamma.fit([0, 1], { prior: { shape: exponential({ rate: 1 }) } }).status).toBe("unbounded");
    expect(beta.fit([0, 0.5], { prior: { alpha: exponential({ rate: 1 }) } }).status).toBe("unbounded");
    expect(laplace.fit([1, 1, 1], { prior: { location: normal() } }).status).toBe("unbounded");
    const collapsed = laplace.fit([1, 1, 1], { prior: { scale: gamma({ shape: 2, rate: 1 }) } });
    expect(collapsed.status).toBe("unbounded");
    expect(collapsed.distribution).toBeNull();
    expect(collapsed.reason).toMatch(/rises without end as scale goes to 0/);
    const held = laplace.fit([1, 1, 1], { prior: { scale: inverseGamma({ shape: 2, scale: 1 }) } });
    expect(held.status).toBe("converged");
    // −(n + shape + 1)/b + scale/b² = 0.
    within(held.parameters.scale, 1 / 6, 1e-14);
    const sharp = studentT.fit([1, 1, 1, 2], { df: 2, prior: { location: normal() } });
    expect(sharp.status).toBe("unbounded");
    expect(sharp.reason).toMatch(/as scale goes to 0/);
  });

  it("of counts that vary less than Poisson ones leave the limit, where they do not forbid it", () => {
    const counts = [2, 3, 2, 3, 2, 4];
    const flat = negativeBinomial.fit(counts, { prior: { mean: gamma({ shape: 3, rate: 2 }) } });
    expect(flat.status).toBe("boundary");
    expect(flat.distribution!.name).toBe("poisson");
    // Conjugate: (shape + events − 1)/(rate + values).
    within(flat.parameters.mean, (3 + 16 - 1) / (2 + 6), 1e-12);
    expect(flat.parameters.dispersion).toBe(0);
    expect(negativeBinomial.fit(counts, { prior: { dispersion: logNormal() } }).status).toBe("converged");
    const spike = negativeBinomial.fit(counts, { prior: { dispersion: gamma({ shape: 0.5, rate: 1 }) } });
    expect(spike.status).toBe("unbounded");
    const zeros = negativeBinomial.fit([0, 0], { prior: { dispersion: logNormal() } });
    expect(zeros.status).toBe("boundary");
    expect(zeros.reason).toMatch(/Every value is 0/);
  });

  it("of a location and scale leave df to grow to the normal limit", () => {
    const data = [-1.1, -0.9, -0.2, 0.1, 0.4, 0.8, 1.2];
    const fit = studentT.fit(data, { prior: { location: normal(), scale: halfCauchy({ scale: 1 }) } });
    expect(fit.status).toBe("boundary");
    expect(fit.distribution!.name).toBe("normal");
    expect(fit.parameters.df).toBe(Infinity);
    const { location, scale } = fit.parameters;
    const cost = (m: number, s: number): number =>
      data.reduce((sum, x) => sum + 0.5 * ((x - m) / s) ** 2 + Math.log(s), 0) + 0.5 * m * m + Math.log(1 + s * s);
    for (const [dm, ds] of [
      [1e-4, 0],
      [-1e-4, 0],
      [0, 1e-4],
      [0, -1e-4],
    ]) {
      expect(cost(location + dm, scale + ds)).toBeGreaterThan(cost(location, scale));
    }
  });

  it("a flat location of a Laplace distribution between two medians is said to be so", () => {
    const fit = laplace.fit([1, 2, 4, 8], { prior: { scale: halfCauchy({ scale: 1 }) } });
    expect(fit.status).toBe("flat");
    expect(fit.parameters.location).toBe(3);
    expect(fit.reason).toMatch(/Every location from 2 to 4 maximises the posterior density/);
  });

  it("what is refused, by name", () => {
    const refused: [() => unknown, RegExp][] = [
      [() => gamma.fit([1, 2], { prior: gamma({ shape: 1, rate: 1 }) as object }), /"prior" expected only shape, rate/],
      [() => gamma.fit([1, 2], { prior: 1 as never }), /"prior" expected an object of options/],
      [() => gamma.fit([1, 2], { prior: null as never }), /"prior" expected an object of options/],
      [() => gamma.fit([1, 2], { prior: { shape: 2 as never } }), /"prior.shape" expected a continuous distribution/],
      [
        () => beta.fit([0.1], { prior: { alpha: beta({ alpha: 1, beta: 1 }) } }),
        /"prior.alpha" expected a distribution with a density on all numbers > 0, got "beta/,
      ],
      [
        () => laplace.fit([1], { prior: { location: halfCauchy({ scale: 1 }) } }),
        /"prior.location" expected .* on all numbers, got/,
      ],
      [() => laplace.fit([1], { prior: { location: laplace() } }), /"prior.location" expected a smooth density/],
      [
        () => studentT.fit([1, 2], { df: 3, prior: { df: exponential({ rate: 1 }) } }),
        /"prior.df" expected nothing beside a known df/,
      ],
      [
        () => negativeBinomial.fit([], { prior: { mean: exponential({ rate: 1 }) } }),
        /"data" expected at least one value/,
      ],
    ];
    for (const [call, message] of refused) expect(call).toThrow(message);
  });
});
