/** Identities that hold for all arguments, on random ones. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as special from "../../src/special/index.js";

const { erf, erfc, lgamma, digamma, trigamma, normalCdf, normalLogCdf, normalQuantile, pow } = special;

/** |a − b| ≤ rel·max(|a|, |b|) + abs. */
function near(a: number, b: number, rel: number, abs = 0): void {
  if (Object.is(a, b)) return;
  const allowed = rel * Math.max(Math.abs(a), Math.abs(b)) + abs;
  expect(Math.abs(a - b) <= allowed, `${a} beside ${b}`).toBe(true);
}

const between = (min: number, max: number): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true, noDefaultInfinity: true });
/** 10^−2 .. 10^5, as many small as large. */
const parameter = between(-2, 5).map((power) => pow(10, power));
const probability = fc.oneof(
  between(1e-12, 1 - 1e-12),
  between(-290, -1).map((power) => pow(10, power)),
);

function holds(property: unknown): void {
  fc.assert(property as fc.IRawProperty<unknown>, { numRuns: 400, seed: 7 });
}

describe("symmetries", () => {
  it("Φ(x) + Φ(−x) = 1, erf is odd, erfc(x) + erfc(−x) = 2, sin odd, cos even, atan odd", () => {
    holds(
      fc.property(between(-50, 50), (x) => {
        near(normalCdf(x) + normalCdf(-x), 1, 4e-16);
        near(erfc(x) + erfc(-x), 2, 4e-16);
        expect(erf(-x)).toBe(-erf(x));
        expect(special.sin(-x)).toBe(-special.sin(x));
        expect(special.cos(-x)).toBe(special.cos(x));
        expect(special.atan(-x)).toBe(-special.atan(x));
        near(special.sin(x) * special.sin(x) + special.cos(x) * special.cos(x), 1, 1e-15);
        near(Math.exp(normalLogCdf(x)), normalCdf(x), 1e-12, 1e-320);
      }),
    );
  });

  it("P + Q = 1, I_x(a, b) + I_(1−x)(b, a) = 1, cdf + survival = 1", () => {
    holds(
      fc.property(parameter, parameter, between(0, 3), between(0, 1), (a, b, ratio, x) => {
        near(special.gammaP(a, a * ratio) + special.gammaQ(a, a * ratio), 1, 1e-12);
        near(special.betaP(x, a, b) + special.betaQ(x, a, b), 1, 1e-12);
        near(special.betaQ(x, a, b), 1 - special.betaP(x, a, b), 0, 1e-12);
        const t = 40 * (x - 0.5);
        near(special.studentTCdf(t, a) + special.studentTSurvival(t, a), 1, 1e-12);
        expect(special.studentTCdf(-t, a)).toBe(special.studentTSurvival(t, a));
        near(special.fCdf(ratio, a, b) + special.fSurvival(ratio, a, b), 1, 1e-11);
        near(special.chiSquaredCdf(ratio * a, a) + special.chiSquaredSurvival(ratio * a, a), 1, 1e-12);
      }),
    );
  });
});

describe("recurrences", () => {
  it("of lgamma, digamma, trigamma and logBeta", () => {
    holds(
      fc.property(fc.oneof(between(1e-3, 30), between(-17, -1e-3), parameter), parameter, (x, b) => {
        const next = x + 1;
        if (Math.floor(x) === x || next - 1 !== x) return;
        near(lgamma(next), lgamma(x) + Math.log(Math.abs(x)), 1e-14, 1e-14);
        const scale = Math.abs(digamma(x)) + Math.abs(1 / x) + 1;
        near(digamma(next) / scale, (digamma(x) + 1 / x) / scale, 0, 2e-13);
        near(trigamma(next), trigamma(x) - 1 / (x * x), 1e-12, 1e-13 * trigamma(x));
        if (x > 0) near(special.logBeta(next, b), special.logBeta(x, b) + Math.log(x / (x + b)), 1e-12, 1e-12);
      }),
    );
  });

  it("pow: x^y·x^−y = 1, x^1 = x, x^½ = √x, whole powers by multiplication", () => {
    holds(
      fc.property(between(1e-3, 1e3), between(-50, 50), fc.integer({ min: 0, max: 12 }), (x, y, n) => {
        near(pow(x, y) * pow(x, -y), 1, 5e-16);
        expect(pow(x, 1)).toBe(x);
        near(pow(x, 0.5), Math.sqrt(x), 2.3e-16);
        let product = 1;
        for (let i = 0; i < n; i++) product *= x;
        near(pow(x, n), product, 3e-15);
      }),
    );
    for (let n = 0; n <= 22; n++) expect(pow(10, n)).toBe(Number(`1e${n}`));
  });
});

describe("inverses", () => {
  it("of Φ", () => {
    holds(
      fc.property(probability, between(1e-12, 0.5), (p, q) => {
        near(normalCdf(normalQuantile(p)), p, 1e-12);
        expect(normalQuantile(1 - q) + normalQuantile(1 - (1 - q))).toBe(0);
      }),
    );
  });

  it("of the incomplete gamma and beta functions, by either tail", () => {
    holds(
      fc.property(parameter, parameter, probability, (a, b, p) => {
        // One unit in the last place of x moves the probability by its density times that.
        const x = special.gammaPInverse(a, p);
        if (x > 1e-290) near(special.gammaP(a, x), p, 1e-9);
        const upper = special.gammaQInverse(a, p);
        if (upper > 1e-290) near(special.gammaQ(a, upper), p, 1e-9);
        const share = special.betaPInverse(p, a, b);
        if (share > 1e-290 && share < 0.9) near(special.betaP(share, a, b), p, 1e-9);
        const rest = special.betaQInverse(p, a, b);
        if (rest > 1e-290 && rest < 0.9) near(special.betaQ(rest, a, b), p, 1e-9);
      }),
    );
  });

  it("of Student t, chi-squared and F", () => {
    holds(
      fc.property(between(0.5, 1e4), between(0.5, 1e4), probability, (a, b, p) => {
        const t = special.studentTQuantile(p, a);
        if (Math.abs(t) < 1e290) near(special.studentTCdf(t, a), p, 1e-9);
        const x = special.chiSquaredQuantile(p, a);
        if (x > 1e-290) near(special.chiSquaredCdf(x, a), p, 1e-9);
        const f = special.fQuantile(p, a, b);
        if (f > 1e-290 && f < 1e290) near(special.fCdf(f, a, b), p, 1e-9);
      }),
    );
  });
});

describe("order", () => {
  it("of neighbours is kept up to the stated error", () => {
    const step = (x: number): number => x + Math.abs(x) * 1e-13 + 1e-300;
    holds(
      fc.property(between(-30, 30), parameter, between(0, 3), between(0, 1), (x, a, ratio, u) => {
        const increasing = (f: (x: number) => number, at: number, rel: number): void => {
          const [low, high] = [f(at), f(step(at))];
          expect(high >= low - rel * Math.abs(low), `${low} then ${high} at ${at}`).toBe(true);
        };
        for (const f of [erf, normalCdf, normalLogCdf, special.atan]) increasing(f, x, 1e-14);
        increasing(normalQuantile, u / 2, 2e-15);
        increasing((y) => special.gammaP(a, y), a * ratio, 2e-12);
        increasing((y) => special.studentTCdf(y, a), x, 2e-10);
        if (u < 0.99) increasing((y) => special.betaP(y, a, 3), u, 2e-12);
      }),
    );
  });
});
