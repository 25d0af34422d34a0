import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Dataset,
  type Loss,
  dataset,
  erm,
  losses,
  map,
  likelihoods,
  minimize,
  minimizer,
  models,
  objective,
  optimizers,
  penalties,
  priors,
  resumeMinimizer,
} from "../../src/index.js";
import { bits, csv, expectBits, fixture, within } from "../support.js";

interface Case {
  readonly name: string;
  readonly data: string;
  readonly x_columns: string[];
  readonly y_column: string;
  readonly family: "quantile" | "hinge";
  readonly level?: number;
  readonly penalty: { readonly l1: number; readonly l2: number };
  readonly params: number[];
  readonly objective: number;
}

const { cases } = fixture<{ cases: Case[] }>("fits/kinks.json");

test.each(cases.map((one) => [one.name, one] as const))("exact optimum: %s", (_, given) => {
  const table = csv(given.data.replace(/^data\/|\.csv$/g, ""));
  const data = dataset(table.matrix(given.x_columns), table.column(given.y_column));
  const loss = given.family === "hinge" ? losses.hinge() : losses.quantile({ level: given.level! });
  const { l1, l2 } = given.penalty;
  const penalty = penalties.elasticNet({ l1: l1 / table.rows, l2: l2 / table.rows });
  const fit = erm({ data, loss, penalty });
  expect(fit.status).toBe("converged");
  const found = [fit.intercept, ...fit.coefficients];
  given.params.forEach((value, j) => {
    within(found[j], value, 1e-10 * Math.max(1, Math.abs(value)));
    if (value === 0) expect(found[j]).toBe(0);
  });
  within(fit.objective * table.rows, given.objective, 1e-13 * given.objective);
});

/** The best of all points at which as many rows lie at their kinks as there are parameters: one of them is optimal. */
function bestVertex(x: number[][], y: number[], loss: Loss): number {
  const rows = x.map((row) => [1, ...row]);
  const p = rows[0].length;
  let best = Infinity;
  const visit = (chosen: number[], next: number): void => {
    if (chosen.length < p) {
      for (let i = next; i < rows.length; i++) visit([...chosen, i], i + 1);
      return;
    }
    const theta = cramer(
      chosen.map((i) => rows[i]),
      chosen.map((i) => y[i]),
    );
    if (theta === null) return;
    const scores = rows.map((row) => row.reduce((sum, value, j) => sum + value * theta[j], 0));
    best = Math.min(best, loss.value(scores, y));
  };
  visit([], 0);
  return best;
}

function cramer(a: number[][], b: number[]): number[] | null {
  const determinant = (m: number[][]): number =>
    m.length === 1
      ? m[0][0]
      : m[0].reduce(
          (sum, value, j) =>
            sum + (j % 2 === 0 ? 1 : -1) * value * determinant(m.slice(1).map((row) => row.filter((_, k) => k !== j))),
          0,
        );
  const whole = determinant(a);
  if (whole === 0) return null;
  return b.map((_, j) => determinant(a.map((row, i) => row.map((value, k) => (k === j ? b[i] : value)))) / whole);
}

const integer = fc.integer({ min: -4, max: 4 });

test("quantile regressions of small whole numbers, full of ties, are as good as their best vertex", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(integer, integer, integer), { minLength: 3, maxLength: 9 }),
      fc.constantFrom(0.5, 0.25, 0.9),
      (rows, level) => {
        const x = rows.map(([a, b]) => [a, b]);
        const y = rows.map(([, , c]) => c);
        const best = bestVertex(x, y, losses.quantile({ level }));
        fc.pre(best < Infinity);
        const fit = erm({ data: dataset(x, y), loss: losses.quantile({ level }) });
        expect(["converged", "rank-deficient"]).toContain(fit.status);
        within(fit.objective, best, 1e-12);
      },
    ),
    { numRuns: 300, seed: 5 },
  );
});

