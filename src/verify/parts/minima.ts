import { type Part, entry } from "../entry.js";

const rosenbrock = {
  size: 2,
  evaluate([a, b]: Float64Array, gradient: Float64Array | null): number {
    const u = b - a * a;
    if (gradient !== null) {
      gradient[0] = -400 * a * u - 2 * (1 - a);
      gradient[1] = 200 * u;
    }
    return 100 * u * u + (1 - a) * (1 - a);
  },
};

/** Minimising a function of the user's. */
export const minima: Part = function* ({ minimize, optimizers }) {
  for (const name of ["lbfgs", "gradientDescent"] as const) {
    const options = { optimizer: optimizers[name](), start: [-1.2, 1], maxIterations: 500 };
    const { parameters, value, gradient, iterations, status } = minimize(rosenbrock, options);
    const call = `minimize(objective, { optimizer: optimizers.${name}() })`;
    yield entry(`Rosenbrock by ${name}`, call, parameters, value, gradient, iterations, status);
  }
};
