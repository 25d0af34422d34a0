/**
 * Every public entry point with a valid call: what hostile arguments are put in place of, one at a time. An export that is
 * missing here fails the test.
 *
 * @module
 */
import * as library from "../../src/index.js";
import * as special from "../../src/special/index.js";
import { compile } from "../../src/backend/wasm/compile.js";
import { firstDifference, inspect, verifier } from "../../src/verify/index.js";

/** A function with arguments it takes; options among them are also tried name by name. */
export interface Entry {
  readonly call: (...values: never[]) => unknown;
  /** Fresh valid arguments. */
  readonly valid: () => unknown[];
  /** Options whose names are all there, by the position of the argument: tried one name at a time. */
  readonly options?: Readonly<Record<number, () => Record<string, unknown>>>;
  /** Arguments that may be any value: labels, JSON that is stored, callbacks. */
  readonly async?: true;
}

const { losses, likelihoods, metrics, priors, penalties, models, optimizers, distributions, random, backend } = library;

const x = (): Float64Array => Float64Array.of(0.5, -1, 2, 0.25, 3, -2);
const X = (): number[][] => [
  [1, 2],
  [3, -4],
  [-5, 6],
  [7, 8.5],
  [0, 1],
  [2, 2],
];
const labels = (): string[] => ["a", "b", "a", "b", "b", "a"];
const y = (): number[] => [0, 1, 0, 1, 1, 0];
const weights = (): number[] => [1, 2, 0.5, 1, 1, 0];
const data = (): library.Dataset => library.dataset(X(), y());
const networkObjective = (): library.Objective =>
  library.objective({ data: data(), model: models.mlp({ hidden: [3] }), loss: losses.binaryCrossEntropy() });

const dataOptions = (): Record<string, unknown> => ({
  columns: undefined,
  weights: weights(),
  offset: [0.1, 0.2, 0.3, 0, 0, 0],
  names: ["p", "q"],
  standardize: true,
  storage: "float64",
});
const minimizeOptions = (size: number) => (): Record<string, unknown> => ({
  optimizer: optimizers.lbfgs(),
  start: new Float64Array(size),
  tolerance: 1e-8,
  maxIterations: 5,
  onProgress: () => {},
});
const fitOptions = (size: number) => (): Record<string, unknown> => ({
  ...dataOptions(),
  ...minimizeOptions(size)(),
  prior: priors.normal({ sd: 2 }),
  intercept: true,
});

const stochasticOptions = (name: string): Record<string, unknown> => ({
  ...{ batchSize: 2, seed: 1, epochs: 3, averageFrom: 1, clipNorm: 1, clipValue: 1, validation: 0.2, patience: 2 },
  ...(name !== "ftrl" && { learningRate: 0.1 }),
  ...(name === "sgd" && { momentum: 0.5, dampening: 0, nesterov: true }),
  ...(name === "adagrad" && { initialAccumulator: 0.1, epsilon: 1e-8 }),
  ...(name === "rmsprop" && { smoothing: 0.9, momentum: 0.5, centered: true, epsilon: 1e-8 }),
  ...(name.startsWith("adam") && { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, amsgrad: true }),
  ...(name === "adamw" && { weightDecay: 0.1 }),
  ...(name === "ftrl" && { alpha: 0.1, beta: 1, l1: 0.1, l2: 0.1 }),
});

const onlineOptions = (): library.OnlineOptions => ({
  names: ["p", "q"],
  likelihood: likelihoods.bernoulli(),
  classes: ["a", "b"],
});

const bayesianOptions = (): library.BayesianOnlineOptions => ({
  names: ["p", "q"],
  prior: priors.normal({ sd: 1, intercept: { sd: 1 } }),
  classes: ["a", "b"],
});

const bowl = (): Record<string, unknown> => ({
  size: 2,
  totalWeight: 1,
  convex: true,
  value: ([a, b]: Float64Array) => a * a + b * b,
  gradient: ([a, b]: Float64Array, out: Float64Array) => {
    out[0] = 2 * a;
    out[1] = 2 * b;
  },
});

const kinked = (): Record<string, unknown> => ({
  ...bowl(),
  hessian: (_: Float64Array, out: Float64Array) => out.set([2, 0, 2]),
  prox: { rate: [1, 1], center: [0, 1] },
});

const elementwise = (name: "exp"): [string, Entry] => [
  name,
  { call: library[name], valid: () => [x()], options: { 1: () => ({ out: new Float64Array(6) }) } },
];

/** Functions of one number take arrays too, those of several numbers not. */
const specialEntries = (): [string, Entry][] =>
  Object.entries(special).map(([name, call]) => [
    `special.${name}`,
    /^(pow|gamma[PQ]|beta|logBeta|student|chi|f[A-Z])/.test(name)
      ? { call: call as Entry["call"], valid: () => Array.from({ length: call.length }, () => 0.5) }
      : { call: call as Entry["call"], valid: () => [x()], options: { 1: () => ({ out: new Float64Array(6) }) } },
  ]);

const lossEntries = (name: string, make: () => library.Loss, z: () => unknown, t: () => unknown): [string, Entry][] => {
  const lossOptions = (): Record<string, unknown> => ({ weights: [1, 2, 3], reduction: "sum" });
  const size = (z() as Float64Array).length;
  const outOptions = (): Record<string, unknown> => ({ ...lossOptions(), out: new Float64Array(size) });
  const loss = make();
  const entry = (call: Entry["call"], options?: () => Record<string, unknown>): Entry => ({
    call,
    valid: () => [z(), t()],
    ...(options && { options: { 2: options } }),
  });
  return [
    [`losses.${name}().value`, entry(loss.value, lossOptions)],
    [`losses.${name}().gradient`, entry(loss.gradient, outOptions)],
    [`losses.${name}().valueAndGradient`, entry(loss.valueAndGradient, outOptions)],
    [`losses.${name}().hessian`, entry(loss.hessian, lossOptions)],
    [`losses.${name}().each`, entry(loss.each)],
  ];
};

const likelihoodEntries = (
  name: string,
  likelihood: library.Likelihood,
  z: () => unknown,
  t: () => unknown,
): [string, Entry][] => {
  const options = { 2: () => ({ dispersion: 1 }) };
  return [
    [`likelihoods.${name}().logDensity`, { call: likelihood.logDensity, valid: () => [z(), t()], options }],
    [
      `likelihoods.${name}().constant`,
      { call: likelihood.constant, valid: () => [t()], options: { 1: () => ({ dispersion: 1 }) } },
    ],
    [`likelihoods.${name}().mean`, { call: likelihood.mean, valid: () => [z()] }],
    [
      `likelihoods.${name}().variance`,
      { call: likelihood.variance, valid: () => [z()], options: { 1: () => ({ dispersion: 1 }) } },
    ],
    [`likelihoods.${name}().sample`, { call: likelihood.sample, valid: () => [z(), random(1)], options }],
  ];
};

