import type { Objective, Random } from "../../index.js";
import { type Entry, type Part, entry } from "../entry.js";
import { classification, distributions, ordinary, weights } from "../inputs.js";

function* one(generator: Random, name: string, target: Objective): Generator<Entry, void> {
  const theta = ordinary(generator, target.size, 0.5);
  const { value, gradient } = target.valueAndGradient(theta);
  const all = [value, target.value(theta), gradient];
  yield entry(`${name}: value and gradient`, "objective(spec).valueAndGradient(parameters)", ...all);
  yield entry(`${name}: Hessian`, "objective(spec).hessian(parameters)", target.hessian(theta));
}

/** Value, gradient and Hessian of linear models: small data, large data, weights, offsets, standardized columns. */
export const objectives: Part = function* (library) {
  const { random, dataset, objective, losses, likelihoods, models, priors, penalties } = library;
  const generator = random(6);
  for (const [rows, columns] of [
    [1, 1],
    [63, 2],
    [500, 5],
    [64, 33],
    [40_000, 8],
  ] as const) {
    const { x, y } = classification(generator, rows + 1, columns, 2);
    const options = { columns, weights: weights(generator, rows + 1), offset: ordinary(generator, rows + 1, 0.1) };
    options.weights[0] = 1;
    const plain = dataset(x, y, { columns });
    const full = dataset(x, y, options);
    const standardized = dataset(x, y, { ...options, standardize: true });
    const of = `of ${rows + 1} x ${columns}`;
    const likelihood = likelihoods.bernoulli();
    yield* one(generator, `logistic ${of}`, objective({ data: plain, loss: losses.binaryCrossEntropy() }));
    const prior = priors.normal({ sd: 2, mean: 0.1, intercept: { sd: 5 } });
    yield* one(generator, `logistic, all options, ${of}`, objective({ data: full, likelihood, prior }));
    const free = priors.normal({ sd: 2, mean: 0.1 });
    const scaled = objective({ data: standardized, likelihood, prior: free });
    yield* one(generator, `logistic, standardized, ${of}`, scaled);
    const model = models.linear({ intercept: false });
    const ridge = objective({ data: full, model, loss: losses.squaredError(), penalty: penalties.l2(0.1) });
    yield* one(generator, `squared error ${of}`, ridge);
  }
  for (const [rows, columns, classes] of [
    [100, 3, 3],
    [1000, 4, 10],
    [90, 2, 40],
  ] as const) {
    const { x, y } = classification(generator, rows, columns, classes);
    const loss = losses.softmaxCrossEntropy({ classes });
    const name = `softmax of ${rows} x ${columns}, ${classes} classes`;
    const hard = dataset(x, y, { columns });
    yield* one(generator, name, objective({ data: hard, loss, penalty: penalties.l2(0.01) }));
    const soft = distributions(generator, rows, classes);
    const data = dataset(x, soft, { columns, weights: weights(generator, rows) });
    const model = models.linear({ intercept: false });
    yield* one(generator, `${name}, distributions`, objective({ data, loss, model }));
  }
};