/** How much better a point of the neighbourhood is: nothing, at a minimum of a convex function. */
function gainNearby(target: ReturnType<typeof objective>, theta: Float64Array): number {
  const value = target.value(theta);
  let gain = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const step = theta.map((_, j) => ((((seed * 7919 + j * 104729) % 2003) / 1001.5 - 1) * 10) / seed ** 3);
    gain = Math.max(gain, value - target.value(theta.map((one, j) => one + step[j])));
  }
  return gain;
}

test("hinge and absolute error with every penalty, of small whole numbers: nothing near is better", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(integer, integer, fc.boolean(), fc.integer({ min: 0, max: 2 })), {
        minLength: 3,
        maxLength: 12,
      }),
      fc.constantFrom(0, 0.1, 1),
      fc.constantFrom(0, 0.1, 1),
      fc.boolean(),
      (rows, l1, l2, isHinge) => {
        const weights = rows.map((row) => row[3]);
        fc.pre(weights.some((w) => w > 0));
        const y = rows.map(([, b, side]) => (isHinge ? Number(side) : b));
        const data = dataset(
          rows.map(([a, b]) => [a, isHinge ? b : 3 * a - 1]),
          y,
          { weights },
        );
        const loss = isHinge ? losses.hinge() : losses.absoluteError();
        const target = objective({ data, loss, penalty: penalties.elasticNet({ l1, l2 }) });
        const result = minimize(target);
        expect(["converged", "rank-deficient"]).toContain(result.status);
        expect(gainNearby(target, result.parameters)).toBeLessThan(1e-12);
      },
    ),
    { numRuns: 300, seed: 6 },
  );
});

const X = [[1], [2], [3], [4], [5], [6]];
const y = [1, 2.5, 2, 4.5, 4, 40];
const data = (): Dataset => dataset(X, y);

describe("what it says", () => {
  test("which optimiser, and why", () => {
    const result = minimize(objective({ data: data(), loss: losses.absoluteError() }));
    expect(result.optimizer).toBe("interiorPoint");
    expect(result.choice).toBe("interiorPoint, because the loss has kinks, at which gradients say too little.");
    expect(result.reason).toMatch(/^The duality gap is [\de.-]+, with 2 terms held at their kinks/);
    expect(result.gradientNorm).toBeLessThan(1e-15);
  });

  test("that a median of two need not be the only one", () => {
    const model = models.linear({ intercept: false });
    const fit = erm({ data: dataset([[1], [1]], [1, 3]), model, loss: losses.absoluteError() });
    expect(fit.status).toBe("converged");
    expect([1, 3]).toContain(fit.coefficients[0]);
    expect(fit.reason).toMatch(/a vertex of what may be several solutions that do equally well\.$/);
    const unique = erm({ data: dataset([[1], [1], [1]], [1, 2, 3]), model, loss: losses.absoluteError() });
    expect(unique.coefficients[0]).toBe(2);
    expect(unique.reason).not.toMatch(/vertex/);
  });

  test("which columns others determine", () => {
    const x = X.map(([a]) => [a, 7, 2 * a - 1]);
    const fit = erm({ data: dataset(x, y, { names: ["a", "seven", "b"] }), loss: losses.absoluteError() });
    const alone = erm({ data: data(), loss: losses.absoluteError() });
    expect(fit.status).toBe("rank-deficient");
    expect(fit.reason).toMatch(/^Other columns determine seven, b: left out, with coefficient 0\./);
    within(fit.objective, alone.objective, 1e-14);
    const penalised = erm({ data: dataset(x, y), loss: losses.absoluteError(), penalty: penalties.l2(0.1) });
    expect(penalised.status).toBe("converged");
  });

  test("which optimisers and penalties do not go with kinks", () => {
    const target = objective({ data: data(), loss: losses.absoluteError() });
    for (const optimizer of [optimizers.lbfgs(), optimizers.gradientDescent()]) {
      expect(() => minimize(target, { optimizer })).toThrow(
        `optimizer "${optimizer.name}" needs a smooth objective, and the loss of this one has kinks; use interiorPoint`,
      );
    }
    const heavy = priors.cauchy({ scale: 1 }).penalty({ totalWeight: 6 });
    expect(() => erm({ data: data(), loss: losses.absoluteError(), penalty: heavy })).toThrow(
      '"prior" expected normal, laplace or elasticNet beside a loss with kinks',
    );
    const smooth = objective({ data: data(), loss: losses.huber({ delta: 1 }) });
    expect(() => minimize(smooth, { optimizer: optimizers.interiorPoint() })).toThrow(
      'optimizer "interiorPoint" needs "pieces", which this objective does not offer',
    );
    const square = objective({ data: dataset(X, [0, 1, 0, 1, 0, 1]), loss: losses.squaredHinge() });
    expect(() => minimize(square, { optimizer: optimizers.interiorPoint() })).toThrow(
      '"loss" expected hinge, absoluteError or quantile',
    );
  });

  test("that it was stopped", () => {
    const target = objective({ data: data(), loss: losses.absoluteError() });
    expect(minimize(target, { maxIterations: 2 })).toMatchObject({ status: "iteration-limit", iterations: 2 });
  });
});