/** Metrics by what they take: numbers, labels, or probabilities beside labels; with what they need. */
const METRICS: Readonly<Record<string, readonly [predictions: () => unknown, extra?: Record<string, unknown>]>> = {
  ...Object.fromEntries(
    ["meanSquaredError", "rootMeanSquaredError", "meanAbsoluteError"].map((name) => [name, [x]] as const),
  ),
  medianAbsoluteError: [x, {}],
  maximumError: [x, {}],
  r2: [x, { whenUndefined: 0 }],
  explainedVariance: [x, { whenUndefined: 0 }],
  pinballLoss: [x, { level: 0.3 }],
  meanAbsolutePercentageError: [x],
  poissonDeviance: [() => [1, 2, 3, 1, 2, 3]],
  gammaDeviance: [() => [1, 2, 3, 1, 2, 3]],
  tweedieDeviance: [() => [1, 2, 3, 1, 2, 3], { power: 1.5 }],
  confusionMatrix: [y, { classes: [0, 1] }],
  accuracy: [y, { classes: [0, 1] }],
  balancedAccuracy: [y, { classes: [0, 1] }],
  precision: [y, { classes: [0, 1], whenUndefined: 0, average: "macro" }],
  recall: [y, { classes: [0, 1], whenUndefined: 0, average: "macro" }],
  f1: [y, { classes: [0, 1], whenUndefined: 0, average: "macro" }],
  matthewsCorrelation: [y, { classes: [0, 1], whenUndefined: 0 }],
  cohenKappa: [y, { classes: [0, 1], whenUndefined: 0 }],
  rocCurve: [x, { classes: [0, 1] }],
  rocAuc: [x, { classes: [0, 1] }],
  precisionRecallCurve: [x, { classes: [0, 1] }],
  averagePrecision: [x, { classes: [0, 1] }],
  logLoss: [() => [0.1, 0.7, 0.2, 0.9, 0, 1], { classes: [0, 1] }],
  brierScore: [() => [0.1, 0.7, 0.2, 0.9, 0, 1], { classes: [0, 1] }],
  topAccuracy: [() => [0.1, 0.7, 0.2, 0.9, 0, 1], { classes: [0, 1], k: 1 }],
  calibrationCurve: [() => [0.1, 0.7, 0.2, 0.9, 0, 1], { classes: [0, 1], bins: 4, of: "confidence" }],
  expectedCalibrationError: [() => [0.1, 0.7, 0.2, 0.9, 0, 1], { classes: [0, 1], bins: 4, of: "positive" }],
  maximumCalibrationError: [() => [0.1, 0.7, 0.2, 0.9, 0, 1], { classes: [0, 1], bins: 4, of: "positive" }],
};

const metricEntries = (): [string, Entry][] =>
  Object.entries(METRICS).map(([name, [predictions, extra]]) => {
    const call = metrics[name as "r2"] as Entry["call"];
    const targets = /Deviance|Percentage/.test(name) ? (): number[] => [1, 2, 1, 3, 1, 2] : y;
    const needed = /pinball|tweedie|topAccuracy/.test(name) ? [extra] : [];
    const valid = (): unknown[] => [predictions(), targets(), ...needed.map((options) => ({ ...options }))];
    if (call.length < 3) return [`metrics.${name}`, { call, valid }];
    return [`metrics.${name}`, { call, valid, options: { 2: () => ({ weights: weights(), ...extra }) } }];
  });

/** The distributions of numbers, each with all its options. */
const DISTRIBUTIONS: Readonly<Record<string, () => Record<string, unknown>>> = {
  bernoulli: () => ({ probability: 0.3 }),
  beta: () => ({ alpha: 0.5, beta: 3 }),
  betaBinomial: () => ({ trials: 5, alpha: 2, beta: 3 }),
  binomial: () => ({ trials: 5, probability: 0.3 }),
  categorical: () => ({ probabilities: [0.2, 0.5, 0.3] }),
  cauchy: () => ({ location: 1, scale: 2 }),
  chiSquared: () => ({ df: 3 }),
  dirichlet: () => ({ alpha: [0.5, 2, 3] }),
  exponential: () => ({ rate: 2 }),
  f: () => ({ d1: 3, d2: 7 }),
  gamma: () => ({ shape: 3, rate: 2 }),
  geometric: () => ({ probability: 0.3 }),
  halfCauchy: () => ({ scale: 2 }),
  halfNormal: () => ({ scale: 2 }),
  inverseGamma: () => ({ shape: 3, scale: 2 }),
  laplace: () => ({ location: 1, scale: 2 }),
  logNormal: () => ({ meanLog: 1, sdLog: 2 }),
  logistic: () => ({ location: 1, scale: 2 }),
  lomax: () => ({ shape: 3, scale: 2 }),
  negativeBinomial: () => ({ mean: 3, dispersion: 2 }),
  normal: () => ({ mean: 1, sd: 2 }),
  normalInverseGamma: () => ({ mean: 1, kappa: 2, shape: 3, scale: 4 }),
  poisson: () => ({ rate: 2 }),
  studentT: () => ({ df: 3, location: 1, scale: 2 }),
  uniform: () => ({ min: 1, max: 2 }),
};

/** Values that a distribution fits, and the prior that it takes. */
const FITTED: Readonly<Record<string, readonly [values: () => number[], prior?: () => unknown]>> = {
  bernoulli: [y, () => distributions.beta({ alpha: 1, beta: 2 })],
  beta: [() => [0.1, 0.5, 0.3, 0.4, 0.9, 0.2], () => ({ alpha: distributions.exponential({ rate: 1 }) })],
  binomial: [y, () => distributions.beta({ alpha: 1, beta: 2 })],
  categorical: [y, () => distributions.dirichlet({ alpha: [1, 2, 3] })],
  exponential: [() => [1, 2, 3, 4, 5, 0.5], () => distributions.gamma({ shape: 1, rate: 2 })],
  gamma: [() => [1, 2, 3, 4, 5, 0.5], () => ({ shape: distributions.exponential({ rate: 1 }) })],
  laplace: [() => [1, 2, 3, 4, 5, 0.5], () => ({ location: distributions.normal({ mean: 1, sd: 2 }) })],
  negativeBinomial: [() => [1, 2, 0, 9, 5, 1], () => ({ mean: distributions.exponential({ rate: 1 }) })],
  normal: [
    () => [1, 2, 3, 4, 5, 0.5],
    () => distributions.normalInverseGamma({ mean: 1, kappa: 2, shape: 3, scale: 4 }),
  ],
  poisson: [() => [1, 2, 0, 9, 5, 1], () => distributions.gamma({ shape: 1, rate: 2 })],
  studentT: [() => [1, 2, 3, 4, 50, 0.5], () => ({ scale: distributions.exponential({ rate: 1 }) })],
};

const distributionFits = (): [string, Entry][] =>
  Object.entries(FITTED).map(([name, [values, prior]]) => {
    const { fit } = distributions[name as "normal"];
    const extra = { binomial: { trials: 3 }, studentT: { df: 3 }, categorical: { classes: 3 } }[name];
    const more = name === "binomial" ? [extra] : [];
    const options = (): Record<string, unknown> => ({ weights: weights(), ...(prior && { prior: prior() }), ...extra });
    return [`distributions.${name}.fit`, { call: fit, valid: () => [values(), ...more], options: { 1: options } }];
  });

const distributionEntries = (): [string, Entry][] =>
  Object.entries(DISTRIBUTIONS).flatMap(([name, options]) => {
    const make = distributions[name as "normal"] as (given: unknown) => library.Distribution;
    const made = make(options());
    const ofNumbers = (["logDensity", "density", "cdf", "survival", "quantile", "upperQuantile"] as const).flatMap(
      (key): [string, Entry][] =>
        made[key] === undefined || name === "dirichlet" || name === "normalInverseGamma"
          ? []
          : [
              [
                `distributions.${name}().${key}`,
                { call: made[key], valid: () => [x()], options: { 1: () => ({ out: new Float64Array(6) }) } },
              ],
            ],
    );
    return [
      [`distributions.${name}`, { call: make as Entry["call"], valid: () => [options()], options: { 0: options } }],
      ...ofNumbers,
      [`distributions.${name}().sample`, { call: made.sample as Entry["call"], valid: () => [random(1), 3] }],
    ];
  });

const three = (): Float64Array => Float64Array.of(0.5, -1, 2);

/** A loss that takes nothing. */
const bareLoss = (name: string): [string, Entry] => [
  `losses.${name}`,
  { call: losses[name as "hinge"], valid: () => [] },
];

/** A loss that takes options. */
const lossMaker = (name: string, make: (options: never) => library.Loss, options: object): [string, Entry] => [
  `losses.${name}`,
  { call: make, valid: () => [{ ...options }], options: { 0: () => ({ ...options }) } },
];

const softmaxOptions = (): Record<string, unknown> => ({
  classes: 2,
  classWeights: [1, 2],
  labelSmoothing: 0.1,
  ignoredIndex: -1,
});

const quartic = (): Record<string, unknown> => ({
  name: "quartic",
  value: (z: number, y: number) => (z - y) * (z - y) * (z - y) * (z - y),
  gradient: (z: number, y: number) => 4 * (z - y) * (z - y) * (z - y),
  curvature: (z: number, y: number) => 12 * (z - y) * (z - y),
  traits: { convex: true, strictlyConvex: false, smooth: true, proper: false, lipschitz: Infinity },
  separable: false,
  domain: { has: (y: number) => y > -1, text: "a number > -1" },
});

