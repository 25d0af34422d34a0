/**
 * Every loss with every kind of target it takes: the table that the laws run over.
 *
 * @module
 */
import { type Loss, losses } from "../../src/index.js";
import * as special from "../../src/special/index.js";
import { type Draws } from "../support.js";
import { type Truth, binaryTruth, categoricalTruth, meanTruth, symmetricTruth } from "./truths.js";

export interface Subject {
  readonly name: string;
  readonly loss: Loss;
  /** Targets in a row. */
  readonly width: number;
  /** Rows that laws of one row at a time may afford. */
  readonly rows: number;
  targets(rows: number, source: Draws): Float64Array;
  /** The targets of one row over which a density sums or integrates to one, or null where there is no density. */
  readonly support: readonly number[] | "reals" | null;
  /** Scores of a number of rows, of about this size; normal without it. */
  scores?(rows: number, source: Draws, scale: number): Float64Array;
  /** Scores beyond which the curvature is too small to be told from 0; 20 without it. */
  readonly range?: number;
  /** Scores where a derivative jumps, for a target. */
  kinks?(target: number): readonly number[];
  /** Rows of scores and targets where the gradient is as long as it gets, or nearly; found on a grid without it. */
  readonly steep?: readonly (readonly [scores: readonly number[], targets: readonly number[]])[];
  /** A distribution of the targets under which the best scores are known; null where they state none. */
  truth: ((source: Draws) => Truth) | null;
  /** What a row of a class counts in a mean; 1 without it. */
  share?(target: number): number;
}

const binary = losses.binaryCrossEntropy();

/** What most subjects of one score a row have in common. */
const ONE = { width: 1, rows: 9, support: null } as const;

const zeroOrOne = (n: number, source: Draws): Float64Array => source.classes(n, 2);
const fractions = (n: number, source: Draws): Float64Array => source.uniform(n);
const reals = (n: number, source: Draws): Float64Array => source.normal(n, 2);
const counts = (n: number, source: Draws): Float64Array => source.classes(n, 6);
const positive = (n: number, source: Draws): Float64Array => source.uniform(n, 0.2, 5);

function softmax(classes: number): Subject[] {
  const loss = losses.softmaxCrossEntropy({ classes });
  const rows = classes > 100 ? 2 : 9;
  const name = `softmaxCrossEntropy of ${classes}`;
  const truth = (source: Draws): Truth => categoricalTruth(classes, source);
  const tip = (value: number): number[] => [value, ...new Array<number>(classes - 1).fill(0)];
  return [
    {
      name: `${name}, indices`,
      loss,
      width: 1,
      rows,
      targets: (n, source) => source.classes(n, classes),
      support: Array.from({ length: classes }, (_, k) => k),
      truth,
    },
    {
      name: `${name}, distributions`,
      loss,
      width: classes,
      rows,
      targets: (n, source) => source.distributions(n, classes),
      support: null,
      steep: [[tip(50), tip(1).reverse()]],
      truth,
    },
  ];
}

const classWeights = [0.5, 2, 1.25];

function softmaxVariants(): Subject[] {
  const targets = (n: number, source: Draws): Float64Array => source.classes(n, 3);
  const share = (y: number): number => classWeights[y];
  const variant = (name: string, options: object, more: Partial<Subject> = {}): Subject => ({
    ...ONE,
    name: `softmaxCrossEntropy of 3, ${name}`,
    loss: losses.softmaxCrossEntropy({ classes: 3, ...options }),
    targets,
    truth: null,
    ...more,
  });
  const distributions = (n: number, source: Draws): Float64Array => source.distributions(n, 3);
  return [
    variant("class weights", { classWeights }, { share, steep: [[[50, 0, 0], [1]]] }),
    variant("smoothed", { labelSmoothing: 0.1 }, { steep: [[[50, 0, 0], [1]]] }),
    variant("smoothed and weighted", { labelSmoothing: 0.3, classWeights }, { share, steep: [[[50, 0, 0], [1]]] }),
    variant(
      "smoothed and weighted distributions",
      { labelSmoothing: 0.3, classWeights },
      {
        width: 3,
        targets: distributions,
        steep: [
          [
            [50, 0, 0],
            [0, 1, 0],
          ],
        ],
      },
    ),
    variant(
      "even class weights",
      { classWeights: [2, 2, 2] },
      { share: () => 2, steep: [[[50, 0, 0], [1]]], truth: (source) => categoricalTruth(3, source) },
    ),
    variant(
      "an ignored index that does not come",
      { ignoredIndex: 7 },
      { steep: [[[50, 0, 0], [1]]], truth: (source) => categoricalTruth(3, source) },
    ),
  ];
}

