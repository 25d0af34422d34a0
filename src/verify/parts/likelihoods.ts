import type { Likelihood, Random } from "../../index.js";
import { type Entry, type Part, entry, rowwise } from "../entry.js";
import { indices, ordinary, scores } from "../inputs.js";

function* one(generator: Random, likelihood: Likelihood, classes: number, call: string): Generator<Entry, void> {
  const z = scores(generator, 300 * classes);
  const categories = Math.max(2, classes);
  const y = likelihood.name === "gaussian" ? ordinary(generator, 300) : indices(generator, 300, categories);
  const inputs = [
    { name: "scores", values: z, columns: classes },
    { name: "targets", values: y, columns: 1 },
  ];
  const of = `${likelihood.name}, 300 rows`;
  yield rowwise(`${of}: log density`, `${call}.logDensity(scores, targets)`, likelihood.logDensity(z, y), inputs);
  yield entry(`${of}: constant`, `${call}.constant(targets)`, likelihood.constant(y));
  yield rowwise(`${of}: mean`, `${call}.mean(scores)`, likelihood.mean(z), inputs.slice(0, 1));
}

/** Log densities, constants and means. */
export const likelihoods: Part = function* ({ random, likelihoods }) {
  const generator = random(8);
  yield* one(generator, likelihoods.bernoulli(), 1, "likelihoods.bernoulli()");
  yield* one(generator, likelihoods.gaussian({ sd: 1.3 }), 1, "likelihoods.gaussian({ sd: 1.3 })");
  yield* one(generator, likelihoods.categorical({ classes: 5 }), 5, "likelihoods.categorical({ classes: 5 })");
};