/** Losses of one score a row, with targets that they take. */
const takers: Readonly<Record<string, [() => library.Loss, number[]]>> = {
  absoluteError: [losses.absoluteError, [0, 10, -0.5]],
  brier: [losses.brier, [0, 1, 0.5]],
  custom: [() => losses.custom(quartic() as never), [0, 1, 2]],
  exponential: [losses.exponential, [0, 1, 1]],
  focal: [() => losses.focal({ gamma: 2 }), [0, 1, 1]],
  gamma: [losses.gamma, [1, 2, 0.5]],
  gaussian: [() => losses.gaussian({ variance: 2 }), [0, 10, -0.5]],
  hinge: [losses.hinge, [-1, 1, 1]],
  huber: [() => losses.huber({ delta: 1 }), [0, 10, -0.5]],
  logCosh: [losses.logCosh, [0, 10, -0.5]],
  modifiedHuber: [losses.modifiedHuber, [-1, 1, 1]],
  negativeBinomial: [() => losses.negativeBinomial({ dispersion: 1 }), [0, 3, 1]],
  poisson: [losses.poisson, [0, 3, 1]],
  probabilityCrossEntropy: [() => losses.probabilityCrossEntropy({ clamp: 0.1 }), [0, 1, 0.5]],
  binomial: [() => losses.binomial({ trials: [4, 3, 1] }), [0, 3, 1]],
  complementaryLogLog: [losses.complementaryLogLog, [0, 1, 0.5]],
  ordinal: [() => losses.ordinal({ classes: 4, thresholds: [-1, 0, 1] }), [0, 3, 1]],
  probit: [losses.probit, [0, 1, 0.5]],
  quantile: [() => losses.quantile({ level: 0.3 }), [0, 10, -0.5]],
  squaredHinge: [losses.squaredHinge, [0, 1, 1]],
  studentT: [() => losses.studentT({ df: 4, scale: 1 }), [0, 10, -0.5]],
  tweedie: [() => losses.tweedie({ power: 1.5 }), [0, 3, 1]],
  "binaryCrossEntropy with a positive weight": [() => losses.binaryCrossEntropy({ positiveWeight: 2 }), [0, 1, 0.5]],
};

const likelihoodMaker = (
  name: string,
  make: (options: never) => library.Likelihood,
  options: object,
): [string, Entry] => [
  `likelihoods.${name}`,
  { call: make, valid: () => [{ ...options }], options: { 0: () => ({ ...options }) } },
];

const ownLikelihood = (): Record<string, unknown> => ({
  name: "shifted",
  loss: losses.absoluteError(),
  constant: () => Math.LN2,
  dispersion: 1,
  link: "identity",
  mean: (z: number) => z,
  variance: () => 2,
  draw: (z: number, _phi: number, own: library.Random) => z + own.uniform(),
  domain: { has: (y: number) => y > -1, text: "a number > -1" },
});

const ownPenalty = (): Record<string, unknown> => ({
  ...{ name: "half a square", value: (r: number) => 0.5 * r * r, gradient: (r: number) => r, curvature: () => 1 },
  ...{ convex: true, mean: [1, 2], intercept: { mean: 1 } },
});
const ownPrior = (): Record<string, unknown> => ({ ...ownPenalty(), constant: 0.5 * Math.log(2 * Math.PI) });

const ownModel = (): Record<string, unknown> => ({
  name: "constant",
  size: (_columns: number, outputs: number) => outputs,
  scores: (parameters: Float64Array, _features: Float64Array, out: Float64Array) => out.set(parameters),
  gradient(_parameters: Float64Array, _features: Float64Array, slopes: Float64Array, out: Float64Array) {
    for (let k = 0; k < out.length; k++) out[k]! += slopes[k]!;
  },
  hessian: () => {},
  hessianVector: () => {},
  start: (_columns: number, outputs: number) => new Float64Array(outputs),
});

/** Likelihoods of one score a row, with targets that they take. */
const families: Readonly<Record<string, [library.Likelihood, number[]]>> = {
  asymmetricLaplace: [likelihoods.asymmetricLaplace({ level: 0.3, scale: 1 }), [0, 10, -0.5]],
  "bernoulli, probit": [likelihoods.bernoulli({ link: "probit" }), [0, 1, 1]],
  "bernoulli, complementary log-log": [likelihoods.bernoulli({ link: "complementaryLogLog" }), [0, 1, 1]],
  binomial: [likelihoods.binomial({ trials: 4 }), [0, 4, 2]],
  "binomial by rows": [likelihoods.binomial({ trials: [1, 4, 2] }), [0, 4, 2]],
  custom: [likelihoods.custom(ownLikelihood() as never), [0, 1, 2]],
  gamma: [likelihoods.gamma({ shape: 1 }), [1, 2, 0.5]],
  huber: [losses.huber({ delta: 1 }).likelihood!, [0, 10, -0.5]],
  laplace: [likelihoods.laplace({ scale: 1 }), [0, 10, -0.5]],
  logCosh: [losses.logCosh().likelihood!, [0, 10, -0.5]],
  negativeBinomial: [likelihoods.negativeBinomial({ dispersion: 1 }), [0, 3, 1]],
  ordinal: [likelihoods.ordinal({ classes: 3, thresholds: [-1, 1] }), [0, 1, 2]],
  poisson: [likelihoods.poisson(), [0, 3, 1]],
  "poisson by rows": [likelihoods.poisson({ exposure: [1, 2, 3] }), [0, 3, 1]],
  studentT: [likelihoods.studentT({ df: 4, scale: 1 }), [0, 10, -0.5]],
  tweedie: [likelihoods.tweedie({ power: 3, dispersion: 1 }), [1, 3, 0.5]],
};

function objectiveEntries(): [string, Entry][] {
  const target = library.objective({ data: data(), loss: losses.binaryCrossEntropy() });
  const byLikelihood = library.objective({ data: data(), likelihood: likelihoods.gaussian() });
  const theta = (): Float64Array => three();
  const withOut = (): unknown[] => [theta(), new Float64Array(3)];
  return [
    ["objective().value", { call: target.value, valid: () => [theta()] }],
    ["objective().gradient", { call: target.gradient, valid: withOut }],
    ["objective().valueAndGradient", { call: target.valueAndGradient, valid: withOut }],
    ["objective().evaluate", { call: target.evaluate, valid: withOut }],
    ["objective().hessian", { call: target.hessian, valid: () => [theta()] }],
    ["objective().hessianVector", { call: target.hessianVector, valid: () => [theta(), theta(), new Float64Array(3)] }],
    ["objective().dataTerm", { call: target.dataTerm, valid: () => [theta()] }],
    ["objective().constant", { call: () => byLikelihood.dataTerm(theta()), valid: () => [] }],
  ];
}

function diagnosticEntries(): [string, Entry][] {
  const { conditioning, convexity, convexityAlong, findMinima, saturation } = library.diagnostics;
  const target = (): library.Objective => library.objective({ data: data(), loss: losses.brier() });
  const at = (): Record<string, unknown> => ({ scores: three(), targets: [0, 1, 1], share: 0.1 });
  const search = (): Record<string, unknown> => ({
    starts: 2,
    spread: 1,
    seed: 1,
    optimizer: optimizers.newton(),
    maxIterations: 5,
  });
  return [
    ["diagnostics.conditioning", { call: conditioning as never, valid: () => [target(), three()] }],
    ["diagnostics.convexity", { call: convexity as never, valid: () => [target(), three()] }],
    [
      "diagnostics.convexityAlong",
      {
        call: convexityAlong as never,
        valid: () => [target(), new Float64Array(3), three()],
        options: { 3: () => ({ points: 5 }) },
      },
    ],
    [
      "diagnostics.findMinima",
      { call: findMinima as never, valid: () => [target(), search()], options: { 1: search } },
    ],
    ["diagnostics.saturation", { call: saturation as never, valid: () => [losses.brier(), at()], options: { 1: at } }],
  ];
}

