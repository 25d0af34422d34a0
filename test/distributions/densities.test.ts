/** Log densities against 50-digit references. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as distributions from "../../src/distributions/index.js";

interface Case {
  readonly dist: string;
  readonly params: Readonly<Record<string, number>>;
  readonly x?: readonly number[];
  readonly k?: readonly number[];
  readonly log_density?: readonly (number | string)[];
  readonly log_mass?: readonly (number | string)[];
}

const { cases } = JSON.parse(
  readFileSync(new URL("../fixtures/distributions/densities.json", import.meta.url), "utf8"),
) as {
  cases: Case[];
};

type P = Readonly<Record<string, number>>;

/** Name in the reference → the distribution of its parameters. */
const MADE: Readonly<Record<string, (p: P) => distributions.Distribution>> = {
  normal: ({ mean, sd }) => distributions.normal({ mean, sd }),
  laplace: ({ location, scale }) => distributions.laplace({ location, scale }),
  student_t: ({ nu, location, scale }) => distributions.studentT({ df: nu, location, scale }),
  cauchy: ({ location, scale }) => distributions.cauchy({ location, scale }),
  logistic: ({ location, scale }) => distributions.logistic({ location, scale }),
  exponential: ({ rate }) => distributions.exponential({ rate }),
  gamma: ({ shape, rate }) => distributions.gamma({ shape, rate }),
  inverse_gamma: ({ shape, scale }) => distributions.inverseGamma({ shape, scale }),
  beta: ({ alpha, beta }) => distributions.beta({ alpha, beta }),
  poisson: ({ rate }) => distributions.poisson({ rate }),
  negative_binomial: ({ mu, theta }) => distributions.negativeBinomial({ mean: mu, dispersion: 1 / theta }),
  binomial: ({ n, p }) => distributions.binomial({ trials: n, probability: p }),
  half_normal: ({ scale }) => distributions.halfNormal({ scale }),
  half_cauchy: ({ scale }) => distributions.halfCauchy({ scale }),
  lognormal: ({ meanlog, sdlog }) => distributions.logNormal({ meanLog: meanlog, sdLog: sdlog }),
  geometric_failures: ({ p }) => distributions.geometric({ probability: p }),
};

/** Where the reference says that large terms cancel. */
function toleranceOf({ dist, params }: Case): number {
  const cancels =
    (dist === "binomial" && params["n"] === 1000) ||
    (dist === "negative_binomial" && params["theta"] === 1e6) ||
    (dist === "poisson" && params["rate"] === 1e4);
  return cancels ? 1e-12 : 1e-13;
}

const numbers = cases.filter(({ dist }) => dist !== "dirichlet");

describe("log densities", () => {
  it.each(numbers.map((one) => [`${one.dist} ${JSON.stringify(one.params)}`, one] as const))("%s", (_, one) => {
    const x = one.x ?? one.k!;
    const expected = (one.log_density ?? one.log_mass)!.map(Number);
    const got = MADE[one.dist](one.params).logDensity(x);
    const wrong = x.flatMap((value, i) => {
      if (Object.is(got[i], expected[i])) return [];
      const error = Math.abs(got[i] - expected[i]) / Math.max(1, Math.abs(expected[i]));
      return error <= toleranceOf(one) ? [] : [`${value}: expected ${expected[i]}, got ${got[i]}, off by ${error}`];
    });
    expect(x.length).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  });

  it("dirichlet", () => {
    const vectors = cases.filter(({ dist }) => dist === "dirichlet");
    expect(vectors.length).toBe(6);
    for (const one of vectors) {
      const { alpha } = one.params as unknown as { alpha: number[] };
      const got = distributions.dirichlet({ alpha }).logDensity(one.x!);
      const expected = Number(one.log_density);
      expect(Math.abs(got - expected)).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.abs(expected)));
    }
  });
});