/** Losses of a margin, with either pair of classes. */
function ofMargins(name: string, loss: Loss, more: Pick<Subject, "kinks" | "truth">): Subject[] {
  return [
    { ...ONE, name: `${name}, 0 or 1`, loss, targets: zeroOrOne, ...more },
    {
      ...ONE,
      name: `${name}, -1 or 1`,
      loss,
      targets: (n, source) => zeroOrOne(n, source).map((y) => 2 * y - 1),
      ...more,
    },
  ];
}

const clip = (p: number): number => 2 * p - 1;
const logit = (p: number): number => Math.log(p / (1 - p));

const margins: Subject[] = [
  ...ofMargins("hinge", losses.hinge(), { kinks: (y) => [y > 0 ? 1 : -1], truth: null }),
  ...ofMargins("squaredHinge", losses.squaredHinge(), {
    kinks: (y) => [y > 0 ? 1 : -1],
    truth: (source) => binaryTruth(clip, source),
  }),
  ...ofMargins("modifiedHuber", losses.modifiedHuber(), {
    kinks: () => [1, -1],
    truth: (source) => binaryTruth(clip, source),
  }),
  ...ofMargins("exponential", losses.exponential(), { truth: (source) => binaryTruth((p) => logit(p) / 2, source) }),
  ...ofMargins("focal, gamma 0", losses.focal({ gamma: 0 }), { truth: (source) => binaryTruth(logit, source) }),
  ...[0.5, 1, 2, 5].flatMap((gamma) =>
    ofMargins(`focal, gamma ${gamma}`, losses.focal({ gamma, alpha: 0.25 }), { truth: null }),
  ),
  ...ofMargins("focal, gamma 2, no alpha", losses.focal({ gamma: 2 }), { truth: null }),
];

const within01 = (n: number, source: Draws): Float64Array => source.uniform(n, 0.1, 0.9);
const identity = (p: number): number => p;

const probabilities: Subject[] = [
  ...[0.3, 5].map((positiveWeight) => ({
    ...ONE,
    name: `binaryCrossEntropy, positive weight ${positiveWeight}`,
    loss: losses.binaryCrossEntropy({ positiveWeight }),
    targets: fractions,
    steep: [[[50], [0]] as const, [[-50], [1]] as const],
    truth: null,
  })),
  {
    ...ONE,
    name: "brier, 0 or 1",
    loss: losses.brier(),
    targets: zeroOrOne,
    truth: (source) => binaryTruth(logit, source),
  },
  {
    ...ONE,
    name: "brier, fractions",
    loss: losses.brier(),
    targets: fractions,
    steep: [[[-Math.LN2], [1]]],
    truth: (source) => binaryTruth(logit, source),
  },
  {
    ...ONE,
    name: "probabilityCrossEntropy",
    loss: losses.probabilityCrossEntropy(),
    targets: fractions,
    scores: within01,
    steep: [[[0], [1]]],
    truth: (source) => binaryTruth(identity, source),
  },
  {
    ...ONE,
    name: "probabilityCrossEntropy, clamped",
    loss: losses.probabilityCrossEntropy({ clamp: 0.25 }),
    targets: fractions,
    scores: (n, source) => source.uniform(n, 0.02, 0.98),
    kinks: () => [0.25, 0.75],
    steep: [[[0.25001], [1]]],
    truth: (source) => binaryTruth(identity, source, 0.3),
  },
];

const cumulative = [-1.5, 0.25, 1];

/** What a row is under a true score: a class in order. */
function ordinalTruth(source: Draws): Truth {
  const score = source.normal(1)[0];
  const below = [...cumulative.map((t) => 1 / (1 + Math.exp(score - t))), 1];
  const probabilities = Float64Array.from(below, (p, k) => p - (k === 0 ? 0 : below[k - 1]));
  return { targets: Float64Array.of(0, 1, 2, 3), probabilities, best: Float64Array.of(score) };
}

/** Rows of scores that increase by at least a tenth. */
function increasing(rows: number, width: number, source: Draws, scale: number): Float64Array {
  const out = source.normal(rows * width, scale);
  for (let i = 0; i < rows; i++) {
    const row = out.subarray(i * width, (i + 1) * width).sort();
    for (let k = 1; k < width; k++) row[k] = Math.max(row[k], row[k - 1] + 0.1);
  }
  return out;
}