test("any slicing, and storing at any point, gives the same bits", () => {
  const given = {
    data: data(),
    loss: losses.quantile({ level: 0.3 }),
    penalty: penalties.elasticNet({ l1: 0.1, l2: 0.2 }),
  };
  const target = objective(given);
  const whole = minimize(target);
  for (let stop = 1; stop < whole.evaluations; stop++) {
    const job = minimizer(target);
    for (let unit = 0; unit < stop; unit++) job.step({ units: 1 });
    const resumed = resumeMinimizer(JSON.stringify(job), objective(given));
    resumed.step({ units: Infinity });
    expectBits(bits(resumed.result.parameters), bits(whole.parameters));
    expect(resumed.result).toMatchObject({ value: whole.value, iterations: whole.iterations, reason: whole.reason });
  }
});

test("offsets, weights, units and centers change what they should and nothing else", () => {
  const loss = losses.absoluteError();
  const plain = erm({ data: data(), loss });
  const offset = [5, 4, 3, 2, 1, 0];
  const shifted = erm({
    data: dataset(
      X,
      y.map((value, i) => value + offset[i]),
      { offset },
    ),
    loss,
  });
  within(shifted.coefficients[0], plain.coefficients[0], 1e-14);
  const twice = erm({ data: dataset([...X, X[2]], [...y, y[2]]), loss });
  const weighted = erm({ data: dataset(X, y, { weights: [1, 1, 2, 1, 1, 1] }), loss });
  within(weighted.objective, twice.objective, 1e-14);
  const units = erm({
    data: dataset(
      X.map(([a]) => [1e8 + 1e-3 * a]),
      y.map((value) => 1e9 + value),
    ),
    loss,
  });
  within(units.coefficients[0] / 1e3, plain.coefficients[0], 1e-5);
  const prior = priors.laplace({ scale: 0.5, mean: 2 });
  const fit = map({ data: data(), likelihood: likelihoods.gaussian({ sd: 1 }), prior });
  expect(fit.status).toBe("converged");
  const penalty = prior.penalty({ totalWeight: 6 });
  expect(
    erm({ data: data(), loss, penalty: priors.laplace({ scale: 0.1, mean: 2 }).penalty({ totalWeight: 6 }) })
      .coefficients[0],
  ).toBe(2);
  expect(erm({ data: data(), loss, penalty }).status).toBe("converged");
});

test("numbers near the ends of the range", () => {
  for (const scale of [1e300, 1e-300]) {
    const fit = erm({
      data: dataset(
        X,
        y.map((value) => value * scale),
      ),
      loss: losses.absoluteError(),
    });
    const plain = erm({ data: data(), loss: losses.absoluteError() });
    expect(fit.status).toBe("converged");
    within(fit.coefficients[0] / scale, plain.coefficients[0], 1e-12);
  }
  const exact = erm({ data: dataset([[0], [1], [2]], [1, 3, 5]), loss: losses.absoluteError() });
  expect([exact.intercept, exact.coefficients[0], exact.objective]).toEqual([1, 2, 0]);
});
