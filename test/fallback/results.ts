import type * as Exports from "../../src/index.js";
import { Hash } from "../../src/verify/hash.js";
import { classification, indices, numbers, ordinary, scores } from "../../src/verify/inputs.js";

export type Library = typeof Exports;

/** Hashes of what a user sees, small and large, with data sets that live in the arena and in memories of their own. */
export function results(library: Library): Record<string, string> {
  const { random, losses, priors, objective, dataset, logisticRegression, softmaxRegression, linearRegression } =
    library;
  const out: Record<string, string> = {};
  const put = (name: string, ...values: Parameters<Hash["add"]>[0][]): void => {
    const hash = new Hash();
    for (const value of values) hash.add(value);
    out[name] = hash.toString();
  };
  const generator = random(11);
  const x = numbers(generator, 5000);
  for (const name of ["exp", "log", "log1p", "expm1", "tanh", "sigmoid", "softplus", "logSigmoid", "logit"] as const) {
    put(name, library[name](x));
  }
  put("logSumExp", library.logSumExp(x), library.logSumExp(scores(generator, 5000), { columns: 10 }));
  put("softmax", library.softmax(scores(generator, 5000), { columns: 10 }));
  put("logSoftmax", library.logSoftmax(scores(generator, 5000), { columns: 10 }));
  const z = scores(generator, 3000);
  put("binaryCrossEntropy", losses.binaryCrossEntropy().gradient(z, indices(generator, 3000, 2)));
  const loss = losses.softmaxCrossEntropy({ classes: 3 });
  const { value, gradient } = loss.valueAndGradient(z, indices(generator, 1000, 3));
  put("softmaxCrossEntropy", value, gradient);
  for (const [rows, columns] of [
    [50, 3],
    [40_000, 8],
  ]) {
    const design = classification(generator, rows, columns, 2);
    const data = dataset(design.x, design.y, { columns });
    const target = objective({ data, loss: losses.binaryCrossEntropy() });
    const theta = ordinary(generator, columns + 1);
    put(`objective, ${rows} rows`, target.value(theta), target.gradient(theta), target.hessian(theta));
    const fit = logisticRegression(design.x, design.y, { columns, prior: priors.normal({ sd: 1 }) });
    put(`logistic, ${rows} rows`, fit.coefficients, fit.intercepts, fit.scores(design.x));
  }
  const three = classification(generator, 200, 4, 3);
  put(
    "softmaxRegression",
    softmaxRegression(three.x, three.y, { columns: 4, prior: priors.normal({ sd: 1 }) }).coefficients,
  );
  const records = Array.from({ length: 200 }, (_, i) => {
    const row = Array.from(three.x.subarray(4 * i, 4 * i + 4)).entries();
    return Object.fromEntries(Array.from(row).filter(([, value]) => value > 0));
  });
  const forms = {
    "32 bits": dataset(three.x, three.y, { columns: 4, storage: "float32" }),
    "sparse rows": dataset(library.sparse(records, { names: ["0", "1", "2", "3"] }), three.y),
  };
  for (const [form, data] of Object.entries(forms)) {
    const target = objective({ data, loss });
    const theta = ordinary(generator, target.size);
    const product = target.hessianVector(theta, theta);
    put(`objective, ${form}`, target.value(theta), target.gradient(theta), target.hessian(theta), product);
  }
  put("linearRegression", linearRegression(three.x, three.y, { columns: 4 }).coefficients);
  return out;
}
