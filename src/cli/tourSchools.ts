import { dataset, erm, likelihoods, losses, map, mle, priors, type Fit } from "../index.js";
import { formatNumber, formatPairs, formatShare, formatTable, wrap } from "./format.js";
import { readFeatures, type Features } from "./features.js";
import { hasNoOptimum, witnessTable } from "./report.js";
import { numberColumn, readTable } from "./table.js";
import type { Print } from "./tour.js";

const SHOWN = 4;

/** One data set by maximum likelihood, by MAP and by empirical risk. */
export function threeSchools(path: string, print: Print): void {
  const table = readTable(path);
  const y = numberColumn(table, "target");
  const features = readFeatures(
    table,
    table.header.filter((name) => name !== "target"),
  );
  const { names, rows } = features;
  const benign = y.filter((value) => value === 1).length;
  const likelihood = likelihoods.bernoulli();

  print(`1  Maximum likelihood: mle({ data, likelihood })`, "");
  print(
    wrap(
      `${rows.length} tumours, ${names.length} measurements of their cells, ${benign} of them benign. Logistic regression: P(benign) = 1/(1 + e^-score).`,
    ),
    "",
  );
  const free = mle({ data: dataset(rows, y, { names }), likelihood });
  printUnbounded(free, features, print);

  const data = dataset(rows, y, { names, standardize: true });
  const prior = priors.normal({ sd: 1 });
  const posterior = map({ data, likelihood, prior });
  print(`2  Maximum a posteriori: map({ data, likelihood, prior })`, "");
  print(wrap(`The same with coefficients believed to be ${String(prior)} per standard deviation of a column:`), "");
  const predicted = posterior.predict(rows);
  const right = y.filter((value, i) => predicted[i] === value).length;
  print(
    formatPairs([
      ["status", `${posterior.status} after ${posterior.iterations} iterations`],
      ["log-likelihood", `${formatNumber(posterior.logLikelihood)} nats`],
      ["accuracy", `${formatShare(right, rows.length)} on the rows it was fitted to`],
    ]),
    "",
  );

  const penalty = prior.penalty({ totalWeight: data.totalWeight });
  const risk = erm({ data, loss: losses.binaryCrossEntropy(), penalty });
  print(`3  Empirical risk: erm({ data, loss, penalty })`, "");
  print(
    wrap(
      `The same in other words: the mean of the binary cross-entropy plus the penalty ${String(penalty)}, which is that prior divided by the ${rows.length} rows. Not nearly the same: the same bits.`,
    ),
    "",
  );
  printBits(posterior, risk, print);
}

function printUnbounded(fit: Fit, features: Features, print: Print): void {
  print(wrap(`${fit.status}: ${fit.reason}`), "");
  if (!hasNoOptimum(fit)) return;
  print(witnessTable(fit, features), "");
  print(wrap("There is no maximum to report, so none is reported. A prior gives one:"), "");
}

function printBits(a: Fit, b: Fit, print: Print): void {
  const parameters = (fit: Fit): number[] => [...fit.intercepts, ...fit.coefficients];
  const [left, right] = [parameters(a).map(bits), parameters(b).map(bits)];
  const names = ["(intercept)", ...a.names];
  const rows = names.slice(0, SHOWN).map((name, i) => [name, formatNumber(parameters(a)[i]), left[i], right[i]]);
  const same = left.filter((value, i) => value === right[i]).length;
  print(formatTable(["", "coefficient", "bits by MAP", "bits by ERM"], rows), "");
  print(`  identical: ${same} of ${left.length}`, "");
}

/** The 64 bits of a double, in hexadecimal. */
function bits(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, "0");
}
