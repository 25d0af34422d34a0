import type { Fit } from "../../index.js";
import { type Entry, type Part, entry } from "../entry.js";
import { classification, regression } from "../inputs.js";

function* one(name: string, call: string, fit: Fit): Generator<Entry, void> {
  const { coefficients, intercepts, sd, objective, logLikelihood, status, iterations } = fit;
  const all = [coefficients, intercepts, sd, objective, logLikelihood, status, iterations];
  const rows = fit.summary().rows.map(({ coefficient }) => coefficient);
  yield entry(name, call, ...all, rows);
}

/** The same question asked by three schools, with every optimiser; what can be converted is. */
export const schools: Part = function* (library) {
  const { random, dataset, erm, map, mle, likelihoods, losses, models, optimizers, penalties, priors } = library;
  const generator = random(10);
  const two = classification(generator, 200, 4, 2);
  const data = dataset(two.x, two.y, { columns: 4 });
  const likelihood = likelihoods.bernoulli();
  const prior = priors.normal({ sd: [1, 2, 0.5, 3], mean: 0.2 });
  const penalty = prior.penalty({ totalWeight: data.totalWeight });
  const loss = losses.binaryCrossEntropy();
  const model = models.linear();
  yield* one("maximum likelihood", "mle({ data, likelihood })", mle({ data, likelihood }));
  yield* one("maximum likelihood, flat prior", "map(...)", map({ data, likelihood, prior: priors.flat() }));
  yield* one("maximum a posteriori", "map({ data, likelihood, prior })", map({ data, model, likelihood, prior }));
  yield* one("empirical risk", "erm({ data, loss, penalty })", erm({ data, model, loss, penalty }));
  const ridge = penalties.l2(0.02);
  yield* one("empirical risk, l2", "erm({ data, loss, penalty })", erm({ data, loss, penalty: ridge }));
  const same = ridge.prior({ totalWeight: data.totalWeight });
  yield* one("l2 as a prior", "map({ data, likelihood, prior })", map({ data, likelihood, prior: same }));

  for (const name of ["auto", "newton", "lbfgs", "gradientDescent"] as const) {
    const optimizer = optimizers[name]();
    const fit = erm({ data, loss, penalty: ridge }, { optimizer, maxIterations: 300 });
    yield* one(`empirical risk by ${name}`, `erm(spec, { optimizer: optimizers.${name}() })`, fit);
  }

  const { x, y } = regression(generator, 120, 3);
  const numbers = dataset(x, y, { columns: 3 });
  const gaussian = mle({ data: numbers, likelihood: likelihoods.gaussian() });
  yield* one("maximum likelihood, Gaussian", "mle({ data, likelihood })", gaussian);
};
