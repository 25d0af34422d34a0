import { backend, dataset, erm, likelihoods, losses, map, mle, priors, type Fit } from "../index.js";
import { type Print, formatNumber, formatPairs, formatShare, formatTable, wrap } from "./format.js";
import { readFeatures, type Features } from "./features.js";
import { hasNoOptimum, witnessTable } from "./report.js";
import { numberColumn, readTable } from "./table.js";

const SHOWN = 4;

/** One data set by maximum likelihood, by MAP and by empirical risk. */
export function threeSchools(path: string, print: Print): void {
  const table = readTable(path);
  const y = numberColumn(table, "target");
  const features = readFeatures(
    table,
    table.header.filter((name) => name !== "target"),
  );
  const { names, rows, x } = features;
  const columns = names.length;
  const benign = y.filter((value) => value === 1).length;
  const likelihood = likelihoods.bernoulli();

  print(`1  Maximum likelihood: mle({ data, likelihood })`, "");
  print(
    wrap(
      `${rows} tumours, ${columns} measurements of their cells, ${benign} of them benign. Logistic regression: P(benign) = 1/(1 + e^-score).`,
    ),
    "",
  );
  const free = mle({ data: dataset(x, y, { columns, names }), likelihood });
  printUnbounded(free, features, print);

  const data = dataset(x, y, { columns, names, standardize: true });
  const prior = priors.normal({ sd: 1 });
  const posterior = map({ data, likelihood, prior });
  print(`2  Maximum a posteriori: map({ data, likelihood, prior })`, "");
  print(wrap(`The same with coefficients believed to be ${String(prior)} per standard deviation of a column:`), "");
  const predicted = posterior.predict(x);
  const right = y.filter((value, i) => predicted[i] === value).length;
  print(
    formatPairs([
      ["status", `${posterior.status} after ${posterior.iterations} iterations`],
      ["log-likelihood", `${formatNumber(posterior.logLikelihood!)} nats`],
      ["accuracy", `${formatShare(right, rows)} on the rows it was fitted to`],
    ]),
    "",
  );

  const penalty = prior.penalty({ totalWeight: data.totalWeight });
  const risk = erm({ data, loss: losses.binaryCrossEntropy(), penalty });
  print(`3  Empirical risk: erm({ data, loss, penalty })`, "");
  print(
    wrap(
      `The same in other words: the mean of the binary cross-entropy plus the penalty ${String(penalty)}, which is that prior divided by the ${rows} rows. Not nearly the same: the same bits.`,
    ),
    "",
  );
  printBits(posterior, risk, print);
  if (backend.name !== "wasm") return;
  backend.use("typescript");
  const twin = map({ data: dataset(x, y, { columns, names, standardize: true }), likelihood, prior });
  backend.use("auto");
  const same = `${sameBits(posterior, twin)} of ${columns + 1}`;
  print(wrap(`The kernels were WebAssembly. By their twins in plain TypeScript, identical: ${same}.`), "");
}

function printUnbounded(fit: Fit, features: Features, print: Print): void {
  print(wrap(`${fit.status}: ${fit.reason}`), "");
  if (!hasNoOptimum(fit)) return;
  print(witnessTable(fit, features), "");
  print(wrap("There is no maximum to report, so none is reported. A prior gives one:"), "");
}

function printBits(a: Fit, b: Fit, print: Print): void {
  const [left, right] = [parametersOf(a), parametersOf(b)];
  const rows = ["(intercept)", ...a.names]
    .slice(0, SHOWN)
    .map((name, i) => [name, formatNumber(left[i]), bits(left[i]), bits(right[i])]);
  print(formatTable(["", "coefficient", "bits by MAP", "bits by ERM"], rows), "");
  print(`  identical: ${sameBits(a, b)} of ${left.length}`, "");
}

function parametersOf(fit: Fit): number[] {
  return [...fit.intercepts, ...fit.coefficients];
}

/** How many parameters of two fits have the same bits. */
function sameBits(a: Fit, b: Fit): number {
  const other = parametersOf(b);
  return parametersOf(a).filter((value, i) => bits(value) === bits(other[i])).length;
}

/** The 64 bits of a double, in hexadecimal. */
function bits(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, "0");
}
