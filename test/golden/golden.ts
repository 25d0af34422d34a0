/**
 * Hashes of the bits of what the library computes, by name: the same on every engine and backend. Inputs come from the
 * library's own generator and from + − × alone, so that they too are the same everywhere.
 *
 * @module
 */
import type * as Library from "../../src/index.js";
import { Hash } from "./hash.js";
import { classification, distributions, indices, numbers, ordinary, regression, scores, weights } from "./inputs.js";

type Library = typeof Library;
type Part = (library: Library, put: (name: string, ...values: Parameters<Hash["add"]>[0][]) => void) => void;

const ELEMENTWISE = ["exp", "expm1", "log", "log1p", "logSigmoid", "logit", "sigmoid", "softplus", "tanh"] as const;

const primitives: Part = (library, put) => {
  const x = numbers(library.random(1), 100_000);
  for (const name of ELEMENTWISE) {
    put(name, library[name](x));
    put(
      `${name} of one number`,
      Float64Array.from(x.subarray(0, 5000), (value) => library[name](value)),
    );
    put(`${name} of 7 numbers`, library[name](x.subarray(3, 10)));
  }
};

const rows: Part = ({ random, logSumExp, softmax, logSoftmax }, put) => {
  const wild = numbers(random(2), 200_000);
  const tame = scores(random(3), 200_000);
  for (const length of [0, 1, 2, 3, 4, 31, 33, 1000, 1023, 1024, 1025, 2048, 5000, 70_000, 200_000]) {
    put(`logSumExp of ${length}`, logSumExp(tame.subarray(0, length)), logSumExp(wild.subarray(0, length)));
  }
  for (const columns of [1, 2, 3, 4, 7, 10, 64, 65, 1000, 1024, 1025, 5000, 66_000]) {
    const count = columns > 2000 ? 3 : columns > 100 ? 20 : 1000;
    for (const [kind, from] of Object.entries({ tame, wild })) {
      const x = from.subarray(0, count * columns);
      put(`logSumExp of ${kind} rows of ${columns}`, logSumExp(x, { columns }));
      put(`softmax of ${kind} rows of ${columns}`, softmax(x, { columns }));
      put(`logSoftmax of ${kind} rows of ${columns}`, logSoftmax(x, { columns }));
    }
  }
};

const information: Part = ({ random, entropy, crossEntropy, klDivergence }, put) => {
  const generator = random(4);
  for (const length of [2, 3, 10, 1000, 5000]) {
    const p = distributions(generator, 1, length);
    const q = distributions(generator, 1, length).map((value, i) => (value + p[i]) / 2);
    put(`entropy of ${length}`, entropy(p), entropy(p, { base: 2 }), entropy(q, { base: 10 }));
    put(`crossEntropy of ${length}`, crossEntropy(p, q), crossEntropy(q, p), crossEntropy(p, q, { normalize: true }));
    put(`klDivergence of ${length}`, klDivergence(p, q), klDivergence(q, p), klDivergence(p, p));
  }
};

const losses: Part = ({ random, losses, likelihoods }, put) => {
  const generator = random(5);
  const one = (name: string, loss: Library.Loss, z: Float64Array, y: Float64Array): void => {
    const rows = z.length / loss.classes;
    const w = weights(generator, rows);
    w[0] = 1;
    const { value, gradient } = loss.valueAndGradient(z, y);
    put(`${name}: value`, value, loss.value(z, y, { reduction: "sum" }));
    put(`${name}: gradient`, gradient);
    put(`${name}: each`, loss.each(z, y));
    put(`${name}: weighted value`, loss.value(z, y, { weights: w }));
    put(`${name}: weighted gradient`, loss.gradient(z, y, { weights: w, reduction: "sum" }));
    if (loss.classes < 100) put(`${name}: Hessian`, loss.hessian(z, y, { weights: w }));
  };
  for (const n of [1, 3, 64, 65, 1000, 10_001]) {
    const z = scores(generator, n);
    one(`binaryCrossEntropy, ${n} rows`, losses.binaryCrossEntropy(), z, indices(generator, n, 2));
    const fractions = Float64Array.from({ length: n }, () => generator.uniform());
    one(`binaryCrossEntropy, ${n} rows of fractions`, losses.binaryCrossEntropy(), z, fractions);
    one(`squaredError, ${n} rows`, losses.squaredError(), z, ordinary(generator, n));
  }
  for (const [classes, n] of [
    [2, 100],
    [3, 1000],
    [10, 2001],
    [64, 130],
    [65, 100],
    [1100, 7],
  ]) {
    const loss = losses.softmaxCrossEntropy({ classes });
    const z = scores(generator, n * classes);
    one(`softmaxCrossEntropy, ${n} rows of ${classes}`, loss, z, indices(generator, n, classes));
    const q = distributions(generator, n, classes);
    one(`softmaxCrossEntropy, ${n} distributions over ${classes}`, loss, z, q);
  }
  const z = scores(generator, 100);
  put("bernoulli: log density", likelihoods.bernoulli().logDensity(z, indices(generator, 100, 2)));
  put("gaussian: log density", likelihoods.gaussian({ sd: 0.7 }).logDensity(z, ordinary(generator, 100)));
  const categorical = likelihoods.categorical({ classes: 4 });
  put("categorical: log density", categorical.logDensity(z, indices(generator, 25, 4)));
};