function fitEntries(): [string, Entry][] {
  const fit = library.logisticRegression(X(), labels(), { prior: priors.normal({ sd: 1 }) });
  const numbers = library.linearRegression(X(), y());
  const rows = (): unknown[] => [X()];
  return [
    ["fit.scores", { call: fit.scores, valid: rows }],
    ["fit.predict", { call: fit.predict, valid: rows }],
    ["fit.predict of numbers", { call: numbers.predict, valid: rows }],
    [
      "fit.predict with an exposure",
      {
        call: library.poissonRegression(X(), y(), { exposure: [1, 2, 3, 4, 5, 6], prior: priors.normal({ sd: 1 }) })
          .predict as Entry["call"],
        valid: () => [X(), { exposure: [1, 2, 3, 4, 5, 6] }],
        options: { 1: () => ({ exposure: [1, 2, 3, 4, 5, 6], offset: new Float64Array(6) }) },
      },
    ],
    ["fit.predictProbabilities", { call: fit.predictProbabilities, valid: rows }],
    ["fit.summary", { call: fit.summary, valid: () => [] }],
    ["fit.toJSON", { call: fit.toJSON as Entry["call"], valid: () => [] }],
  ];
}

function selections(): [string, Entry][] {
  const { crossValidate, folds, regularizationPath, selectPenalty, linearRegression } = library;
  const path = (): Record<string, unknown> => ({
    ...dataOptions(),
    intercept: true,
    likelihood: likelihoods.gaussian(),
    loss: undefined,
    alpha: 0.5,
    values: 4,
    ratio: 0.1,
    classes: undefined,
    tolerance: 1e-8,
    maxIterations: 5,
    onProgress: () => {},
  });
  const divided = (): Record<string, unknown> => ({
    folds: 2,
    seed: 3,
    stratify: undefined,
    groups: ["a", "b", "c", "a", "b", "c"],
  });
  return [
    ["folds", { call: folds, valid: () => [6], options: { 1: divided } }],
    ["regularizationPath", { call: regularizationPath, valid: () => [X(), y(), { values: 4 }], options: { 2: path } }],
    [
      "selectPenalty",
      {
        call: selectPenalty,
        valid: () => [X(), y(), { values: 4 }],
        options: { 2: () => ({ values: 4, ...divided(), metric: losses.absoluteError() }) },
      },
    ],
    [
      "crossValidate",
      {
        call: crossValidate as Entry["call"],
        valid: () => [linearRegression, X(), y()],
        options: {
          3: () => ({ ...dataOptions(), weights: [1, 2, 0.5, 1, 1, 3] }),
          4: () => ({ ...divided(), metric: losses.absoluteError() }),
        },
      },
    ],
  ];
}

function lossRegressions(): [string, Entry][] {
  const { linearSVM, quantileRegression, robustRegression } = library;
  const options = (smooth: boolean): Record<string, unknown> => ({
    ...fitOptions(3)(),
    prior: undefined,
    optimizer: smooth ? optimizers.newton() : optimizers.interiorPoint(),
    penalty: penalties.l2(1),
  });
  return [
    [
      "linearSVM",
      {
        call: linearSVM,
        valid: () => [X(), labels()],
        options: { 2: () => ({ ...options(false), loss: "hinge", classes: ["b", "a"] }) },
      },
    ],
    [
      "quantileRegression",
      {
        call: quantileRegression,
        valid: () => [X(), y()],
        options: { 2: () => ({ ...options(false), level: 0.3 }) },
      },
    ],
    [
      "robustRegression",
      {
        call: robustRegression,
        valid: () => [X(), y()],
        options: { 2: () => ({ ...options(true), loss: "huber", delta: 2, scale: 1, df: undefined }) },
      },
    ],
  ];
}

const network = (): library.NetworkFit => library.mlp(X(), labels(), { hidden: [3], epochs: 2 });

function networkEntries(): [string, Entry][] {
  const shape = { hidden: [3], activation: "relu", initialization: "he", seed: 2, targets: "classes" };
  const run = { epochs: 2, batchSize: 3, learningRate: 0.01, validation: 0.3, patience: 1 };
  const prior = priors.normal({ sd: 2 });
  const json = (): Record<string, unknown> => JSON.parse(JSON.stringify(network())) as Record<string, unknown>;
  return [
    [
      "mlp",
      {
        call: library.mlp,
        valid: () => [X(), labels(), { hidden: [3], epochs: 2 }],
        options: {
          2: () => ({
            ...dataOptions(),
            tolerance: 1e-8,
            maxIterations: 5,
            onProgress: () => {},
            ...shape,
            ...run,
            prior,
            classes: ["b", "a"],
          }),
        },
      },
    ],
    [
      "mlp().predictInto",
      { call: network().predictInto as Entry["call"], valid: () => [Float64Array.of(1, 2, 3, 4), new Float64Array(2)] },
    ],
    [
      "fitFromJSON, network",
      { call: library.fitFromJSON as Entry["call"], valid: () => [json()], options: { 0: json } },
    ],
  ];
}

function estimatorEntries(): [string, Entry][] {
  const { linearRegression, logisticRegression, softmaxRegression, generalizedLinearModel, fitter } = library;
  return [
    [
      "poissonRegression",
      {
        call: library.poissonRegression,
        valid: () => [X(), y()],
        options: { 2: () => ({ ...fitOptions(3)(), exposure: [1, 2, 3, 4, 5, 6] }) },
      },
    ],
    [
      "generalizedLinearModel, dispersion estimated",
      {
        call: generalizedLinearModel as Entry["call"],
        valid: () => [X(), [0, 9, 1, 2, 0, 30], { likelihood: likelihoods.negativeBinomial() }],
        options: { 2: () => ({ likelihood: likelihoods.negativeBinomial(), exposure: [1, 2, 3, 4, 5, 6] }) },
      },
    ],
    [
      "generalizedLinearModel, sd estimated",
      {
        call: generalizedLinearModel as Entry["call"],
        valid: () => [X(), [0, 9, 1, 2, 0, 30], { likelihood: likelihoods.gaussian({ sd: "estimate" }) }],
        options: { 2: () => ({ ...fitOptions(3)(), likelihood: likelihoods.gaussian({ sd: "estimate" }) }) },
      },
    ],
    [
      "generalizedLinearModel",
      {
        call: generalizedLinearModel as Entry["call"],
        valid: () => [X(), labels(), { likelihood: likelihoods.bernoulli() }],
        options: {
          2: () => ({
            ...fitOptions(3)(),
            likelihood: likelihoods.bernoulli(),
            classes: ["b", "a"],
          }),
        },
      },
    ],
    [
      "linearRegression",
      {
        call: linearRegression,
        valid: () => [X(), y()],
        options: { 2: () => ({ ...fitOptions(3)(), sd: 0.5 }) },
      },
    ],
    [
      "linearRegression, sd estimated",
      {
        call: linearRegression,
        valid: () => [X(), y()],
        options: {
          2: () => ({
            ...{ sd: "estimate", sdPrior: library.distributions.halfCauchy({ scale: 1 }) },
            prior: priors.normal({ sd: 1 }),
          }),
        },
      },
    ],
    [
      "logisticRegression",
      {
        call: logisticRegression,
        valid: () => [X(), labels()],
        options: { 2: () => ({ ...fitOptions(3)(), classes: ["b", "a"] }) },
      },
    ],
    [
      "softmaxRegression, reference",
      {
        call: softmaxRegression,
        valid: () => [X(), ["a", "b", "c", "a", "b", "c"]],
        options: { 2: () => ({ reference: "b" }) },
      },
    ],
    [
      "softmaxRegression",
      {
        call: softmaxRegression,
        valid: () => [X(), ["a", "b", "c", "a", "b", "c"]],
        options: { 2: () => ({ ...fitOptions(9)(), offset: new Float64Array(18), classes: ["c", "b", "a"] }) },
      },
    ],
    [
      "ordinalRegression",
      {
        call: library.ordinalRegression,
        valid: () => [X(), ["a", "b", "c", "a", "b", "c"]],
        options: {
          2: () => ({
            ...fitOptions(4)(),
            start: [-1, 1, 0, 0],
            weights: [1, 2, 0.5, 1, 1, 1],
            classes: ["c", "b", "a"],
          }),
        },
      },
    ],
    [
      "linearRegression, penalty",
      { call: linearRegression, valid: () => [X(), y(), {}], options: { 2: () => ({ penalty: penalties.l2(1) }) } },
    ],
    [
      "logisticRegression, penalty",
      { call: logisticRegression, valid: () => [X(), y(), {}], options: { 2: () => ({ penalty: penalties.l2(1) }) } },
    ],
    [
      "linearRegression, bounds",
      {
        call: linearRegression,
        valid: () => [X(), y(), {}],
        options: { 2: () => ({ bounds: { lower: [0, 0], upper: 1 } }) },
      },
    ],
    [
      "minimize within bounds",
      {
        call: ((lower: never, upper: never) =>
          library.minimize({
            ...(bowl() as never as library.Objective),
            hessian: () => Float64Array.of(2, 0, 2),
            bounds: { lower, upper },
          })) as Entry["call"],
        valid: () => [
          [0, 0],
          [1, 1],
        ],
      },
    ],
    [
      "linearRegression, L1 penalty",
      { call: linearRegression, valid: () => [X(), y(), {}], options: { 2: () => ({ penalty: penalties.l1(1) }) } },
    ],
    ...lossRegressions(),
    ...networkEntries(),
    ...selections(),
    [
      "fitter",
      {
        call: (...values) => (fitter as (...all: unknown[]) => library.Job<unknown>)(...values).step({ units: 1 }),
        valid: () => [logisticRegression, X(), labels()],
        options: { 3: fitOptions(3) },
      },
    ],
  ];
}

