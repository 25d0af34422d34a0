import { type Entry, type Library, type Part, entry } from "../entry.js";
import { classification, regression, weights } from "../inputs.js";

/** Minima of losses with kinks. */
function* kinked(library: Library): Generator<Entry, void> {
  const { random, dataset, losses, penalties, objective, optimizers, minimize } = library;
  const generator = random(31);
  const { x, y } = regression(generator, 300, 4);
  const data = dataset(x, y, { columns: 4, weights: weights(generator, 300) });
  const sides = classification(generator, 300, 4, 2);
  const classes = dataset(sides.x, sides.y, { columns: 4 });
  const penalty = penalties.elasticNet({ l1: 0.05, l2: 0.02 });
  for (const [name, spec] of [
    ["quantile", { data, loss: losses.quantile({ level: 0.2 }) }],
    ["absolute error, elastic net", { data, loss: losses.absoluteError(), penalty }],
    ["hinge, l2", { data: classes, loss: losses.hinge(), penalty: penalties.l2(0.01) }],
  ] as const) {
    const result = minimize(objective(spec), { optimizer: optimizers.interiorPoint() });
    const { parameters, value, gradient, decrement, iterations, status } = result;
    const call = "minimize(objective, { optimizer: optimizers.interiorPoint() })";
    yield entry(`interior point: ${name}`, call, parameters, value, gradient, decrement, iterations, status);
  }
}

/** What has kinks: losses, and what is chosen along paths of penalties. */
export const kinks: Part = function* (library) {
  yield* kinked(library);
};
