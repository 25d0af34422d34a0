import type { Loss, Random } from "../../index.js";
import { type Entry, type Library, type Part, entry, rowwise } from "../entry.js";
import { distributions, indices, ordinary, scores, weights } from "../inputs.js";

/** A loss under its name, with its scores and targets of n rows. */
interface Case {
  readonly name: string;
  readonly loss: Loss;
  readonly targets: (random: Random, n: number) => Float64Array;
  readonly scores?: (random: Random, n: number) => Float64Array;
  /** It is also fitted. */
  readonly fit?: true;
}

const fractions = (random: Random, n: number): Float64Array => Float64Array.from({ length: n }, () => random.uniform());
const classes = (random: Random, n: number): Float64Array => indices(random, n, 2);
const counts = (random: Random, n: number): Float64Array => indices(random, n, 7);
const positive = (random: Random, n: number): Float64Array => fractions(random, n).map((u) => 3 * u + 0.125);
const threeClasses = (random: Random, n: number): Float64Array => indices(random, n, 3);

const softmax = {
  classWeights: [0.5, 2, 1.25],
  labelSmoothing: 0.1,
  ignoredIndex: 0,
};

function cases({ losses }: Library): readonly Case[] {
  return [
    { name: "absoluteError", loss: losses.absoluteError(), targets: ordinary },
    { name: "huber", loss: losses.huber({ delta: 1.345 }), targets: ordinary, fit: true },
    { name: "logCosh", loss: losses.logCosh(), targets: ordinary, fit: true },
    { name: "quantile", loss: losses.quantile({ level: 0.1 }), targets: ordinary },
    { name: "studentT", loss: losses.studentT({ df: 4, scale: 1.5 }), targets: ordinary },
    { name: "gaussian", loss: losses.gaussian({ variance: 0.3 }), targets: ordinary },
    { name: "hinge", loss: losses.hinge(), targets: classes },
    { name: "squaredHinge", loss: losses.squaredHinge(), targets: classes, fit: true },
    { name: "modifiedHuber", loss: losses.modifiedHuber(), targets: classes, fit: true },
    { name: "exponential", loss: losses.exponential(), targets: classes, fit: true },
    { name: "brier", loss: losses.brier(), targets: fractions },
    { name: "focal", loss: losses.focal({ gamma: 1.7, alpha: 0.25 }), targets: classes },
    {
      name: "binaryCrossEntropy, positive weight",
      loss: losses.binaryCrossEntropy({ positiveWeight: 3 }),
      targets: fractions,
      fit: true,
    },
    {
      name: "probabilityCrossEntropy",
      loss: losses.probabilityCrossEntropy(),
      targets: fractions,
      scores: fractions,
    },
    { name: "poisson", loss: losses.poisson(), targets: counts, fit: true },
    { name: "gamma", loss: losses.gamma(), targets: positive, fit: true },
    { name: "tweedie", loss: losses.tweedie({ power: 1.3 }), targets: counts, fit: true },
    { name: "negativeBinomial", loss: losses.negativeBinomial({ dispersion: 0.7 }), targets: counts, fit: true },
    {
      name: "custom",
      loss: losses.custom({
        name: "pseudoHuber",
        value: (z, y) => Math.sqrt(1 + (z - y) * (z - y)) - 1,
        gradient: (z, y) => (z - y) / Math.sqrt(1 + (z - y) * (z - y)),
        curvature: (z, y) => 1 / ((1 + (z - y) * (z - y)) * Math.sqrt(1 + (z - y) * (z - y))),
        traits: { convex: true },
      }),
      targets: ordinary,
      fit: true,
    },
    {
      name: "multiLabelCrossEntropy",
      loss: losses.multiLabelCrossEntropy({ labels: 3, positiveWeights: [1, 2, 0.5] }),
      targets: (random, n) => fractions(random, 3 * n),
      fit: true,
    },
    { name: "gaussianMeanVariance", loss: losses.gaussianMeanVariance(), targets: ordinary },
    {
      name: "softmaxCrossEntropy, options",
      loss: losses.softmaxCrossEntropy({ classes: 3, ...softmax }),
      targets: threeClasses,
      fit: true,
    },
    {
      name: "softmaxCrossEntropy, options and distributions",
      loss: losses.softmaxCrossEntropy({ classes: 3, ...softmax }),
      targets: (random, n) => distributions(random, n, 3),
    },
    { name: "probit", loss: losses.probit(), targets: fractions },
    { name: "complementaryLogLog", loss: losses.complementaryLogLog(), targets: fractions },
    { name: "ordinal", loss: losses.ordinal({ classes: 3, thresholds: [-1, 0.5] }), targets: threeClasses },
    { name: "binomial", loss: losses.binomial({ trials: 6 }), targets: counts },
  ];
}

/** Losses that run in the twin wherever the data live: values, derivatives, and fits of those that are convex. */
export const moreLosses: Part = function* (library) {
  let stream = 0;
  for (const one of cases(library)) yield* entriesOf(library, one, library.random(41, stream++));
  const at = { scores: [0.5, -2, 3], targets: [0, 1, 2] };
  const { gradient, hessian } = library.checkGradient(library.losses.logCosh(), at);
  const call = "checkGradient(loss, { scores, targets })";
  yield entry("checkGradient of a loss", call, gradient.expected, ...gradient.at, hessian.expected, ...hessian.at);
};

function* entriesOf(library: Library, { name, loss, targets, ...one }: Case, random: Random): Generator<Entry, void> {
  const n = 331;
  const full = name.includes(",") ? name : `${name}, ${n} rows`;
  const call = `losses.${name.replace(/,.*/, "")}()`;
  const z = (one.scores ?? scores)(random, n * loss.classes);
  const y = targets(random, n);
  const w = weights(random, n);
  const inputs = [
    { name: "scores", values: z, columns: loss.classes },
    { name: "targets", values: y, columns: y.length / n },
  ];
  yield rowwise(`${full}: each`, `${call}.each(scores, targets)`, loss.each(z, y), inputs);
  const { value, gradient } = loss.valueAndGradient(z, y, { weights: w, reduction: "sum" });
  const weighted = [...inputs, { name: "weights", values: w, columns: 1 }];
  yield rowwise(`${full}: gradient`, `${call}.gradient(scores, targets)`, gradient, weighted);
  const sums = [value, loss.value(z, y), loss.value(z, y, { weights: w })];
  yield entry(`${full}: sums and Hessian`, `${call}.hessian(scores, targets)`, ...sums, loss.hessian(z, y));
  if (one.fit === undefined) return;
  const data = library.dataset(ordinary(random, 3 * n), y, { columns: 3, weights: w });
  const { coefficients, intercept, objective, status } = library.erm({
    data,
    loss,
    penalty: library.penalties.l2(0.01),
  });
  yield entry(`${full}: fit`, `erm({ data, loss: ${call}, penalty })`, coefficients, intercept, objective, status);
}