function jobEntries(): [string, Entry][] {
  const job = (): library.Job<unknown, never> => library.minimizer(bowl() as never) as never;
  const stored = job();
  stored.step({ units: 1 });
  const json = (): unknown => JSON.parse(JSON.stringify(stored));
  const amounts = [1, 3, 2, 5, 4, 7];
  const made = library.linearRegression(X(), amounts);
  const madeData = (): library.Dataset => library.dataset(X(), amounts);
  const inferred = (columns: number): library.Inference => {
    const some = X().map((row) => row.slice(0, columns));
    return library.inference(library.linearRegression(some, amounts), library.dataset(some, amounts));
  };
  const priorOptions = (): Record<string, unknown> => ({
    ...{ weights: weights(), offset: [0.1, 0.2, 0.3, 0, 0, 0], names: ["p", "q"], columns: undefined },
    ...{
      standardize: false,
      intercept: true,
      likelihood: likelihoods.bernoulli(),
      classes: ["b", "a"],
      interceptSd: 2,
    },
  });
  const fit = library.logisticRegression(X(), labels(), { prior: priors.normal({ sd: 1 }) });
  const fitJson = (): Record<string, unknown> => JSON.parse(JSON.stringify(fit)) as Record<string, unknown>;
  const fitJob = (): Record<string, unknown> => {
    const job = library.fitter(library.logisticRegression, X(), labels(), { prior: priors.normal({ sd: 1 }) });
    job.step({ units: 2 });
    return JSON.parse(JSON.stringify(job)) as Record<string, unknown>;
  };
  const generator = (): Record<string, unknown> => JSON.parse(JSON.stringify(random(1, 2))) as Record<string, unknown>;
  return [
    ["minimizer().step", { call: ((o: never) => job().step(o)) as never, valid: () => [{ units: 3 }] }],
    [
      "minimizer().run",
      {
        call: (o: never) => job().run(o),
        valid: () => [],
        options: { 0: () => ({ signal: new AbortController().signal, onProgress: () => {}, budgetMs: 1 }) },
        async: true,
      },
    ],
    ["minimizer().abort", { call: () => job().abort(), valid: () => [] }],
    ["minimizer().toJSON", { call: () => job().toJSON(), valid: () => [] }],
    ["Job", { call: () => job().done, valid: () => [] }],
    [
      "resumeMinimizer",
      {
        call: library.resumeMinimizer as Entry["call"],
        valid: () => [json(), bowl()],
        options: { 0: json as () => Record<string, unknown>, 2: () => ({ onProgress: () => {} }) },
      },
    ],
    [
      "resume",
      {
        call: library.resume as Entry["call"],
        valid: () => [fitJob(), { data: data() }],
        options: { 0: fitJob, 1: () => ({ data: data(), onProgress: () => {} }) },
      },
    ],
    [
      "verify",
      {
        call: library.verify as Entry["call"],
        valid: () => [fit, library.dataset(X(), y()), {}],
        options: { 2: () => ({ loss: losses.binaryCrossEntropy(), likelihood: likelihoods.bernoulli() }) },
      },
    ],
    [
      "inference",
      {
        call: library.inference as Entry["call"],
        valid: () => [fit, library.dataset(X(), y()), {}],
        options: {
          2: () => ({
            ...{ weightsAre: "frequency", sandwich: true, clusters: [1, 1, 2, 2, 3, 3], level: 0.9 },
            ...{ likelihood: likelihoods.bernoulli(), joint: false },
          }),
        },
      },
    ],
    [
      "inference, profile",
      {
        call: library.inference as Entry["call"],
        valid: () => [made, madeData(), {}],
        options: { 2: () => ({ intervals: "profile" }) },
      },
    ],
    [
      "compare",
      {
        call: library.compare as Entry["call"],
        valid: () => [inferred(1), inferred(2)],
      },
    ],
    [
      "selectPrior",
      {
        call: library.selectPrior as Entry["call"],
        valid: () => [X(), labels(), priorOptions()],
        options: { 2: priorOptions },
      },
    ],
    [
      "inference, loss",
      {
        call: library.inference as Entry["call"],
        valid: () => [fit, library.dataset(X(), y()), {}],
        options: { 2: () => ({ loss: losses.binaryCrossEntropy(), sandwich: true }) },
      },
    ],
    ["fitFromJSON", { call: library.fitFromJSON as Entry["call"], valid: () => [fitJson()], options: { 0: fitJson } }],
    ["random.from", { call: random.from, valid: () => [generator()], options: { 0: generator } }],
  ];
}

function verifyEntries(): [string, Entry][] {
  const name = "exp of 7 numbers";
  const inspection = inspect(name);
  const copy = (): Record<string, unknown> => JSON.parse(JSON.stringify(inspection)) as Record<string, unknown>;
  const backend = (): Record<string, unknown> => ({ backend: "typescript" });
  return [
    ["verify.verifier", { call: verifier, valid: () => [], options: { 0: backend } }],
    ["verify.inspect", { call: inspect as Entry["call"], valid: () => [name], options: { 1: backend } }],
    [
      "verify.firstDifference",
      { call: firstDifference as Entry["call"], valid: () => [copy(), copy()], options: { 0: copy, 1: copy } },
    ],
  ];
}

const specOf =
  (rest: () => Record<string, unknown>): (() => Record<string, unknown>) =>
  () => ({ data: data(), model: models.linear(), ...rest() });

const byLoss = specOf(() => ({ loss: losses.binaryCrossEntropy(), penalty: penalties.l2(0.5) }));
const byLikelihood = specOf(() => ({ likelihood: likelihoods.bernoulli(), prior: priors.normal({ sd: 1 }) }));
const byMaximum = specOf(() => ({ likelihood: likelihoods.gaussian() }));
const records = (): unknown[] => X().map(([p, q], i) => ({ p, q, target: i }));
const probabilities = (): Float64Array => Float64Array.of(0.25, 0.5, 0.25);
const information = (): Record<string, unknown> => ({ base: 2, normalize: true, check: true });
const generator = random(5);

