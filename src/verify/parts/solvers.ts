import type { Objective, optimizers } from "../../index.js";
import { type Entry, type Library, type Part, entry } from "../entry.js";
import { classification, ordinary } from "../inputs.js";

function* one(name: string, target: Objective, library: Library): Generator<Entry, void> {
  const generator = library.random(31);
  const parameters = ordinary(generator, target.size);
  const product = target.hessianVector(parameters, ordinary(generator, target.size));
  const diagonal = target.beginProduct(parameters, null);
  diagonal.advance(Infinity);
  yield entry(`${name}: Hessian times a vector`, "objective.hessianVector(θ, v)", product, diagonal.product!);
  const { optimizers } = library;
  const made = {
    ...{ lbfgs: optimizers.lbfgs(), bfgs: optimizers.bfgs(), newtonCG: optimizers.newtonCG() },
    ...{ nesterov: optimizers.nesterov(), fista: optimizers.fista(), momentum: optimizers.momentum({ step: 0.01 }) },
    ...{ exact: optimizers.gradientDescent({ step: "exact" }), wolfe: optimizers.gradientDescent({ step: "wolfe" }) },
    ...(target.outputs > 1 && { common: optimizers.lbfgs({ preconditioner: "common" }) }),
  };
  for (const [solver, optimizer] of Object.entries(made)) yield* run(name, target, solver, optimizer, library);
}

function* run(
  name: string,
  target: Objective,
  solver: string,
  optimizer: optimizers.Optimizer,
  { minimize }: Library,
): Generator<Entry, void> {
  const result = minimize(target, { optimizer, maxIterations: 60 });
  const { value, gradient, iterations, evaluations, decrement, status } = result;
  const call = `minimize(objective, { optimizer: ${solver} })`;
  yield entry(`${name} by ${solver}`, call, result.parameters, value, gradient, iterations, evaluations);
  yield entry(`${name} by ${solver}: end`, call, decrement, status);
}

/** Objectives of linear models under every solver. */
export const solvers: Part = function* (library) {
  const { random, dataset, objective, likelihoods, penalties, losses } = library;
  const generator = random(30);
  const two = classification(generator, 200, 4, 2);
  const x = two.x.map((value, i) => value * [0.001, 1, 50, 1000][i % 4]);
  const likelihood = likelihoods.bernoulli();
  yield* one("badly scaled", objective({ data: dataset(x, two.y, { columns: 4 }), likelihood }), library);
  const five = classification(generator, 150, 3, 5);
  const data = dataset(five.x, five.y, { columns: 3 });
  const loss = losses.softmaxCrossEntropy({ classes: 5 });
  yield* one("five classes", objective({ data, loss, penalty: penalties.l2(0.01) }), library);
  const many = classification(generator, 2300, 3, 2);
  const rows = objective({ data: dataset(many.x, many.y, { columns: 3 }), likelihood });
  yield* run("many rows", rows, "common", library.optimizers.lbfgs({ preconditioner: "common" }), library);
  const wide = classification(generator, 60, 400, 2);
  const l1 = { loss: losses.binaryCrossEntropy(), penalty: penalties.l1(0.05) };
  const result = library.minimize(objective({ data: dataset(wide.x, wide.y, { columns: 400 }), ...l1 }));
  const { parameters, value, gradient, evaluations } = result;
  yield entry("wide data with L1", "minimize(objective)", parameters, value, gradient, evaluations);
};
