import { describe, expect, it } from "vitest";
import { bayesianOnline, dataset, likelihoods, map, objective, priors, random } from "../../src/index.js";
import { meanSigmoid } from "../../src/online/predictive.js";

const X3 = [[0.5], [1], [1.5], [2], [2.5], [3], [3.5], [4]];
const y3 = [0, 0, 1, 0, 1, 0, 1, 1];
const prior = priors.normal({ sd: 1, intercept: { sd: 1 } });
const anchor = (more: object = {}) => bayesianOnline({ names: ["x"], prior, ...more });

function near(got: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(got.length).toBe(expected.length);
  Array.from(expected, (value, j) => {
    expect(Math.abs(got[j]! - value), `${j}: ${got[j]} and ${value}`).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(value)),
    );
  });
}

describe("bayesianOnline", () => {
  it("A4: one batch is the maximum a posteriori with its Laplace approximation", () => {
    const model = anchor();
    expect(model.update(X3, y3)).toBeCloseTo(Math.log(2), 15);
    near(model.mean, [-0.53989747345905797, 0.36589767525687509], 1e-12);
    near(model.sd, [0.81245145782245842, 0.39194826274792251], 1e-12);
    const data = dataset(X3, y3);
    const likelihood = likelihoods.bernoulli();
    const fit = map({ data, likelihood, prior });
    const at = Float64Array.of(fit.intercept, fit.coefficients[0]!);
    near(model.mean, at, 1e-12);
    near(
      model.precision,
      objective({ data, likelihood, prior })
        .hessian(at)
        .map((h) => 8 * h),
      1e-12,
    );
    expect(model.rows).toBe(8);
  });

  it("takes weights as repeated rows, and labels", () => {
    const weighted = anchor({ classes: ["no", "yes"] });
    weighted.update([[1], [3]], ["no", "yes"], { weights: [2, 1] });
    const repeated = anchor();
    repeated.update([[1], [1], [3]], [0, 0, 1]);
    near(weighted.mean, repeated.mean, 1e-13);
    near(weighted.precision, repeated.precision, 1e-13);
  });

  it("for Gaussian targets is exact, whatever the batches", () => {
    const dice = random(3);
    const rows = Array.from({ length: 40 }, () => [2 * dice.uniform() - 1, 2 * dice.uniform() - 1]);
    const y = rows.map(([a, b]) => 1 + a! - 2 * b! + dice.uniform() - 0.5);
    const fresh = () =>
      bayesianOnline({
        names: ["a", "b"],
        prior: priors.normal({ sd: [1, 2], mean: [0.5, 0], intercept: { sd: 3, mean: 1 } }),
        likelihood: likelihoods.gaussian({ sd: 0.5 }),
      });
    const whole = fresh();
    whole.update(rows, y);
    const parts = fresh();
    for (let i = 0; i < 40;) {
      const next = Math.min(40, i + 1 + dice.integer(7));
      parts.update(rows.slice(i, next), y.slice(i, next));
      i = next;
    }
    near(parts.mean, whole.mean, 1e-12);
    near(parts.precision, whole.precision, 1e-12);
    // Precision: that of the prior and XᵀX/sd².
    const [p00, p10] = whole.precision;
    near([p00!, p10!], [1 / 9 + 40 * 4, 4 * rows.reduce((sum, [a]) => sum + a!, 0)], 1e-13);
    near(whole.predict([[0.3, 0.2]]), [whole.mean[0]! + 0.3 * whole.mean[1]! + 0.2 * whole.mean[2]!], 1e-14);
  });

  it("forgets towards the prior: old rows count powers of the share", () => {
    const sd = 2;
    const model = bayesianOnline({
      names: ["x"],
      prior: priors.normal({ sd, mean: 0.5 }),
      likelihood: likelihoods.gaussian({ sd: 1 }),
      intercept: false,
      forgetting: 0.8,
    });
    const [own, mean] = [1 / (sd * sd), 0.5];
    let [precision, pull] = [own, own * mean];
    for (const [x, y] of [
      [1, 2],
      [-2, 1],
      [0.5, 0],
      [3, 1],
    ] as const) {
      precision = 0.8 * precision + 0.2 * own + x * x;
      pull = 0.8 * pull + 0.2 * own * mean + x * y;
      model.update([[x]], [y]);
      near(model.precision, [precision], 1e-14);
      near(model.mean, [pull / precision], 1e-14);
    }
    for (let i = 0; i < 200; i++) model.update([[0]], [0]);
    near(model.precision, [own], 1e-14);
    near(model.mean, [mean], 1e-14);
  });

  it("counts have the mean of a log-normal", () => {
    const model = anchor({ likelihood: likelihoods.poisson() });
    model.update([[0], [1], [1]], [1, 3, 5]);
    const [a, b, c] = model.precision;
    const determinant = a! * c! - b! * b!;
    const variance = (c! - 2 * b! * 2 + a! * 4) / determinant;
    near(model.predict([[2]]), [Math.exp(model.mean[0]! + 2 * model.mean[1]! + variance / 2)], 1e-13);
  });

  it("probabilities are the mean of the sigmoid, to 1e-13", () => {
    for (const mean of [-60, -8, -1.5, 0, 0.3, 5, 40]) {
      for (const sd of [0, 0.01, 0.5, 0.999, 1, 1.001, 3, 20]) {
        // Simpson's rule with a thousand times the points.
        const n = 40_000;
        let sum = 0;
        for (let i = 0; i <= n; i++) {
          const t = -12 + (24 * i) / n;
          const z = mean + sd * t;
          const p = z < 0 ? Math.exp(z) / (1 + Math.exp(z)) : 1 / (1 + Math.exp(-z));
          sum += (i === 0 || i === n ? 1 : i % 2 === 1 ? 4 : 2) * Math.exp(-0.5 * t * t) * p;
        }
        const expected = (sum * 24) / n / 3 / Math.sqrt(2 * Math.PI);
        const got = meanSigmoid(mean, sd);
        expect(Math.abs(got - expected), `${mean}, ${sd}: ${got} and ${expected}`).toBeLessThan(
          1e-13 * Math.max(expected, 1e-20),
        );
      }
    }
  });

  it("draws have the posterior's mean and covariance, and the same bits for the same seed", () => {
    const model = anchor();
    model.update(X3, y3);
    expect(model.sample(random(4))).toEqual(model.sample(random(4)));
    const dice = random(5);
    const draws = Array.from({ length: 20_000 }, () => model.sample(dice));
    const mean = [0, 1].map((j) => draws.reduce((sum, draw) => sum + draw[j]!, 0) / draws.length);
    near(mean, model.mean, 0.02);
    const [a, b, c] = model.precision;
    const determinant = a! * c! - b! * b!;
    const moment = (i: number, j: number) =>
      draws.reduce((sum, draw) => sum + (draw[i]! - mean[i]!) * (draw[j]! - mean[j]!), 0) / draws.length;
    near([moment(0, 0), moment(0, 1), moment(1, 1)], [c! / determinant, -b! / determinant, a! / determinant], 0.02);
  });

  it("chooses the best row of a draw", () => {
    const model = anchor();
    model.update(X3, y3);
    const arms = [[-1], [4], [2]];
    for (let seed = 0; seed < 20; seed++) {
      const [, slope] = model.sample(random(seed));
      expect(model.choose(arms, random(seed))).toBe(slope! > 0 ? 1 : 0);
    }
  });

  it("goes on from JSON with the same bits", () => {
    const one = anchor({ forgetting: 0.9 });
    one.update(X3.slice(0, 4), y3.slice(0, 4));
    const two = anchor({ forgetting: 0.9, from: JSON.stringify(one) });
    for (const model of [one, two]) model.update(X3.slice(4), y3.slice(4));
    expect(two.mean).toEqual(one.mean);
    expect(two.precision).toEqual(one.precision);
    expect(two.rows).toBe(8);
  });

  it.each([
    ["not JSON", "{", /json/],
    ["truncated", '{"version":1,"type":"bayesianOnline"}', /json\.names/],
    ["another type", { type: "online" }, /json\.type/],
    ["another version", { version: 2 }, /json\.version/],
    ["other columns", { names: ["z"] }, /json\.names/],
    ["another prior", { prior: "normal(sd 9)" }, /json\.prior/],
    ["another forgetting", { forgetting: 0.5 }, /json\.forgetting/],
    ["a short mean", { mean: [0] }, /json\.mean/],
    ["NaN in the mean", { mean: ["NaN", 0] }, /json\.mean/],
    ["a long precision", { precision: [1, 0, 1, 0] }, /json\.precision/],
    ["an indefinite precision", { precision: [1, 2, 1] }, /json\.precision/],
    ["rows that are no count", { rows: -1 }, /json\.rows/],
    ["a key of the prototype", JSON.parse('{"__proto__":{"rows":1}}') as object, /json/],
  ])("refuses a stored state with %s", (_, change, message) => {
    const stored = anchor().toJSON() as object;
    const from = typeof change === "string" ? change : { ...stored, ...change };
    if (typeof change !== "string" && Object.hasOwn(change, "__proto__")) {
      Object.defineProperty(from, "__proto__", { value: { rows: 1 }, enumerable: true });
    }
    expect(() => anchor({ from })).toThrow(message);
  });

  it("refuses what it cannot learn, and stays as it was", () => {
    const model = anchor({ classes: ["no", "yes"] });
    model.update([[1], [2]], ["no", "yes"]);
    const before = JSON.stringify(model);
    expect(() => model.update([[1]], ["maybe"])).toThrow(/"y" expected one of the classes no, yes.*row 0/);
    expect(() => model.update([[1, 2]], ["no"])).toThrow(/"X"/);
    expect(() => model.update([[NaN]], ["no"])).toThrow(/row 0/);
    expect(() => model.update([[1]], ["no"], { weights: [0] })).toThrow(/"weights"/);
    expect(() => model.update([[1e200]], ["no"])).toThrow(/"X"/);
    expect(() => model.update([], [])).toThrow(RangeError);
    expect(JSON.stringify(model)).toBe(before);
  });

  it.each([
    [{ prior: priors.normal({ sd: 1 }) }, /"prior" expected normal\(\{ sd, intercept/],
    [{ prior: priors.laplace({ scale: 1 }) }, /"prior"/],
    [{ prior: priors.flat() }, /"prior"/],
    [{ likelihood: likelihoods.gaussian() }, /"likelihood" expected one whose dispersion is known/],
    [{ likelihood: likelihoods.categorical({ classes: 3 }) }, /"likelihood"/],
    [{ likelihood: likelihoods.studentT({ df: 3, scale: 1 }) }, /"likelihood"/],
    [{ likelihood: likelihoods.laplace({ scale: 1 }) }, /"likelihood"/],
    [{ forgetting: 0 }, /"forgetting"/],
    [{ forgetting: 1.1 }, /"forgetting"/],
    [{ classes: ["a", "b", "c"] }, /"classes"/],
  ])("refuses %o", (options, message) => {
    expect(() => anchor(options)).toThrow(message);
  });

  it("Thompson sampling regrets less than epsilon-greedy", () => {
    const names = ["a", "b", "c", "d", "e"];
    const arms = names.map((_, i) => names.map((_other, j) => Number(i === j)));
    type Model = ReturnType<typeof bayesianOnline>;
    const regretOf = (policy: (model: Model, dice: ReturnType<typeof random>) => number, seed: number): number => {
      const world = random(seed, 0);
      const dice = random(seed, 1);
      const chances = names.map(() => world.uniform());
      const model = bayesianOnline({ names, prior: priors.normal({ sd: 1.8 }), intercept: false });
      let regret = 0;
      for (let round = 0; round < 60; round++) {
        const shown = Array.from({ length: 5 }, () => policy(model, dice));
        for (const k of shown) regret += Math.max(...chances) - chances[k]!;
        const clicks = shown.map((k) => Number(world.uniform() < chances[k]!));
        model.update(
          shown.map((k) => arms[k]!),
          clicks,
        );
      }
      return regret;
    };
    const total = (policy: Parameters<typeof regretOf>[0]): number => {
      let sum = 0;
      for (let seed = 0; seed < 16; seed++) sum += regretOf(policy, seed);
      return sum;
    };
    const thompson = total((model, dice) => model.choose(arms, dice));
    const greedy = total((model, dice) => {
      if (dice.uniform() < 0.1) return dice.integer(names.length);
      const expected = Array.from(model.predict(arms));
      return expected.indexOf(Math.max(...expected));
    });
    expect(thompson).toBeLessThan(0.9 * greedy);
  });
});
