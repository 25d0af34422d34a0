import { describe, expect, test } from "vitest";
import {
  type Fit,
  dataset,
  likelihoods,
  logisticRegression,
  map,
  mle,
  models,
  optimizers,
  priors,
  softmaxRegression,
} from "../../src/index.js";
import { csv, draws, exactDot, fixture } from "../support.js";

/**
 * How a direction moves the rows: comparisons won and lost. The margins are exact; one within the rounding of the
 * direction's own coordinates, 2(d + 2)u·Σ|δⱼxⱼ|, is a tie.
 */
function verdict(witness: Float64Array, x: readonly number[][], y: readonly number[]): { won: number; lost: number } {
  let won = 0;
  let lost = 0;
  const stride = x[0].length + 1;
  const K = witness.length / stride;
  const rounding = 2 * (stride + 1) * 2 ** -53;
  const compare = (direction: readonly number[], row: readonly number[]): void => {
    const size = direction.reduce((sum, value, j) => sum + Math.abs(value * row[j]), 0);
    const margin = exactDot(direction, row);
    if (margin > rounding * size) won++;
    if (margin < -rounding * size) lost++;
  };
  x.forEach((row, i) => {
    if (K === 1) {
      const sign = y[i] === 1 ? 1 : -1;
      return compare(
        Array.from(witness, (value) => sign * value),
        [1, ...row],
      );
    }
    for (let k = 0; k < K; k++) {
      if (k === y[i]) continue;
      const own = witness.subarray(y[i] * stride, (y[i] + 1) * stride);
      const other = witness.subarray(k * stride, (k + 1) * stride);
      // (δ_y − δ_k)·x without rounding: both parts in one product.
      compare([...own, ...other], [1, ...row, -1, ...row.map((value) => -value)]);
    }
  });
  return { won, lost };
}

/** What must hold of a fit that says there is no optimum. */
function expectNoOptimum(fit: Fit, status: "separated" | "quasi-separated", x: number[][], y: number[]): void {
  expect(fit.status).toBe(status);
  expect(fit.converged).toBe(false);
  expect(fit.reason).toMatch(/no maximum-likelihood estimate exists/);
  expect(fit.reason).toMatch(/priors\.normal/);
  const { won, lost } = verdict(fit.witness!, x, y);
  expect(lost).toBe(0);
  expect(won).toBeGreaterThan(0);
  if (status === "separated") expect(won).toBe(x.length * Math.max(1, fit.intercepts.length - 1));
  expect(() => fit.summary()).toThrow(/no optimum.*(separated).*priors\.normal/s);
  // The iterate at detection is finite; how far it got depends on the optimiser and on how far apart the classes are.
  for (const score of fit.scores(x)) expect(Math.abs(score)).toBeLessThan(1e6);
}

interface Case {
  name: string;
  status: string;
  mle_exists: boolean;
  data?: string;
  x_columns?: string[];
  y_column?: string;
  y_equals?: number;
  transform?: { mean: number[]; scale: number[] };
  X?: number[][];
  y?: number[];
}

function read(given: Case): { x: number[][]; y: number[] } {
  if (given.X !== undefined) return { x: given.X, y: given.y! };
  const table = csv(given.data!.replace(/^data\/|\.csv$/g, ""));
  const raw = table.column(given.y_column!);
  const y = given.y_equals === undefined ? raw : raw.map((value) => (value === given.y_equals ? 1 : 0));
  return { x: table.matrix(given.x_columns!, given.transform), y };
}

const cases = fixture<{ cases: Case[] }>("fits/separable.json").cases;

describe.each(cases)("$name: $status", (given) => {
  const { x, y } = read(given);
  const data = dataset(x, y);
  const fitBy = (optimizer: ReturnType<typeof optimizers.newton> | ReturnType<typeof optimizers.auto>): Fit =>
    mle({ data, likelihood: likelihoods.bernoulli() }, { optimizer: optimizer as never });

  test.each([optimizers.auto(), optimizers.newton(), optimizers.lbfgs()])("$name says so", (optimizer) => {
    const fit = fitBy(optimizer as never);
    if (given.mle_exists) {
      expect(fit.status).toBe("converged");
      expect(fit.witness).toBeNull();
      return;
    }
    expectNoOptimum(fit, given.status.startsWith("quasi") ? "quasi-separated" : "separated", x, y);
  });
});

