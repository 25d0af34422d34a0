import type { Loss } from "../../index.js";
import { type Entry, type Part, entry, rowwise } from "../entry.js";
import { distributions, indices, ordinary, scores, weights } from "../inputs.js";
import type { Random } from "../../index.js";

function* one(generator: Random, name: string, loss: Loss, z: Float64Array, y: Float64Array): Generator<Entry, void> {
  const { classes } = loss;
  const rows = z.length / classes;
  const w = weights(generator, rows);
  w[0] = 1;
  const call = `losses.${name.replace(/,.*/, "")}()`;
  const inputs = [
    { name: "scores", values: z, columns: classes },
    { name: "targets", values: y, columns: y.length / rows },
  ];
  const { value, gradient } = loss.valueAndGradient(z, y);
  yield entry(`${name}: value`, `${call}.value(scores, targets)`, value, loss.value(z, y, { reduction: "sum" }));
  yield rowwise(`${name}: gradient`, `${call}.valueAndGradient(scores, targets)`, gradient, inputs);
  yield rowwise(`${name}: each`, `${call}.each(scores, targets)`, loss.each(z, y), inputs);
  const weighted = [...inputs, { name: "weights", values: w, columns: 1 }];
  yield entry(`${name}: weighted value`, `${call}.value(scores, targets)`, loss.value(z, y, { weights: w }));
  const sum = loss.gradient(z, y, { weights: w, reduction: "sum" });
  yield rowwise(`${name}: weighted gradient`, `${call}.gradient(scores, targets)`, sum, weighted);
  if (classes >= 100) return;
  yield rowwise(`${name}: Hessian`, `${call}.hessian(scores, targets)`, loss.hessian(z, y, { weights: w }), weighted);
}

/** Losses of one score a row. */
export const losses: Part = function* ({ random, losses, likelihoods }) {
  const generator = random(5);
  for (const n of [1, 3, 64, 65, 1000, 10_001]) {
    const z = scores(generator, n);
    const binary = losses.binaryCrossEntropy();
    yield* one(generator, `binaryCrossEntropy, ${n} rows`, binary, z, indices(generator, n, 2));
    const fractions = Float64Array.from({ length: n }, () => generator.uniform());
    yield* one(generator, `binaryCrossEntropy, ${n} rows of fractions`, binary, z, fractions);
    yield* one(generator, `squaredError, ${n} rows`, losses.squaredError(), z, ordinary(generator, n));
  }
  for (const [classes, n] of [
    [2, 100],
    [3, 1000],
    [10, 2001],
    [64, 130],
    [65, 100],
    [1100, 7],
  ] as const) {
    const loss = losses.softmaxCrossEntropy({ classes });
    const z = scores(generator, n * classes);
    const name = `softmaxCrossEntropy, ${n}`;
    yield* one(generator, `${name} rows of ${classes}`, loss, z, indices(generator, n, classes));
    const q = distributions(generator, n, classes);
    yield* one(generator, `${name} distributions over ${classes}`, loss, z, q);
  }
  const z = scores(generator, 100);
  const bernoulli = likelihoods.bernoulli().logDensity(z, indices(generator, 100, 2));
  yield entry("bernoulli: log density", "likelihoods.bernoulli().logDensity(scores, targets)", bernoulli);
  const gaussian = likelihoods.gaussian({ sd: 0.7 }).logDensity(z, ordinary(generator, 100));
  yield entry("gaussian: log density", "likelihoods.gaussian({ sd }).logDensity(scores, targets)", gaussian);
  const categorical = likelihoods.categorical({ classes: 4 }).logDensity(z, indices(generator, 25, 4));
  yield entry(
    "categorical: log density",
    "likelihoods.categorical({ classes }).logDensity(scores, targets)",
    categorical,
  );
};