/** Everything that can be called from outside. */
export const entries: ReadonlyMap<string, Entry> = new Map<string, Entry>([
  ...["exp", "expm1", "log", "log1p", "logSigmoid", "logit", "sigmoid", "softplus", "tanh"].map((name) =>
    elementwise(name as "exp"),
  ),
  [
    "logSumExp",
    { call: library.logSumExp as Entry["call"], valid: () => [x()], options: { 1: () => ({ columns: 3 }) } },
  ],
  [
    "softmax",
    { call: library.softmax, valid: () => [x()], options: { 1: () => ({ columns: 3, out: new Float64Array(6) }) } },
  ],
  [
    "logSoftmax",
    { call: library.logSoftmax, valid: () => [x()], options: { 1: () => ({ columns: 3, out: new Float64Array(6) }) } },
  ],
  ["entropy", { call: library.entropy, valid: () => [probabilities()], options: { 1: information } }],
  [
    "crossEntropy",
    { call: library.crossEntropy, valid: () => [probabilities(), probabilities()], options: { 2: information } },
  ],
  ["entropyGradient", { call: library.entropyGradient, valid: () => [probabilities()], options: { 1: information } }],
  ...(
    [
      "crossEntropyGradient",
      "klDivergence",
      "klDivergenceGradient",
      "jensenShannonDivergence",
      "jensenShannonDivergenceGradient",
    ] as const
  ).map((name): [string, Entry] => [
    name,
    { call: library[name], valid: () => [probabilities(), probabilities()], options: { 2: information } },
  ]),

  ...specialEntries(),
  ...diagnosticEntries(),
  ...metricEntries(),
  ...distributionEntries(),
  ...distributionFits(),
  [
    "distributions.dirichlet().logDensity",
    {
      call: distributions.dirichlet({ alpha: [1, 2, 3, 4, 5, 6] }).logDensity,
      valid: () => [x()],
      options: { 1: () => ({ columns: 6 }) },
    },
  ],

  ["losses.binaryCrossEntropy", { call: losses.binaryCrossEntropy, valid: () => [] }],
  ["losses.squaredError", { call: losses.squaredError, valid: () => [] }],
  ...[
    "absoluteError",
    "brier",
    "exponential",
    "gamma",
    "gaussianMeanVariance",
    "hinge",
    "logCosh",
    "modifiedHuber",
  ].map(bareLoss),
  ...["complementaryLogLog", "probit", "squaredHinge"].map(bareLoss),
  lossMaker("binaryCrossEntropy with options", losses.binaryCrossEntropy, { positiveWeight: 2 }),
  lossMaker("binomial", losses.binomial, { trials: [3, 1, 2] }),
  lossMaker("ordinal", losses.ordinal, { classes: 3, thresholds: [0, 1] }),
  lossMaker("ordinal, free thresholds", losses.ordinal, { classes: 3 }),
  lossMaker("poisson", losses.poisson, { exposure: [3, 1, 2] }),
  lossMaker("focal", losses.focal, { gamma: 2, alpha: 0.25 }),
  lossMaker("gaussian", losses.gaussian, { variance: 2 }),
  lossMaker("huber", losses.huber, { delta: 1 }),
  lossMaker("multiLabelCrossEntropy", losses.multiLabelCrossEntropy, { labels: 2, positiveWeights: [1, 2] }),
  lossMaker("negativeBinomial", losses.negativeBinomial, { dispersion: 1 }),
  lossMaker("probabilityCrossEntropy", losses.probabilityCrossEntropy, { clamp: 0.1 }),
  lossMaker("quantile", losses.quantile, { level: 0.3 }),
  lossMaker("softmaxCrossEntropy with options", losses.softmaxCrossEntropy, softmaxOptions()),
  lossMaker("studentT", losses.studentT, { df: 4, scale: 1 }),
  lossMaker("tweedie", losses.tweedie, { power: 1.5 }),
  lossMaker("custom", losses.custom, quartic()),
  ...Object.entries(takers).flatMap(([name, [make, targets]]) => lossEntries(name, make, three, () => targets)),
  ...lossEntries(
    "multiLabelCrossEntropy",
    () => losses.multiLabelCrossEntropy({ labels: 2 }),
    x,
    () => [0, 1, 0.5, 1, 0, 0],
  ),
  ...lossEntries("gaussianMeanVariance", losses.gaussianMeanVariance, x, () => [0, 1, 0.5]),
  ...lossEntries(
    "softmaxCrossEntropy with options",
    () => losses.softmaxCrossEntropy(softmaxOptions() as never),
    x,
    () => [0, 1, -1],
  ),
  [
    "checkGradient",
    {
      call: library.checkGradient as Entry["call"],
      valid: () => [losses.huber({ delta: 1 }), { scores: three(), targets: [0, 1, 2] }],
      options: { 1: () => ({ scores: three(), targets: [0, 1, 2] }) },
    },
  ],
  [
    "checkGradient of an objective",
    { call: library.checkGradient as Entry["call"], valid: () => [library.objective(byLoss() as never), three()] },
  ],
  [
    "checkGradient of a network",
    { call: library.checkGradient as Entry["call"], valid: () => [networkObjective(), new Float64Array(13)] },
  ],
  [
    "losses.softmaxCrossEntropy",
    { call: losses.softmaxCrossEntropy, valid: () => [{ classes: 3 }], options: { 0: () => ({ classes: 3 }) } },
  ],
  ...lossEntries("binaryCrossEntropy", losses.binaryCrossEntropy, three, () => [0, 1, 0.5]),
  ...lossEntries("squaredError", losses.squaredError, three, () => [0, 10, -0.5]),
  ...lossEntries(
    "softmaxCrossEntropy",
    () => losses.softmaxCrossEntropy({ classes: 2 }),
    x,
    () => [0, 1, 1],
  ),
  ...lossEntries(
    "softmaxCrossEntropy of distributions",
    () => losses.softmaxCrossEntropy({ classes: 2 }),
    x,
    () => [0.5, 0.5, 0, 1, 0.25, 0.75],
  ),

  [
    "likelihoods.bernoulli",
    { call: likelihoods.bernoulli, valid: () => [], options: { 0: () => ({ link: "probit" }) } },
  ],
  likelihoodMaker("asymmetricLaplace", likelihoods.asymmetricLaplace, { level: 0.3, scale: 2 }),
  likelihoodMaker("binomial", likelihoods.binomial, { trials: [3, 1, 2] }),
  likelihoodMaker("gamma", likelihoods.gamma, { shape: 2 }),
  likelihoodMaker("laplace", likelihoods.laplace, { scale: 2 }),
  likelihoodMaker("laplace, scale estimated", likelihoods.laplace, {
    scale: "estimate",
    scalePrior: library.distributions.halfCauchy({ scale: 1 }),
  }),
  likelihoodMaker("negativeBinomial", likelihoods.negativeBinomial, { dispersion: 2 }),
  likelihoodMaker("ordinal", likelihoods.ordinal, { classes: 3, thresholds: [0, 1] }),
  likelihoodMaker("ordinal, free thresholds", likelihoods.ordinal, { classes: 3 }),
  likelihoodMaker("poisson", likelihoods.poisson, { exposure: [3, 1, 2] }),
  likelihoodMaker("studentT", likelihoods.studentT, { df: 3, scale: 2 }),
  likelihoodMaker("tweedie", likelihoods.tweedie, { power: 1.5, dispersion: 2 }),
  likelihoodMaker("custom", likelihoods.custom, ownLikelihood()),
  ["likelihoods.gaussian", { call: likelihoods.gaussian, valid: () => [], options: { 0: () => ({ sd: 2 }) } }],
  ...(
    [
      ["gaussian", "sd", {}],
      ["gamma", "shape", {}],
      ["negativeBinomial", "dispersion", {}],
      ["studentT", "scale", { df: 4 }],
    ] as const
  ).map(([name, parameter, more]): [string, Entry] => [
    `likelihoods.${name}, estimated`,
    {
      call: likelihoods[name] as Entry["call"],
      valid: () => [{ ...more, [parameter]: "estimate" }],
      options: {
        0: () => ({
          ...{ ...more, [parameter]: "estimate" },
          [`${parameter}Prior`]: distributions.gamma({ shape: 2, rate: 1 }),
        }),
      },
    },
  ]),
  [
    "likelihoods.categorical",
    { call: likelihoods.categorical, valid: () => [{ classes: 3 }], options: { 0: () => ({ classes: 3 }) } },
  ],
  ...likelihoodEntries("bernoulli", likelihoods.bernoulli(), three, () => [0, 1, 1]),
  ...Object.entries(families).flatMap(([name, [likelihood, targets]]) =>
    likelihoodEntries(name, likelihood, three, () => targets.slice()),
  ),
  ...likelihoodEntries("gaussian", likelihoods.gaussian({ sd: 1 }), three, () => [0.5, 1, 1]),
  ...likelihoodEntries("categorical", likelihoods.categorical({ classes: 2 }), x, () => [0, 1, 1]),

  ["priors.custom", { call: priors.custom, valid: () => [ownPrior()], options: { 0: ownPrior } }],
  [
    "priors.custom().logDensity",
    {
      call: priors.custom(ownPrior() as never).logDensity as Entry["call"],
      valid: () => [[1, 2]],
      options: { 1: () => ({ intercept: 1 }) },
    },
  ],
  ["priors.firth", { call: priors.firth, valid: () => [] }],
  ["priors.flat", { call: priors.flat, valid: () => [] }],
  [
    "priors.normal",
    {
      call: priors.normal,
      valid: () => [{ sd: 1 }],
      options: { 0: () => ({ sd: [1, 2], mean: [0, 1], intercept: { mean: 1, sd: 2 } }) },
    },
  ],
  [
    "priors.normal().penalty",
    {
      call: priors.normal({ sd: 2 }).penalty as Entry["call"],
      valid: () => [{ totalWeight: 3 }],
      options: { 0: () => ({ totalWeight: 3, dispersion: 2 }) },
    },
  ],
  [
    "priors.normal().logDensity",
    {
      call: priors.normal({ sd: 2, intercept: { sd: 1 } }).logDensity as Entry["call"],
      valid: () => [three()],
      options: { 1: () => ({ intercept: 1 }) },
    },
  ],
  [
    "priors.laplace",
    {
      call: priors.laplace,
      valid: () => [{ scale: 1 }],
      options: { 0: () => ({ scale: [1, 2], mean: [0, 1], intercept: { mean: 1, scale: 2 } }) },
    },
  ],
  [
    "priors.elasticNet",
    {
      call: priors.elasticNet,
      valid: () => [{ scale: 1, sd: 2 }],
      options: { 0: () => ({ scale: [1, 2], sd: [3, 4], mean: [0, 1], intercept: { mean: 1, scale: 2, sd: 3 } }) },
    },
  ],
  [
    "priors.studentT",
    {
      call: priors.studentT,
      valid: () => [{ df: 3, scale: 1 }],
      options: { 0: () => ({ df: [3, 4], scale: [1, 2], mean: [0, 1], intercept: { df: 3, mean: 1, scale: 2 } }) },
    },
  ],
  [
    "priors.cauchy",
    {
      call: priors.cauchy,
      valid: () => [{ scale: 1 }],
      options: { 0: () => ({ scale: [1, 2], mean: [0, 1], intercept: { mean: 1, scale: 2 } }) },
    },
  ],
  [
    "priors.laplace().logDensity",
    {
      call: priors.laplace({ scale: [1, 2, 3], intercept: { scale: 1 } }).logDensity as Entry["call"],
      valid: () => [three()],
      options: { 1: () => ({ intercept: [1, 2] }) },
    },
  ],
  [
    "priors.studentT().penalty",
    {
      call: priors.studentT({ df: 3, scale: 2 }).penalty as Entry["call"],
      valid: () => [{ totalWeight: 3 }],
      options: { 0: () => ({ totalWeight: 3, dispersion: 2 }) },
    },
  ],
  ["penalties.custom", { call: penalties.custom, valid: () => [ownPenalty()], options: { 0: ownPenalty } }],
  ["penalties.l1", { call: penalties.l1, valid: () => [0.5] }],
  [
    "penalties.elasticNet",
    { call: penalties.elasticNet, valid: () => [{ l1: 1, l2: 2 }], options: { 0: () => ({ l1: 1, l2: 2 }) } },
  ],
  [
    "penalties.elasticNet().prior",
    {
      call: penalties.elasticNet({ l1: 1, l2: 2 }).prior as Entry["call"],
      valid: () => [{ totalWeight: 3 }],
      options: { 0: () => ({ totalWeight: 3, dispersion: 2 }) },
    },
  ],
  ["penalties.l2", { call: penalties.l2, valid: () => [0.5] }],
  [
    "penalties.l2().prior",
    {
      call: penalties.l2(2).prior as Entry["call"],
      valid: () => [{ totalWeight: 3 }],
      options: { 0: () => ({ totalWeight: 3, dispersion: 2 }) },
    },
  ],
  ["models.linear", { call: models.linear, valid: () => [], options: { 0: () => ({ intercept: false }) } }],
  ["models.custom", { call: models.custom, valid: () => [ownModel()], options: { 0: ownModel } }],
  ["models.parallel", { call: models.parallel, valid: () => [], options: { 0: () => ({}) } }],
  [
    "models.mlp",
    {
      call: models.mlp,
      valid: () => [{ hidden: [3, 2] }],
      options: { 0: () => ({ hidden: [3, 2], activation: "relu", initialization: "he", seed: 4 }) },
    },
  ],
  [
    "models.mlp().initial",
    {
      call: models.mlp({ hidden: [3] }).initial,
      valid: () => [{ columns: 2, outputs: 1 }],
      options: { 0: () => ({ columns: 2, outputs: 1, seed: 3 }) },
    },
  ],
  [
    "models.mlp().size",
    {
      call: models.mlp({ hidden: [3] }).size,
      valid: () => [{ columns: 2, outputs: 1 }],
      options: { 0: () => ({ columns: 2, outputs: 1 }) },
    },
  ],
  [
    "models.fromJSON",
    {
      call: models.fromJSON,
      valid: () => [models.mlp({ hidden: [3] }).toJSON()],
      options: { 0: () => models.mlp({ hidden: [3] }).toJSON() as Record<string, unknown> },
    },
  ],
  [
    "objective().inputGradient",
    { call: networkObjective().inputGradient as Entry["call"], valid: () => [new Float64Array(13)] },
  ],
  ["optimizers.bfgs", { call: optimizers.bfgs as Entry["call"], valid: () => [{}] }],
  ["optimizers.coordinateDescent", { call: optimizers.coordinateDescent as Entry["call"], valid: () => [{}] }],
  ["optimizers.fista", { call: optimizers.fista as Entry["call"], valid: () => [{}] }],
  ["optimizers.nesterov", { call: optimizers.nesterov as Entry["call"], valid: () => [{}] }],
  ["optimizers.newtonCG", { call: optimizers.newtonCG, valid: () => [{}], options: { 0: () => ({ maxProducts: 5 }) } }],
  [
    "optimizers.momentum",
    {
      call: optimizers.momentum,
      valid: () => [{ step: 0.5 }],
      options: { 0: () => ({ step: 0.5, momentum: 0.5 }) },
    },
  ],
  ["optimizers.auto", { call: optimizers.auto, valid: () => [{}] }],
  [
    "optimizers.dualCoordinateDescent",
    { call: optimizers.dualCoordinateDescent, valid: () => [{}], options: { 0: () => ({ seed: 5 }) } },
  ],
  ["optimizers.interiorPoint", { call: optimizers.interiorPoint as Entry["call"], valid: () => [{}] }],
  ["optimizers.boxNewton", { call: optimizers.boxNewton as Entry["call"], valid: () => [{}] }],
  ["optimizers.gaussNewton", { call: optimizers.gaussNewton as Entry["call"], valid: () => [{}] }],
  ["optimizers.newton", { call: optimizers.newton as Entry["call"], valid: () => [{}] }],
  ["optimizers.proximalNewton", { call: optimizers.proximalNewton as Entry["call"], valid: () => [{}] }],
  [
    "optimizers.saga",
    {
      call: optimizers.saga as Entry["call"],
      valid: () => [{}],
      options: { 0: () => ({ learningRate: 0.1, batchSize: 2, seed: 1, epochs: 5 }) },
    },
  ],
  ...(["sgd", "adagrad", "rmsprop", "adam", "adamw", "ftrl"] as const).map((name): [string, Entry] => [
    `optimizers.${name}`,
    { call: optimizers[name] as Entry["call"], valid: () => [{}], options: { 0: () => stochasticOptions(name) } },
  ]),
  ["optimizers.lbfgs", { call: optimizers.lbfgs, valid: () => [{}], options: { 0: () => ({ memory: 5 }) } }],
  [
    "optimizers.gradientDescent",
    { call: optimizers.gradientDescent as Entry["call"], valid: () => [{}], options: { 0: () => ({ step: 0.5 }) } },
  ],

  ["dataset", { call: library.dataset as Entry["call"], valid: () => [X(), y()], options: { 2: dataOptions } }],
  [
    "dataset, flat",
    {
      call: library.dataset as Entry["call"],
      valid: () => [x(), y().slice(0, 3), { columns: 2 }],
      options: { 2: () => ({ columns: 2 }) },
    },
  ],
  [
    "dataset, named",
    {
      call: library.dataset as Entry["call"],
      valid: () => [{ p: [1, 2], q: [3, 4] }, [1, 2]],
      options: { 0: () => ({ p: [1, 2], q: [3, 4] }) },
    },
  ],
  [
    "dataset, records",
    {
      call: library.dataset as Entry["call"],
      valid: () => [records(), { target: "target" }],
      options: { 1: () => ({ target: "target", features: ["q", "p"], weights: weights(), standardize: false }) },
    },
  ],
  [
    "sparse",
    {
      call: library.sparse as Entry["call"],
      valid: () => [{ values: [2, 1, 3], columnIndices: [0, 2, 1], rowPointers: [0, 2, 2, 3], columns: 3 }],
      options: {
        0: () => ({
          ...{ values: [2, 1, 3], columnIndices: [0, 2, 1], rowPointers: [0, 2, 2, 3], columns: 3 },
          names: ["p", "q", "r"],
        }),
      },
    },
  ],
  [
    "sparse, records",
    {
      call: library.sparse as Entry["call"],
      valid: () => [[{ p: 1 }, { q: 2 }]],
      options: { 1: () => ({ names: ["p", "q"] }) },
    },
  ],
  [
    "fromSvmlight",
    {
      call: library.fromSvmlight as Entry["call"],
      valid: () => ["1 1:2 3:1\n0 2:1"],
      options: { 1: () => ({ columns: 3, base: 1 }) },
    },
  ],
  [
    "toSvmlight",
    { call: library.toSvmlight as Entry["call"], valid: () => [library.sparse([{ p: 1 }, { q: 2 }]), [1, 0]] },
  ],
  [
    "logisticRegression, sparse",
    {
      call: library.logisticRegression as Entry["call"],
      valid: () => [library.sparse([{ p: 1 }, { q: 2 }, { p: 2 }]), [0, 1, 1], { penalty: penalties.l2(1) }],
    },
  ],
  ["objective", { call: library.objective as Entry["call"], valid: () => [byLoss()], options: { 0: byLoss } }],
  [
    "objective by likelihood",
    { call: library.objective as Entry["call"], valid: () => [byLikelihood()], options: { 0: byLikelihood } },
  ],
  ...objectiveEntries(),
  [
    "erm",
    { call: library.erm as Entry["call"], valid: () => [byLoss()], options: { 0: byLoss, 1: minimizeOptions(3) } },
  ],
  [
    "map",
    {
      call: library.map as Entry["call"],
      valid: () => [byLikelihood()],
      options: { 0: byLikelihood, 1: minimizeOptions(3) },
    },
  ],
  [
    "mle",
    {
      call: library.mle as Entry["call"],
      valid: () => [byMaximum()],
      options: { 0: byMaximum, 1: minimizeOptions(3) },
    },
  ],
  [
    "minimize",
    { call: library.minimize as Entry["call"], valid: () => [bowl()], options: { 0: bowl, 1: minimizeOptions(2) } },
  ],
  [
    "online",
    {
      call: library.online as Entry["call"],
      valid: () => [onlineOptions()],
      options: {
        0: () => ({
          ...onlineOptions(),
          ...{ optimizer: optimizers.sgd(), penalty: penalties.l2(0.1), model: models.linear(), start: [0, 1, 2] },
        }),
      },
    },
  ],
  [
    "online().update",
    {
      call: (rows: never, y: never, more: never) => library.online(onlineOptions()).update(rows, y, more),
      valid: () => [X(), labels()],
      options: { 2: () => ({ weights: weights() }) },
    },
  ],
  [
    "online().predictInto",
    { call: library.online(onlineOptions()).predictInto as Entry["call"], valid: () => [x(), new Float64Array(3)] },
  ],
  ["online().predict", { call: library.online(onlineOptions()).predict as Entry["call"], valid: () => [X()] }],
  ["online().scores", { call: library.online(onlineOptions()).scores as Entry["call"], valid: () => [X()] }],
  [
    "bayesianOnline",
    {
      call: library.bayesianOnline as Entry["call"],
      valid: () => [bayesianOptions()],
      options: {
        0: () => ({ ...bayesianOptions(), likelihood: likelihoods.bernoulli(), intercept: true, forgetting: 0.9 }),
      },
    },
  ],
  [
    "bayesianOnline().update",
    {
      call: (rows: never, y: never, more: never) => library.bayesianOnline(bayesianOptions()).update(rows, y, more),
      valid: () => [X(), labels()],
      options: { 2: () => ({ weights: weights() }) },
    },
  ],
  [
    "bayesianOnline().predict",
    { call: library.bayesianOnline(bayesianOptions()).predict as Entry["call"], valid: () => [X()] },
  ],
  [
    "bayesianOnline().sample",
    { call: library.bayesianOnline(bayesianOptions()).sample as Entry["call"], valid: () => [library.random(1)] },
  ],
  [
    "bayesianOnline().choose",
    { call: library.bayesianOnline(bayesianOptions()).choose as Entry["call"], valid: () => [X(), library.random(1)] },
  ],
  [
    "findLearningRate",
    {
      call: library.findLearningRate as Entry["call"],
      valid: () => [bowl(), { start: [1, 1] }],
      options: { 1: () => ({ from: 0.1, to: 1, steps: 3, batchSize: undefined, seed: 1, start: [1, 1] }) },
    },
  ],
  [
    "minimize with kinks",
    {
      call: library.minimize as Entry["call"],
      valid: () => [kinked()],
      options: { 0: kinked },
    },
  ],
  [
    "minimizer",
    { call: library.minimizer as Entry["call"], valid: () => [bowl()], options: { 0: bowl, 1: minimizeOptions(2) } },
  ],
  ...jobEntries(),
  ...estimatorEntries(),
  ...fitEntries(),
  ...verifyEntries(),

  ["random", { call: (seed: never, stream: never) => random(seed, stream).uint32(), valid: () => [1, 2] }],
  ["random().integer", { call: (bound: never) => generator.integer(bound), valid: () => [10] }],
  ["random().shuffle", { call: (array: never) => generator.shuffle(array), valid: () => [[1, 2, 3]] }],
  ["random().permutation", { call: (n: never) => generator.permutation(n), valid: () => [10] }],
  ["random().uint32", { call: () => generator.uint32(), valid: () => [] }],
  ["random().uniform", { call: () => generator.uniform(), valid: () => [] }],
  ["random().toJSON", { call: () => generator.toJSON(), valid: () => [] }],
  ["backend.use", { call: backend.use as Entry["call"], valid: () => [process.env["SURPRISAL_BACKEND"]] }],
  ["backend.install", { call: backend.install as Entry["call"], valid: () => [compile()] }],
]);

/** Parts of public objects that are not called from outside, with the reason. */
export const inner: ReadonlyMap<string, string> = new Map([
  ["verify.verify", "takes its options as verify.verifier does, and seconds"],
  ["losses.*.kernels", "what objectives bind"],
  ["likelihoods.*.hasDensity", "asked by fits"],
  ["likelihoods.*.estimate", "asked by fits"],
  ["priors.*.terms", "what objectives add up"],
  ["penalties.*.terms", "what objectives add up"],
  ["models.*.bind", "what objectives bind"],
  ["models.*.start", "what minimisations start from"],
  ["optimizers.*.choose", "called by minimize"],
  ["optimizers.*.init", "called by minimize"],
  ["optimizers.*.check", "called by resumeMinimizer"],
  ["optimizers.*.part", "called by minimize"],
  ["optimizers.*.take", "called by online"],
  ["optimizers.*.advance", "called by minimize"],
]);
