import { type Part, entry } from "../entry.js";
import { classification } from "../inputs.js";

/** Models that learn from rows as they come. */
export const onlineModels: Part = function* ({ random, online, likelihoods, penalties, optimizers }) {
  const { x, y } = classification(random(31), 60, 3, 2);
  const statement = {
    names: ["a", "b", "c"],
    likelihood: likelihoods.bernoulli(),
    penalty: penalties.l2(0.05),
    optimizer: optimizers.adam({ learningRate: 0.1 }),
  };
  const model = online(statement);
  const losses: number[] = [];
  for (let i = 0; i < 60; i += 5) losses.push(model.update(matrix(x, i), Array.from(y.subarray(i, i + 5))));
  const again = online({ ...statement, from: JSON.stringify(model) });
  again.update(matrix(x, 0), Array.from(y.subarray(0, 5)));
  const means = again.predictInto(x, new Float64Array(60));
  yield entry(
    "online updates",
    "online(options).update(X, y)",
    ...losses,
    model.parameters,
    model.scores(matrix(x, 5)),
  );
  yield entry("online updates taken up again", "online({ from: json })", again.parameters, means);
};

function matrix(x: Float64Array, first: number): number[][] {
  return [0, 1, 2, 3, 4].map((i) => Array.from(x.subarray(3 * (first + i), 3 * (first + i + 1))));
}
