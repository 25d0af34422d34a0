/** Named test problems, each with its minimiser and, where it is easy, its Hessian (packed lower triangle). */

import type { Minimizable } from "../../src/optimizers/objective.js";

export interface NamedProblem extends Minimizable {
  readonly name: string;
  readonly start: readonly number[];
  readonly minimizer: readonly number[];
  readonly minimum: number;
}

export const rosenbrock: NamedProblem = {
  name: "Rosenbrock",
  size: 2,
  start: [-1.2, 1],
  minimizer: [1, 1],
  minimum: 0,
  evaluate(p, g) {
    const [x, y] = [p[0]!, p[1]!];
    const gap = y - x * x;
    if (g) {
      g[0] = -400 * x * gap - 2 * (1 - x);
      g[1] = 200 * gap;
    }
    return 100 * gap * gap + (1 - x) * (1 - x);
  },
  hessian(p, h) {
    const [x, y] = [p[0]!, p[1]!];
    h.set([1200 * x * x - 400 * y + 2, -400 * x, 200]);
  },
};

export const beale: NamedProblem = {
  name: "Beale",
  size: 2,
  start: [1, 1],
  minimizer: [3, 0.5],
  minimum: 0,
  evaluate(p, g) {
    const [x, y] = [p[0]!, p[1]!];
    let value = 0;
    if (g) g.fill(0);
    [1.5, 2.25, 2.625].forEach((target, k) => {
      const power = y ** (k + 1);
      const r = target - x * (1 - power);
      value += r * r;
      if (g) {
        g[0]! += -2 * r * (1 - power);
        g[1]! += 2 * r * x * (k + 1) * y ** k;
      }
    });
    return value;
  },
};

export const matyas: NamedProblem = {
  name: "Matyas",
  size: 2,
  convex: true,
  start: [6, -7],
  minimizer: [0, 0],
  minimum: 0,
  evaluate(p, g) {
    const [x, y] = [p[0]!, p[1]!];
    if (g) {
      g[0] = 0.52 * x - 0.48 * y;
      g[1] = 0.52 * y - 0.48 * x;
    }
    return 0.26 * (x * x + y * y) - 0.48 * x * y;
  },
  hessian(_, h) {
    h.set([0.52, -0.48, 0.52]);
  },
};

/** ½ Σ cⱼ·(xⱼ − j)², c from 1 to `condition` in even ratios, rotated in pairs so that the axes are no help. */
export function quadratic(size: number, condition: number): NamedProblem {
  const curvature = Array.from({ length: size }, (_, j) => condition ** (j / Math.max(1, size - 1)));
  const minimizer = Array.from({ length: size }, (_, j) => j);
  // Rotation by 3-4-5 of coordinates (2k, 2k + 1 of the reversed order): entries of H in closed form.
  const hessian = Array.from({ length: size }, () => new Float64Array(size));
  for (let j = 0; j < size; j++) hessian[j]![j] = curvature[j]!;
  for (let a = 0; a < Math.floor(size / 2); a++) {
    const b = size - 1 - a;
    if (a === b) continue;
    const [ca, cb] = [curvature[a]!, curvature[b]!];
    hessian[a]![a] = 0.64 * ca + 0.36 * cb;
    hessian[b]![b] = 0.36 * ca + 0.64 * cb;
    hessian[a]![b] = hessian[b]![a] = 0.48 * (ca - cb);
  }
  return {
    name: `quadratic of condition ${condition}`,
    size,
    convex: true,
    start: new Array<number>(size).fill(0),
    minimizer,
    minimum: 0,
    evaluate(p, g) {
      let value = 0;
      for (let j = 0; j < size; j++) {
        let slope = 0;
        for (let k = 0; k < size; k++) slope += hessian[j]![k]! * (p[k]! - minimizer[k]!);
        value += 0.5 * slope * (p[j]! - minimizer[j]!);
        if (g) g[j] = slope;
      }
      return value;
    },
    hessian(_, h) {
      let at = 0;
      for (let j = 0; j < size; j++) for (let k = 0; k <= j; k++) h[at++] = hessian[j]![k]!;
    },
  };
}

/** Logistic regression with an intercept: the mean surprisal of `y` given `x`, one unit of work per row. */
export function logistic(x: readonly number[], y: readonly number[], minimizer: readonly number[]): NamedProblem {
  const rows = x.length;
  const begin: NamedProblem["begin"] = (parameters, order) => {
    const gradient = new Float64Array(2);
    const hessian = order === 2 ? new Float64Array(3) : null;
    let row = 0;
    const evaluation = {
      done: false,
      value: 0,
      gradient,
      hessian,
      advance(units: number) {
        for (let left = units; left > 0 && row < rows; left--, row++) {
          const z = parameters[0]! + parameters[1]! * x[row]!;
          const p = 1 / (1 + Math.exp(-z));
          evaluation.value += (Math.max(z, 0) - y[row]! * z + Math.log1p(Math.exp(-Math.abs(z)))) / rows;
          const r = (p - y[row]!) / rows;
          gradient[0]! += r;
          gradient[1]! += r * x[row]!;
          if (hessian !== null) {
            const h = (p * (1 - p)) / rows;
            hessian[0]! += h;
            hessian[1]! += h * x[row]!;
            hessian[2]! += h * x[row]! * x[row]!;
          }
        }
        return (evaluation.done = row === rows);
      },
    };
    return evaluation;
  };
  return {
    name: "logistic regression",
    size: 2,
    totalWeight: rows,
    convex: true,
    capabilities: ["hessian"],
    start: [0, 0],
    minimizer,
    minimum: NaN,
    begin,
  };
}

/** Anchor A3: x = .5 .. 4, 8 rows. */
export const a3: NamedProblem = {
  ...logistic([0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4], [0, 0, 1, 0, 1, 0, 1, 1], [-2.6733796208936011, 1.188168720397156]),
  name: "anchor A3",
  minimum: 0.52809881717957066,
};
