import type { Inference } from "../../index.js";
import { type Entry, type Part, entry } from "../entry.js";
import { classification, ordinary, regression, weights } from "../inputs.js";

function* one(name: string, made: Inference): Generator<Entry, void> {
  const of = "inference(fit, data, options)";
  const { rows, covariance, logLikelihood, deviance, nullDeviance, pearson, dispersion, aic, bic } = made;
  const errors = rows.map((row) => row.standardError ?? NaN);
  const tests = rows.map((row) => row.pValue ?? NaN);
  const bounds = rows.map((row) => row.upper ?? NaN);
  const { rSquared, effectiveDegreesOfFreedom, logEvidence } = made;
  yield entry(`inference, ${name}`, of, covariance, Float64Array.from(errors), Float64Array.from(tests));
  yield entry(`inference, ${name}: intervals`, of, Float64Array.from(bounds));
  yield entry(`inference, ${name}: whole fit`, of, logLikelihood, deviance, nullDeviance, pearson, dispersion);
  yield entry(`inference, ${name}: criteria`, of, aic, bic, rSquared, effectiveDegreesOfFreedom, logEvidence);
}

/** Errors, tests, criteria and evidence of fits. */
export const inference: Part = function* (library) {
  const generator = library.random(83);
  const { dataset, generalizedLinearModel, inference, likelihoods, linearRegression, logisticRegression } = library;
  const { compare, priors, selectPrior, softmaxRegression } = library;
  const columns = 3;
  const { x, y } = regression(generator, 120, columns);
  const w = weights(generator, 120);
  const linear = linearRegression(x, y, { columns, weights: w });
  const weighted = dataset(x, y, { columns, weights: w });
  yield* one("linear, precisions", inference(linear, weighted, { weightsAre: "precision" }));
  const sandwich = inference(linear, weighted, { weightsAre: "sampling", sandwich: "HC1" });
  yield* one("linear, sandwich", sandwich);
  const { x: rows, y: labels } = classification(generator, 150, columns, 3);
  const binary = labels.map((label) => Math.min(label, 1));
  const logistic = logisticRegression(rows, binary, { columns });
  yield* one("logistic", inference(logistic, dataset(rows, binary, { columns })));
  const hc3 = inference(logistic, dataset(rows, binary, { columns }), { sandwich: "HC3" });
  yield* one("logistic, sandwich", hc3);
  const prior = priors.normal({ sd: 1.5, intercept: { sd: 4 } });
  const posterior = logisticRegression(rows, binary, { columns, prior });
  yield* one("logistic, prior", inference(posterior, dataset(rows, binary, { columns })));
  const any = labels.map(() => generator.integer(3));
  const softmax = softmaxRegression(rows, any, { columns });
  yield* one("softmax", inference(softmax, dataset(rows, any, { columns })));
  const amounts = ordinary(generator, 120).map((value) => Math.abs(value) + 0.1);
  const gamma = generalizedLinearModel(x, amounts, { columns, likelihood: likelihoods.gamma() });
  yield* one("gamma", inference(gamma, dataset(x, amounts, { columns })));
  const counts = amounts.map((amount) => Math.floor(4 * amount * amount));
  const dispersed = generalizedLinearModel(x, counts, { columns, likelihood: likelihoods.negativeBinomial() });
  const joint = inference(dispersed, dataset(x, counts, { columns }), { joint: true });
  yield* one("negative binomial, jointly", joint);
  const { value, standardError } = joint.theta ?? { value: NaN, standardError: NaN };
  yield entry("inference, negative binomial: theta", "inference(fit, data, { joint })", value, standardError);
  const data = dataset(rows, binary, { columns });
  yield* one("logistic, profile", inference(logistic, data, { intervals: "profile" }));
  const fewer = rows.filter((_, at) => at % columns !== columns - 1);
  const smaller = logisticRegression(fewer, binary, { columns: columns - 1 });
  const test = compare(inference(smaller, dataset(fewer, binary, { columns: columns - 1 })), inference(logistic, data));
  yield entry("compare", "compare(smaller, larger)", test.statistic, test.degreesOfFreedom, test.pValue);
  const chosen = selectPrior(rows, binary, { columns, likelihood: likelihoods.bernoulli(), standardize: true });
  const { sd, lambda, logEvidence, sds, logEvidences } = chosen;
  yield entry("selectPrior", "selectPrior(X, y, options)", sd, lambda, logEvidence, sds, logEvidences);
};