/** Classes in order, the best thresholds the logits of their shares. */
function thresholdTruth(classes: number, source: Draws): Truth {
  const { targets, probabilities } = categoricalTruth(classes, source);
  let below = 0;
  const best = probabilities.slice(1).map((_, k) => logit((below += probabilities[k])));
  return { targets, probabilities, best };
}

const links: Subject[] = [
  ...([zeroOrOne, fractions] as const).flatMap((targets): Subject[] => [
    {
      ...ONE,
      name: targets === zeroOrOne ? "probit, 0 or 1" : "probit, fractions",
      loss: losses.probit(),
      targets,
      truth: (source) => binaryTruth(special.normalQuantile, source),
    },
    {
      ...ONE,
      name: targets === zeroOrOne ? "complementaryLogLog, 0 or 1" : "complementaryLogLog, fractions",
      loss: losses.complementaryLogLog(),
      targets,
      range: 6,
      truth: (source) => binaryTruth((p) => Math.log(-Math.log1p(-p)), source),
    },
  ]),
  {
    ...ONE,
    name: "ordinal of 4",
    loss: losses.ordinal({ classes: 4, thresholds: cumulative }),
    targets: (n, source) => source.classes(n, 4),
    support: [0, 1, 2, 3],
    steep: [[[50], [0]]],
    truth: ordinalTruth,
  },
  ...[2, 4].map((classes) => ({
    ...ONE,
    name: `ordinal of ${classes}, free thresholds`,
    loss: losses.ordinal({ classes }),
    targets: (n: number, source: Draws) => source.classes(n, classes),
    support: Array.from({ length: classes }, (_, k) => k),
    scores: (n: number, source: Draws, scale: number) => increasing(n, classes - 1, source, scale),
    steep: [classes === 2 ? ([[-50], [0]] as const) : ([[0, 1e-5, 1], [1]] as const)],
    truth: (source: Draws) => thresholdTruth(classes, source),
  })),
  ...[1, 6].map((trials) => ({
    ...ONE,
    name: `binomial of ${trials}`,
    loss: losses.binomial({ trials }),
    targets: (n: number, source: Draws) => source.classes(n, trials + 1),
    steep: [[[50], [0]] as const],
    truth: (source: Draws) =>
      trials === 1
        ? binaryTruth(logit, source)
        : meanTruth(
            (n, own) => own.classes(n, 6),
            (m) => logit(m / trials),
            source,
          ),
  })),
  {
    ...ONE,
    name: "poisson, exposure",
    loss: losses.poisson({ exposure: 2.5 }),
    targets: counts,
    truth: (source) => meanTruth(counts, (m) => Math.log(m / 2.5), source),
  },
];

const regressions: Subject[] = [
  {
    ...ONE,
    name: "squaredError",
    loss: losses.squaredError(),
    targets: reals,
    support: "reals",
    truth: (source) => meanTruth(reals, identity, source),
  },
  {
    ...ONE,
    name: "gaussian",
    loss: losses.gaussian({ variance: 0.3 }),
    targets: reals,
    truth: (source) => meanTruth(reals, identity, source),
  },
  {
    ...ONE,
    name: "absoluteError",
    loss: losses.absoluteError(),
    targets: reals,
    kinks: (y) => [y],
    truth: (source) => ({ ...symmetricTruth(2, source), kinked: true }),
  },
  ...[0.1, 0.5, 0.9].map((level) => ({
    ...ONE,
    name: `quantile ${level}`,
    loss: losses.quantile({ level }),
    targets: reals,
    kinks: (y: number) => [y],
    // Of ten numbers of the same probability, the one at the level and the next are equally good: let them be the same.
    truth: (source: Draws) => {
      const targets = source.normal(10, 2).sort();
      const at = Math.round(level * 10);
      targets[at] = targets[at - 1];
      return {
        targets,
        probabilities: new Float64Array(10).fill(0.1),
        best: targets.slice(at, at + 1),
        kinked: true,
      };
    },
  })),
  ...[0.1, 1.345, 5].map((delta) => ({
    ...ONE,
    name: `huber ${delta}`,
    loss: losses.huber({ delta }),
    targets: reals,
    kinks: (y: number) => [y - delta, y + delta],
    truth: (source: Draws) => symmetricTruth(2, source),
  })),
  {
    ...ONE,
    name: "logCosh",
    loss: losses.logCosh(),
    targets: reals,
    truth: (source) => symmetricTruth(2, source),
  },
  ...[
    { df: 1, scale: 0.5 },
    { df: 4, scale: 1 },
    { df: 30, scale: 2 },
  ].map((options) => ({
    ...ONE,
    name: `studentT, ${options.df}`,
    loss: losses.studentT(options),
    targets: reals,
    steep: [[[options.scale * Math.sqrt(options.df)], [0]] as const],
    truth: (source: Draws) => symmetricTruth(0.3 * options.scale, source),
  })),
];

