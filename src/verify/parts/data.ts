import type { Dataset } from "../../index.js";
import { type Entry, type Part, entry } from "../entry.js";
import { ordinary } from "../inputs.js";

/** The same numbers in every form that a data set takes. */
export const data: Part = function* (library) {
  const { random, dataset, objective, losses, priors } = library;
  const generator = random(9);
  const [rows, columns] = [90, 3];
  const x = Float32Array.from(ordinary(generator, rows * columns));
  const y = ordinary(generator, rows);
  const theta = ordinary(generator, columns + 1);
  const cells = Array.from({ length: rows }, (_, i) => Array.from(x.subarray(i * columns, (i + 1) * columns)));
  const column = (j: number): number[] => cells.map((row) => row[j]);
  const records = cells.map(([a, b, c], i) => ({ a, b, c, target: y[i] }));
  const put = function* (form: string, made: Dataset): Generator<Entry, void> {
    const target = objective({ data: made, loss: losses.squaredError() });
    const { value, gradient } = target.valueAndGradient(theta);
    yield entry(`data as ${form}`, "objective({ data: dataset(X, y), loss })", value, gradient, made.totalWeight);
  };
  yield* put("rows", dataset(cells, y));
  yield* put("a flat Float64Array", dataset(Float64Array.from(x), y, { columns }));
  yield* put("a flat Float32Array", dataset(x, y, { columns }));
  yield* put("columns", dataset({ a: column(0), b: column(1), c: column(2) }, y));
  yield* put("records", dataset(records, { target: "target" }));

  yield* put("numbers of 32 bits", dataset(x, y, { columns, storage: "float32" }));

  const standardized = dataset(x, y, { columns, standardize: true, weights: Float64Array.from(y, (v) => v * v) });
  const { center, scale } = standardized.moments!;
  yield entry("data: moments", "dataset(X, y, { standardize: true }).moments", center, scale);
  const spread = objective({ data: standardized, loss: losses.squaredError(), penalty: flatPenalty() });
  yield entry("data: flat prior", "objective({ data, loss, penalty })", spread.value(theta), spread.gradient(theta));

  function flatPenalty(): ReturnType<ReturnType<typeof priors.flat>["penalty"]> {
    return priors.flat().penalty({ totalWeight: standardized.totalWeight });
  }
};