const objectives: Part = (library, put) => {
  const { random, dataset, objective, losses, likelihoods, models, priors, penalties } = library;
  const generator = random(6);
  const one = (name: string, target: Library.Objective): void => {
    const theta = ordinary(generator, target.size, 0.5);
    const { value, gradient } = target.valueAndGradient(theta);
    put(`${name}: value and gradient`, value, target.value(theta), gradient);
    put(`${name}: Hessian`, target.hessian(theta));
  };
  for (const [rows, columns] of [
    [1, 1],
    [63, 2],
    [500, 5],
    [64, 33],
    [40_000, 8],
  ]) {
    const { x, y } = classification(generator, rows + 1, columns, 2);
    const options = { columns, weights: weights(generator, rows + 1), offset: ordinary(generator, rows + 1, 0.1) };
    options.weights[0] = 1;
    const plain = dataset(x, y, { columns });
    const full = dataset(x, y, options);
    const standardized = dataset(x, y, { ...options, standardize: true });
    const name = `of ${rows + 1} x ${columns}`;
    one(`logistic ${name}`, objective({ data: plain, loss: losses.binaryCrossEntropy() }));
    const prior = priors.normal({ sd: 2, mean: 0.1, intercept: { sd: 5 } });
    one(`logistic, all options, ${name}`, objective({ data: full, likelihood: likelihoods.bernoulli(), prior }));
    const free = priors.normal({ sd: 2, mean: 0.1 });
    one(
      `logistic, standardized, ${name}`,
      objective({ data: standardized, likelihood: likelihoods.bernoulli(), prior: free }),
    );
    const model = models.linear({ intercept: false });
    one(
      `squared error ${name}`,
      objective({ data: full, model, loss: losses.squaredError(), penalty: penalties.l2(0.1) }),
    );
  }
  for (const [rows, columns, classes] of [
    [100, 3, 3],
    [1000, 4, 10],
    [90, 2, 40],
  ]) {
    const { x, y } = classification(generator, rows, columns, classes);
    const loss = losses.softmaxCrossEntropy({ classes });
    const name = `softmax of ${rows} x ${columns}, ${classes} classes`;
    one(name, objective({ data: dataset(x, y, { columns }), loss, penalty: penalties.l2(0.01) }));
    const soft = distributions(generator, rows, classes);
    const data = dataset(x, soft, { columns, weights: weights(generator, rows) });
    one(`${name}, distributions`, objective({ data, loss, model: models.linear({ intercept: false }) }));
  }
};