describe("binary", () => {
  test("separated in the raw units of the columns, also when fitted standardized", () => {
    const x = [
      [1000, 1e-3],
      [1001, 2e-3],
      [1002, 3e-3],
      [1003, 1e-3],
      [1004, 2e-3],
      [1005, 4e-3],
    ];
    const y = [0, 0, 0, 1, 1, 1];
    expectNoOptimum(logisticRegression(x, y), "separated", x, y);
    const fit = logisticRegression(x, y, { standardize: true });
    expect(fit.status).toBe("separated");
  });

  test("without an intercept other data are separated", () => {
    const x = [[1], [2], [3]];
    const y = [1, 1, 1];
    const fit = mle({
      data: dataset(x, y),
      likelihood: likelihoods.bernoulli(),
      model: models.linear({ intercept: false }),
    });
    expect(fit.status).toBe("separated");
    // One class on both sides of 0 is not.
    const both = mle({
      data: dataset([[1], [-2], [3]], [1, 1, 1]),
      likelihood: likelihoods.bernoulli(),
      model: models.linear({ intercept: false }),
    });
    expect(both.status).toBe("converged");
  });

  test("a row of weight 0 does not spoil a separation, nor make one", () => {
    const x = [[-2], [-1], [1], [2], [3]];
    const y = [0, 0, 1, 1, 0];
    expect(logisticRegression(x, y).status).toBe("converged");
    const fit = logisticRegression(x, y, { weights: [1, 1, 1, 1, 0] });
    expect(fit.status).toBe("separated");
    expect(verdict(fit.witness!, x.slice(0, 4), y).lost).toBe(0);
  });

  test("collinear columns are no separation", () => {
    const source = draws(101);
    const a = source.normal(60);
    const x = Array.from(a, (value) => [value, 2 * value, value - 1]);
    const y = Array.from(a, (value) => (value + 2 * source.normal(1)[0] > 0 ? 1 : 0));
    const fit = logisticRegression(x, y);
    expect(fit.status).toBe("rank-deficient");
    expect(fit.reason).toMatch(/x1, x2/);
    const one = logisticRegression(
      Array.from(a, (value) => [value]),
      y,
    );
    expect(Math.abs(fit.objective - one.objective)).toBeLessThan(1e-14);
    const scores = fit.scores(x);
    one.scores(Array.from(a, (value) => [value])).forEach((z, i) => expect(Math.abs(z - scores[i])).toBeLessThan(1e-8));
  });

  test("quasi-separated by one column among others", () => {
    const source = draws(102);
    const x: number[][] = [];
    const y: number[] = [];
    for (let i = 0; i < 80; i++) {
      const [a, b] = source.normal(2);
      const flag = i % 8 === 0 ? 1 : 0;
      x.push([a, b, flag]);
      // The flag is only ever seen with successes.
      y.push(flag === 1 || a + source.normal(1)[0] > 0 ? 1 : 0);
    }
    for (const optimizer of [optimizers.newton(), optimizers.lbfgs()]) {
      expectNoOptimum(logisticRegression(x, y, { optimizer }), "quasi-separated", x, y);
    }
    const fit = logisticRegression(x, y, { prior: priors.normal({ sd: 10 }) });
    expect(fit.status).toBe("converged");
    expect(fit.summary().rows.length).toBe(4);
  });

  test("nearly separated is not separated", () => {
    for (const gap of [0.5, 0.1, 0.01]) {
      const x = [[-2], [-1], [gap], [0], [1], [2]];
      const fit = logisticRegression(x, [0, 0, 0, 1, 1, 1]);
      expect(fit.status).toBe("converged");
      expect(fit.witness).toBeNull();
    }
  });

  test.each([
    [
      "class indices, one class of weight 0",
      [0, 1, 2, 0, 1, 2],
      [1, 2, 0, 1, 1, 0],
      { status: "quasi-separated", won: 4 },
    ],
    ["classes that all have weight", [0, 1, 2, 0, 1, 2], [1, 2, 0.5, 1, 1, 1], { status: "converged", won: 0 }],
    [
      "distributions that never have the last class",
      [0.5, 0.5, 0, 1, 0, 0, 0, 1, 0, 0.25, 0.75, 0, 0, 1, 0, 1, 0, 0],
      [1, 1, 1, 1, 1, 1],
      { status: "quasi-separated", won: 6 },
    ],
  ] as const)("free intercepts of a softmax beside a prior: %s", (_, targets, weights, { status, won }) => {
    const x = [0.3, -1, 0.5, 2, 0.1, -0.7];
    const data = dataset(x, [...targets], { columns: 1, weights });
    const fit = map({ data, likelihood: likelihoods.categorical({ classes: 3 }), prior: priors.normal({ sd: 1 }) });
    expect(fit.status).toBe(status);
    if (won === 0) return expect(fit.witness).toBeNull();
    expect(fit.reason).toContain("It is the intercept that runs away");
    // The class that nobody has falls against all others.
    const [a, b, last] = [0, 2, 4].map((j) => fit.witness![j]);
    expect(last).toBeLessThan(Math.min(a, b));
    expect([1, 3, 5].every((j) => fit.witness![j] === 0)).toBe(true);
  });

  test("a free intercept and one class, even under a prior of the slopes", () => {
    const data = dataset([[1], [2], [4]], [1, 1, 1]);
    const likelihood = likelihoods.bernoulli();
    const fits = [mle({ data, likelihood }), map({ data, likelihood, prior: priors.normal({ sd: 1 }) })];
    for (const fit of fits) expectNoOptimum(fit, "separated", [[1], [2], [4]], [1, 1, 1]);
    expect(Array.from(fits[1].witness!)).toEqual([1, 0]);
    const named = map({ data, likelihood, prior: priors.normal({ sd: 1, intercept: { sd: 5 } }) });
    expect(named.status).toBe("converged");
  });
});

