import { type Part, entry } from "../entry.js";
import { classification, ordinary } from "../inputs.js";

/** Parts of the rows, and what steps on them. */
export const stochastic: Part = function* (library) {
  const { random, dataset, objective, losses, penalties, minimize, optimizers, findLearningRate } = library;
  const generator = random(21);
  const { x, y } = classification(generator, 90, 4, 2);
  const data = dataset(x, y, { columns: 4 });
  const target = objective({ data, loss: losses.binaryCrossEntropy(), penalty: penalties.l2(0.1) });
  const gradient = new Float64Array(target.size);
  const rows = random(22).permutation(90).subarray(0, 37);
  const value = target.evaluate(ordinary(generator, target.size), gradient, { rows });
  yield entry("an objective on some rows", "objective.evaluate(θ, gradient, { rows })", value, gradient);

  const learningRate = {
    kind: "warmUp",
    steps: 3,
    then: { kind: "cosine", rate: 0.5, final: 0.01, steps: 20 },
  } as const;
  const power = { kind: "power", rate: 0.5, decay: 0.1, power: 0.75 } as const;
  const batches = { batchSize: 25, seed: 3, epochs: 4 };
  const made = {
    sgd: optimizers.sgd({ ...batches, learningRate, momentum: 0.5, nesterov: true, averageFrom: 1 }),
    adagrad: optimizers.adagrad({ ...batches, learningRate: power, clipNorm: 0.2 }),
    rmsprop: optimizers.rmsprop({ ...batches, centered: true, momentum: 0.5 }),
    adam: optimizers.adam({ ...batches, amsgrad: true, validation: 0.2 }),
    adamw: optimizers.adamw({ ...batches, learningRate: 0.1 }),
    ftrl: optimizers.ftrl(batches),
    saga: optimizers.saga({ ...batches, learningRate: 0.3 }),
  };
  for (const [name, optimizer] of Object.entries(made)) {
    const result = minimize(target, { optimizer });
    const call = `minimize(objective, { optimizer: optimizers.${name}({ batchSize: 25 }) })`;
    yield entry(`batches by ${name}`, call, result.parameters, result.value, result.gradient, result.status);
  }
  const { rates, losses: seen, suggestion } = findLearningRate(target, { batchSize: 30, steps: 40 });
  yield entry("a search for a learning rate", "findLearningRate(objective)", rates, seen, suggestion ?? NaN);
};