const fits: Part = (library, put) => {
  const { random, logisticRegression, softmaxRegression, linearRegression, priors, penalties, optimizers } = library;
  const generator = random(7);
  const one = (name: string, fit: Library.Fit, x: Float64Array): void => {
    put(`${name}: parameters`, fit.coefficients, fit.intercepts, fit.sd, fit.witness);
    put(`${name}: record`, fit.objective, fit.logLikelihood, fit.status, fit.iterations, fit.evaluations);
    put(`${name}: scores`, fit.scores(x));
    if (fit.link !== "identity") put(`${name}: probabilities`, fit.predictProbabilities(x));
  };
  const prior = priors.normal({ sd: 1.5 });
  for (const [rows, columns] of [
    [60, 2],
    [1000, 6],
    [30_000, 10],
  ]) {
    const { x, y } = classification(generator, rows, columns, 2);
    const name = `${rows} x ${columns}`;
    one(`logistic, prior, ${name}`, logisticRegression(x, y, { columns, prior }), x);
    one(`logistic, penalty, ${name}`, logisticRegression(x, y, { columns, penalty: penalties.l2(0.05) }), x);
    const w = weights(generator, rows);
    const optimizer = optimizers.lbfgs();
    one(`logistic, lbfgs, ${name}`, logisticRegression(x, y, { columns, prior, weights: w, optimizer }), x);
  }
  for (const [rows, columns, classes] of [
    [150, 4, 3],
    [3000, 5, 7],
  ]) {
    const { x, y } = classification(generator, rows, columns, classes);
    const name = `softmax, ${rows} x ${columns}, ${classes} classes`;
    one(`${name}, prior`, softmaxRegression(x, y, { columns, prior }), x);
    one(`${name}, likelihood`, softmaxRegression(x, y, { columns }), x);
  }
  for (const [rows, columns] of [
    [20, 1],
    [500, 7],
    [40_000, 8],
  ]) {
    const { x, y } = regression(generator, rows, columns);
    one(`linear, ${rows} x ${columns}`, linearRegression(x, y, { columns }), x);
    const options = { columns, penalty: penalties.l2(0.3), standardize: true, weights: weights(generator, rows) };
    one(`ridge, ${rows} x ${columns}`, linearRegression(x, y, options), x);
  }
  const x = ordinary(generator, 40);
  const separable = Float64Array.from({ length: 20 }, (_, i) => Number(x[2 * i] > x[2 * i + 1]));
  separable[0] = 1 - separable[1];
  one(
    "separated",
    logisticRegression(
      x,
      Float64Array.from(separable, (_, i) => Number(x[2 * i] > 0)),
      { columns: 2 },
    ),
    x,
  );
  const twice = Float64Array.from({ length: 60 }, (_, i) =>
    i % 3 === 2 ? 2 * x[i - 1 - Math.trunc(i / 3)] : x[i - Math.trunc(i / 3)],
  );
  one("collinear", linearRegression(twice, separable, { columns: 3 }), twice);
};

const minima: Part = ({ minimize, optimizers }, put) => {
  const rosenbrock = {
    size: 2,
    evaluate([a, b]: Float64Array, gradient: Float64Array | null): number {
      const u = b - a * a;
      if (gradient !== null) {
        gradient[0] = -400 * a * u - 2 * (1 - a);
        gradient[1] = 200 * u;
      }
      return 100 * u * u + (1 - a) * (1 - a);
    },
  };
  for (const name of ["lbfgs", "gradientDescent"] as const) {
    const result = minimize(rosenbrock, { optimizer: optimizers[name](), start: [-1.2, 1], maxIterations: 500 });
    put(`Rosenbrock by ${name}`, result.parameters, result.value, result.gradient, result.iterations, result.status);
  }
};

const draws: Part = ({ random }, put) => {
  for (const [seed, stream] of [
    [0, 0],
    [1, 0],
    [2 ** 53 - 1, 2 ** 32 - 1],
  ]) {
    const generator = random(seed, stream);
    const draw = (next: () => number): Float64Array => Float64Array.from({ length: 1000 }, next);
    put(
      `random(${seed}, ${stream}): words`,
      draw(() => generator.uint32()),
    );
    put(
      `random(${seed}, ${stream}): uniform`,
      draw(() => generator.uniform()),
    );
    put(
      `random(${seed}, ${stream}): integers`,
      draw(() => generator.integer(10)),
      draw(() => generator.integer(3e9)),
    );
    put(`random(${seed}, ${stream}): permutation`, generator.permutation(1000));
  }
};

/** Name → hash, in a fixed order. */
export function golden(library: Library): Record<string, string> {
  const out: Record<string, string> = {};
  for (const part of [draws, primitives, rows, information, losses, objectives, fits, minima]) {
    part(library, (name, ...values) => {
      if (name in out) throw new Error(`${name} comes twice`);
      const hash = new Hash();
      for (const value of values) hash.add(value);
      out[name] = hash.toString();
    });
  }
  return out;
}

/** One hash of all. */
export function hashOfHashes(hashes: Readonly<Record<string, string>>): string {
  const hash = new Hash();
  for (const [name, value] of Object.entries(hashes)) hash.add(name).add(value);
  return hash.toString();
}
