import { checkNumber, checkOptions, fail, toFloat64 } from "../check.js";
import { makeCustom } from "./customEvaluation.js";
import type { CustomModel } from "./customRows.js";
import type { Model } from "./model.js";

export type { CustomModel };

/**
 * A model of your own: any function from a row and θ to its scores, with what this library's networks have: every loss,
 * likelihood, prior and weights, batches of rows, jobs in slices that are stored and go on.
 *
 * State how a row's scores come about, and how derivatives by them become derivatives by θ; `checkGradient` of an objective
 * compares these with differences. Where you state second derivatives too, objectives have their exact Hessian (`hessian`), for
 * `optimizers.newton`, or times a vector (`hessianVector`), for `newtonCG`: what the loss bends between the scores, JᵀCJ, is
 * made of `gradient`. Where you state none, that part alone is what `optimizers.gaussNewton` takes. Rows are taken in leaves as in docs/bits.md, on the TypeScript side wherever the data live.
 * To have the same bits on every engine use this library's `exp`, `tanh` and the like in place of those of `Math`. A prior acts
 * on all of θ: one number for all, or one each. `minimize` takes the objective; fits with coefficients are for linear models.
 *
 * @param model - `name`; `size`, `scores`, `gradient`, `hessian`, `hessianVector`, `start`: functions as above. They must not keep the
 *   arrays that they are given.
 * @returns The model, frozen.
 * @throws TypeError or RangeError naming what does not fit; objectives throw a RangeError unless `size` gives a whole number ≥ 1.
 * @example
 * const decay = models.custom({
 *   name: "exponential decay", // a·exp(−k·t)
 *   size: () => 2,
 *   scores: ([a, k], [t], out) => void (out[0] = a * exp(-k * t)),
 *   gradient([a, k], [t], [slope], out) {
 *     const decayed = exp(-k * t);
 *     out[0] += slope * decayed;
 *     out[1] -= slope * a * t * decayed;
 *   },
 *   hessianVector([a, k], [t], [slope], [u, v], out) {
 *     const decayed = exp(-k * t);
 *     out[0] -= slope * t * decayed * v;
 *     out[1] += slope * t * decayed * (a * t * v - u);
 *   },
 *   start: () => [1, 1],
 * });
 * const data = dataset([[0], [1], [2], [3]], [2.1, 1.2, 0.8, 0.4]);
 * const target = objective({ data, model: decay, loss: losses.squaredError() });
 * checkGradient(target, [1.5, 0.3]).gradient.error < 1e-9; // → true
 * checkGradient(target, [1.5, 0.3]).hessian!.error < 1e-9; // → true
 * minimize(target, { optimizer: optimizers.newtonCG() }).parameters; // → [2.0918944, 0.523097]
 */
export function custom(model: CustomModel): Model {
  if (model === undefined) fail("type", "model", "an object", model);
  checkOptions("model", model, ["name", "size", "scores", "gradient", "hessian", "hessianVector", "start"]);
  const { name, size, start } = model;
  if (typeof name !== "string") fail("type", "name", "a string", name);
  for (const key of ["size", "scores", "gradient", "hessian", "hessianVector", "start"] as const) {
    const optional = key === "hessian" || key === "hessianVector" || key === "start";
    if (typeof model[key] !== "function" && !(optional && model[key] === undefined)) {
      fail("type", key, "a function", model[key]);
    }
  }
  const { scores, gradient, hessian, hessianVector } = model;
  const rows = { name, scores, gradient, ...(hessian && { hessian }), ...(hessianVector && { hessianVector }) };
  const sizeFor = (columns: number, outputs: number): number =>
    checkNumber("size(columns, outputs)", size(columns, outputs), { min: 1, integer: true });
  return Object.freeze<Model>({
    name,
    bind: (data, outputs, kernels) =>
      makeCustom(data, outputs, { ...rows, size: sizeFor(data.columns, outputs) }, kernels),
    toJSON: () => ({ version: 1, type: "model", name: "custom", options: { name } }),
    ...(start && {
      start(columns: number, outputs: number): Float64Array {
        const length = sizeFor(columns, outputs);
        const own = toFloat64("start(columns, outputs)", start(columns, outputs));
        if (own.length !== length) fail("range", "start(columns, outputs)", `${length} numbers`, own);
        return own;
      },
    }),
  });
}