describe("multinomial", () => {
  const iris = csv("iris");
  const x = iris.matrix(["sepal_length", "sepal_width", "petal_length", "petal_width"]);
  const y = iris.column("target");

  test("setosa leaves the others: quasi-separated", () => {
    const fit = softmaxRegression(x, y);
    expectNoOptimum(fit, "quasi-separated", x, y);
    // The other two overlap: no direction decides between them.
    const { won } = verdict(fit.witness!, x, y);
    expect(won).toBeLessThan(2 * x.length);
    const both = softmaxRegression(x, y, { prior: priors.normal({ sd: 1 }) });
    expect(both.status).toBe("converged");
  });

  test("three points in a row of classes: separated", () => {
    const line = [[0], [0.5], [2], [2.5], [4], [4.5]];
    const classes = [0, 0, 1, 1, 2, 2];
    expectNoOptimum(softmaxRegression(line, classes), "separated", line, classes);
  });

  test("a direction is found whenever there is one", () => {
    // One column of whole numbers: whether a direction separates can be read off by hand.
    const source = draws(104);
    const direction = (
      x: number[],
      y: number[],
      slopes: number[],
      levels: number[],
    ): { lost: boolean; won: boolean } => {
      const margins = x.flatMap((value, i) =>
        [0, 1, 2].filter((k) => k !== y[i]).map((k) => (slopes[y[i]] - slopes[k]) * value + levels[y[i]] - levels[k]),
      );
      return { lost: margins.some((margin) => margin < 0), won: margins.some((margin) => margin > 0) };
    };
    const grid = [-4, -3, -2, -1, 0, 1, 2, 3, 4];
    let separable = 0;
    for (let repeat = 0; repeat < 60; repeat++) {
      const x = Array.from(source.normal(9), (value) => Math.round(value));
      const y = [0, 1, 2, ...Array.from(source.classes(6, 3))];
      const exists = grid.some((b1) =>
        grid.some((b2) =>
          grid.some((a1) =>
            grid.some((a2) => {
              const { lost, won } = direction(x, y, [0, b1, b2], [0, a1, a2]);
              return won && !lost;
            }),
          ),
        ),
      );
      const fit = softmaxRegression(
        x.map((value) => [value]),
        y,
      );
      if (exists) {
        separable++;
        expect(fit.status, JSON.stringify({ x, y })).toMatch(/separated/);
      } else if (fit.status !== "converged") {
        expect(fit.witness, JSON.stringify({ x, y })).not.toBeNull();
      }
    }
    expect(separable).toBeGreaterThan(5);
  });

  test("classes that overlap have an optimum", () => {
    const source = draws(103);
    const rows = Array.from({ length: 90 }, () => Array.from(source.normal(2)));
    const fit = softmaxRegression(rows, Array.from(source.classes(90, 3)));
    expect(fit.status).toBe("converged");
    expect(fit.witness).toBeNull();
  });
});
