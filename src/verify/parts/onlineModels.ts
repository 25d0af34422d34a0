import { type Part, entry } from "../entry.js";
import { classification } from "../inputs.js";

/** Models that learn from rows as they come. */
export const onlineModels: Part = function* ({
  random,
  online,
  bayesianOnline,
  likelihoods,
  losses,
  models,
  penalties,
  priors,
  optimizers,
}) {
  const { x, y } = classification(random(31), 60, 3, 2);
  const statement = {
    names: ["a", "b", "c"],
    likelihood: likelihoods.bernoulli(),
    penalty: penalties.l2(0.05),
    optimizer: optimizers.adam({ learningRate: 0.1 }),
  };
  const model = online(statement);
  const before: number[] = [];
  for (let i = 0; i < 60; i += 5) before.push(model.update(matrix(x, i), Array.from(y.subarray(i, i + 5))));
  const again = online({ ...statement, from: JSON.stringify(model) });
  again.update(matrix(x, 0), Array.from(y.subarray(0, 5)));
  const means = again.predictInto(x, new Float64Array(60));
  yield entry(
    "online updates",
    "online(options).update(X, y)",
    ...before,
    model.parameters,
    model.scores(matrix(x, 5)),
  );
  yield entry("online updates taken up again", "online({ from: json })", again.parameters, means);

  const subjects = {
    "support vector machine": { loss: losses.hinge(), penalty: penalties.l2(0.05) },
    network: { likelihood: likelihoods.bernoulli(), model: models.mlp({ hidden: [4], activation: "relu" }) },
  };
  for (const [name, more] of Object.entries(subjects)) {
    const one = online({ names: ["a", "b", "c"], classes: ["no", "yes"], ...more });
    for (let i = 0; i < 20; i += 5) {
      const labels = Array.from(y.subarray(i, i + 5), (value) => (value === 1 ? "yes" : "no"));
      one.update(matrix(x, i), labels);
    }
    const told = Float64Array.from(one.predict(matrix(x, 0)), (label) => Number(label === "yes"));
    yield entry(`online ${name}`, "online(options).update(X, y)", one.parameters, one.scores(matrix(x, 0)), told);
  }

  const bayesian = bayesianOnline({
    names: ["a", "b", "c"],
    prior: priors.normal({ sd: 2, intercept: { sd: 1 } }),
    forgetting: 0.9,
  });
  const surprises: number[] = [];
  for (let i = 0; i < 60; i += 5) surprises.push(bayesian.update(matrix(x, i), Array.from(y.subarray(i, i + 5))));
  const { mean, precision, sd } = bayesian;
  yield entry("bayesianOnline", "bayesianOnline(options).update(X, y)", ...surprises, mean, precision, sd);
  const dice = random(32);
  const chosen = Float64Array.from({ length: 20 }, () => bayesian.choose(matrix(x, 5), dice));
  yield entry("bayesianOnline draws", "bayesianOnline(options).choose(arms, random)", bayesian.sample(dice), chosen);
  yield entry("bayesianOnline predictions", "bayesianOnline(options).predict(X)", bayesian.predict(matrix(x, 5)));
};

function matrix(x: Float64Array, first: number): number[][] {
  return [0, 1, 2, 3, 4].map((i) => Array.from(x.subarray(3 * (first + i), 3 * (first + i + 1))));
}
