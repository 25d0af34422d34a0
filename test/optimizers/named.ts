/**
 * Named test functions, each with its usual start and its minima (J. Moré, B. Garbow and K. Hillstrom, "Testing unconstrained
 * optimization software", ACM Transactions on Mathematical Software 7, 1981, and the usual ones in the plane). Products with
 * the Hessian are differences of the gradient.
 */

import type { Minimizable } from "../../src/optimizers/objective.js";

export interface NamedFunction extends Minimizable {
  readonly name: string;
  readonly start: readonly number[];
  readonly minimizers: readonly (readonly number[])[];
  readonly minimum: number;
}

type Residuals = (x: Float64Array) => { r: number[]; jacobian: number[][] };

/** Σ r² with its gradient 2·Jᵀr. */
function leastSquares(
  name: string,
  start: readonly number[],
  minimizers: NamedFunction["minimizers"],
  minimum: number,
  residuals: Residuals,
): NamedFunction {
  const size = start.length;
  const gradient = (x: Float64Array, out: Float64Array): number => {
    const { r, jacobian } = residuals(x);
    out.fill(0);
    let value = 0;
    r.forEach((ri, i) => {
      value += ri * ri;
      for (let j = 0; j < size; j++) out[j]! += 2 * ri * jacobian[i]![j]!;
    });
    return value;
  };
  const scratch = new Float64Array(size);
  return {
    ...{ name, size, start, minimizers, minimum },
    evaluate: (x, out) => gradient(x, out ?? scratch),
    hessianVector(x, direction, out) {
      const length = Math.sqrt(direction.reduce((sum, v) => sum + v * v, 0));
      const reach = Math.sqrt(x.reduce((sum, v) => sum + v * v, 1));
      const h = (1e-5 * reach) / length;
      const [up, down] = [new Float64Array(size), new Float64Array(size)];
      gradient(
        x.map((v, j) => v + h * direction[j]!),
        up,
      );
      gradient(
        x.map((v, j) => v - h * direction[j]!),
        down,
      );
      for (let j = 0; j < size; j++) out[j] = (up[j]! - down[j]!) / (2 * h);
    },
  };
}

export const functions: readonly NamedFunction[] = [
  leastSquares("Rosenbrock", [-1.2, 1], [[1, 1]], 0, ([x, y]) => ({
    r: [10 * (y! - x! * x!), 1 - x!],
    jacobian: [
      [-20 * x!, 10],
      [-1, 0],
    ],
  })),
  leastSquares("Beale", [1, 1], [[3, 0.5]], 0, ([x, y]) => ({
    r: [1.5, 2.25, 2.625].map((c, k) => c - x! * (1 - y! ** (k + 1))),
    jacobian: [0, 1, 2].map((k) => [y! ** (k + 1) - 1, (k + 1) * x! * y! ** k]),
  })),
  leastSquares(
    "Himmelblau",
    [1, 1],
    [
      [3, 2],
      [-2.805118086952745, 3.131312518250573],
      [-3.779310253377747, -3.283185991286169],
      [3.584428340330492, -1.848126526964404],
    ],
    0,
    ([x, y]) => ({
      r: [x! * x! + y! - 11, x! + y! * y! - 7],
      jacobian: [
        [2 * x!, 1],
        [1, 2 * y!],
      ],
    }),
  ),
  leastSquares("Booth", [-8, 9], [[1, 3]], 0, ([x, y]) => ({
    r: [x! + 2 * y! - 7, 2 * x! + y! - 5],
    jacobian: [
      [1, 2],
      [2, 1],
    ],
  })),
  leastSquares("Powell's singular", [3, -1, 0, 1], [[0, 0, 0, 0]], 0, ([a, b, c, d]) => {
    const [u, v] = [b! - 2 * c!, a! - d!];
    return {
      r: [a! + 10 * b!, Math.sqrt(5) * (c! - d!), u * u, Math.sqrt(10) * v * v],
      jacobian: [
        [1, 10, 0, 0],
        [0, 0, Math.sqrt(5), -Math.sqrt(5)],
        [0, 2 * u, -4 * u, 0],
        [2 * Math.sqrt(10) * v, 0, 0, -2 * Math.sqrt(10) * v],
      ],
    };
  }),
  leastSquares("Wood", [-3, -1, -3, -1], [[1, 1, 1, 1]], 0, ([a, b, c, d]) => {
    const [p, q] = [Math.sqrt(90), Math.sqrt(10)];
    return {
      r: [10 * (b! - a! * a!), 1 - a!, p * (d! - c! * c!), 1 - c!, q * (b! + d! - 2), (b! - d!) / q],
      jacobian: [
        [-20 * a!, 10, 0, 0],
        [-1, 0, 0, 0],
        [0, 0, -2 * p * c!, p],
        [0, 0, -1, 0],
        [0, q, 0, q],
        [0, 1 / q, 0, -1 / q],
      ],
    };
  }),
  leastSquares("Brown's badly scaled", [1, 1], [[1e6, 2e-6]], 0, ([x, y]) => ({
    r: [x! - 1e6, y! - 2e-6, x! * y! - 2],
    jacobian: [
      [1, 0],
      [0, 1],
      [y!, x!],
    ],
  })),
  leastSquares("Freudenstein and Roth", [6, 3], [[5, 4]], 0, ([x, y]) => ({
    r: [-13 + x! + ((5 - y!) * y! - 2) * y!, -29 + x! + ((y! + 1) * y! - 14) * y!],
    jacobian: [
      [1, 10 * y! - 3 * y! * y! - 2],
      [1, 3 * y! * y! + 2 * y! - 14],
    ],
  })),
];
