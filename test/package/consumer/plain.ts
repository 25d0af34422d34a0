// Reads every kind of declaration with nothing but ECMAScript 2022: no DOM, no Node. Compiled in the empty project.
import {
  type Dataset,
  type Fit,
  type Loss,
  type Objective,
  backend,
  dataset,
  fitter,
  likelihoods,
  logSumExp,
  logisticRegression,
  losses,
  minimize,
  mle,
  objective,
  optimizers,
  priors,
  sigmoid,
} from "surprisal";
import kernels from "surprisal/kernels.wasm";

const value: number = logSumExp([1, 2]);
const rows: Float64Array = logSumExp([1, 2], { columns: 1 });
const one: number = sigmoid(0.5);
const many: Float64Array = sigmoid(Float64Array.of(1, 2), { out: new Float64Array(2) });
const loss: Loss = losses.softmaxCrossEntropy({ classes: 3 });
const gradient: Float64Array = loss.gradient([1, 2, 3], [0]);

const data: Dataset = dataset([[1], [2]], [1, 2]);
const fit: Fit = mle({ data, likelihood: likelihoods.gaussian() });
const other: Fit = logisticRegression({ dose: [1, 2] }, ["a", "b"], { prior: priors.normal({ sd: 1 }) });
// An array's element may be missing: noUncheckedIndexedAccess.
const coefficient: number | undefined = fit.coefficients[0];
const target: Objective = objective({ data, likelihood: likelihoods.gaussian({ sd: 1 }) });
const optimum: Float64Array = minimize(target, { optimizer: optimizers.lbfgs() }).parameters;
const later: Promise<Fit> = fitter(logisticRegression, [[1], [2]], ["a", "b"]).run({ signal: { aborted: false } });

backend.install(kernels);
backend.install(new Uint8Array(8));
backend.install(new ArrayBuffer(8));

// @ts-expect-error an unknown option
logisticRegression([[1], [2]], ["a", "b"], { bogus: 1 });
// @ts-expect-error an option that is there and undefined: exactOptionalPropertyTypes
sigmoid([1], { out: undefined });
// @ts-expect-error not a backend
backend.use("gpu");
// @ts-expect-error not a module
backend.install("kernels");
// @ts-expect-error text is not numbers
logSumExp(["1"]);

export { value, rows, one, many, gradient, other, coefficient, optimum, later };