const mean = (kind: typeof counts) => (source: Draws) => meanTruth(kind, Math.log, source);

const positives: Subject[] = [
  { ...ONE, name: "poisson", loss: losses.poisson(), targets: counts, truth: mean(counts) },
  { ...ONE, name: "gamma", loss: losses.gamma(), targets: positive, truth: mean(positive) },
  ...[1, 1.1, 1.5, 1.9].map((power) => ({
    ...ONE,
    name: `tweedie ${power}`,
    loss: losses.tweedie({ power }),
    targets: counts,
    truth: mean(counts),
  })),
  ...[2, 3].map((power) => ({
    ...ONE,
    name: `tweedie ${power}`,
    loss: losses.tweedie({ power }),
    targets: positive,
    truth: mean(positive),
  })),
  ...[0.1, 1, 3].map((dispersion) => ({
    ...ONE,
    name: `negativeBinomial ${dispersion}`,
    loss: losses.negativeBinomial({ dispersion }),
    targets: counts,
    steep: [[[-50], [1e5]] as const],
    truth: mean(counts),
  })),
];

const several: Subject[] = [
  {
    ...ONE,
    name: "gaussianMeanVariance",
    loss: losses.gaussianMeanVariance(),
    targets: reals,
    steep: [[[1e4, 0], [0]]],
    truth(source) {
      const truth = meanTruth(reals, identity, source);
      const [m] = truth.best;
      const variance = truth.targets.reduce((sum, y, i) => sum + truth.probabilities[i] * (y - m) ** 2, 0);
      const total = truth.probabilities.reduce((a, b) => a + b, 0);
      return { ...truth, best: Float64Array.of(m, Math.log(variance / total)) };
    },
  },
  ...[1, 3, 70].map((labels) => ({
    ...ONE,
    name: `multiLabelCrossEntropy of ${labels}`,
    loss: losses.multiLabelCrossEntropy({ labels }),
    width: labels,
    targets: (n: number, source: Draws) => source.uniform(n * labels),
    steep: [[new Array<number>(labels).fill(50), new Array<number>(labels).fill(0)] as const],
    truth: (source: Draws) => {
      const one = binaryTruth(logit, source);
      const spread = (values: Float64Array): Float64Array =>
        Float64Array.from(Array.from(values).flatMap((value) => new Array<number>(labels).fill(value)));
      return { targets: spread(one.targets), probabilities: one.probabilities, best: spread(one.best) };
    },
  })),
  {
    ...ONE,
    name: "multiLabelCrossEntropy, weighted",
    loss: losses.multiLabelCrossEntropy({ labels: 2, positiveWeights: [0.5, 3] }),
    width: 2,
    targets: (n, source) => source.uniform(n * 2),
    steep: [
      [
        [50, -50],
        [0, 1],
      ],
    ],
    truth: null,
  },
];

export const subjects: readonly Subject[] = [
  {
    ...ONE,
    name: "binaryCrossEntropy, 0 or 1",
    loss: binary,
    targets: zeroOrOne,
    support: [0, 1],
    truth: (source) => binaryTruth(logit, source),
  },
  {
    ...ONE,
    name: "binaryCrossEntropy, fractions",
    loss: binary,
    targets: fractions,
    steep: [[[50], [0]]],
    truth: (source) => binaryTruth(logit, source),
  },
  ...[2, 3, 10, 65, 1100].flatMap(softmax),
  ...softmaxVariants(),
  ...margins,
  ...probabilities,
  ...links,
  ...positives,
  ...several,
  {
    ...ONE,
    name: "custom",
    loss: losses.custom({
      name: "custom",
      value: (z, y) => Math.sqrt(1 + (z - y) * (z - y)) - 1,
      gradient: (z, y) => (z - y) / Math.sqrt(1 + (z - y) * (z - y)),
      curvature: (z, y) => (1 + (z - y) * (z - y)) ** -1.5,
      traits: { convex: true, strictlyConvex: true, smooth: true, proper: true, lipschitz: 1 },
    }),
    targets: reals,
    steep: [[[1e4], [0]]],
    truth: (source) => symmetricTruth(2, source),
  },
  ...regressions,
];
