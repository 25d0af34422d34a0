import { type Batches, readPart } from "./batches.js";
import { checkNumber, fail, toFloat64 } from "./check.js";
import type { Dataset } from "./dataset.js";
import type { Likelihood } from "./likelihoods/likelihood.js";
import type { Loss } from "./losses/loss.js";
import type { BoundModel, Model } from "./models/model.js";
import type { Evaluation, Minimizable } from "./optimizers/objective.js";
import type { Capability, Order, Part } from "./optimizers/optimizer.js";
import { addScaled } from "./linalg/vector.js";
import { curvatureAlong, curvatureOf, slopeAlong, surprisalOf } from "./priors/surprisal.js";
import { type Terms, isFlat, sizeOf } from "./priors/terms.js";
import { finishGradient, finishHessian, finishProduct, kinksOf } from "./withTerms.js";

/** What F/W is made of. */
interface Parts {
  readonly data: Dataset;
  readonly bound: BoundModel;
  readonly terms: Terms;
  readonly dispersion: number;
  readonly totalWeight: number;
  readonly convex?: boolean;
}

interface Begins extends Required<
  Pick<Minimizable, "beginProduct" | "beginLine" | "beginCommon" | "beginCoordinates">
> {
  begin(parameters: Float64Array, order: Order, part?: Partial<Part>): Evaluation;
}

/** What a model offers to an objective; minima over coordinates where that is convex and has absolute values. */
export function offeredBy({ capabilities }: BoundModel, kinked: boolean): readonly Capability[] {
  return kinked ? capabilities : capabilities.filter((one) => one !== "coordinates");
}

/** The Hessian of an evaluation; throws where its matrix is none, or that of Gauss and Newton. */
export function trueHessian({ capabilities }: BoundModel, { hessian }: Evaluation, loss: string): Float64Array {
  if (hessian !== null && !capabilities.includes("gaussNewton")) return hessian;
  return fail("type", "objective", "one with a Hessian", loss);
}

/** The evaluations of F/W, from those of Σ w·ℓ; without `batches` of no part of the rows. */
export function evaluationsOf(parts: Parts, batches: Batches | null, size: number): Begins {
  const { data, bound, terms, dispersion, totalWeight: W, convex } = parts;
  const flat = isFlat(terms);
  const begin: Begins["begin"] = (parameters, order, part) => {
    checkParameters(parameters, size);
    const { rows, prior } = readPart(part);
    const evaluation = (rows === undefined ? bound : batches!.at(rows)).begin(parameters, order);
    // A part stands for all rows, which is the same as dividing it by less.
    const phi = rows === undefined ? dispersion : dispersion * (rows.length / data.rows);
    const added = prior && !flat ? terms : null;
    const result = {
      done: false,
      value: NaN,
      gradient: evaluation.gradient,
      hessian: evaluation.hessian,
      advance(units: number): boolean {
        if (result.done || !evaluation.advance(units)) return result.done;
        result.value = (evaluation.value / phi + (added === null ? 0 : surprisalOf(added, parameters))) / W;
        if (order >= 1) finishGradient(result.gradient, parameters, added, phi, W);
        if (result.hessian !== null) finishHessian(result.hessian, parameters, added, phi, W);
        result.done = true;
        return true;
      },
    };
    return result;
  };
  const beginProduct: Begins["beginProduct"] = (parameters, direction) => {
    checkParameters(parameters, size);
    if (direction !== null) checkParameters(direction, size, "direction");
    const at = parameters.slice();
    const along = direction === null ? null : direction.slice();
    const evaluation =
      bound.beginProduct?.(at, along) ?? fail("type", "objective", "one with a Hessian", "one without");
    const result = {
      ...{ done: false, value: NaN, gradient: evaluation.gradient, hessian: null, product: evaluation.product! },
      advance(units: number): boolean {
        if (result.done || !evaluation.advance(units)) return result.done;
        finishProduct(result.product, at, along, terms, dispersion, W);
        return (result.done = true);
      },
    };
    return result;
  };
  const beginLine: Begins["beginLine"] = (parameters, direction, step) => {
    checkParameters(parameters, size);
    checkParameters(direction, size, "direction");
    checkNumber("step", step);
    if (bound.beginLine === undefined) return fail("type", "objective", 'one that offers "line"', "one that does not");
    const at = Float64Array.from(parameters);
    addScaled(step, direction, at);
    const along = Float64Array.from(direction);
    const evaluation = bound.beginLine(parameters, direction, step);
    const result = {
      ...{ done: false, value: NaN, gradient: evaluation.gradient, hessian: null, slope: NaN, curvature: NaN },
      advance(units: number): boolean {
        if (result.done || !evaluation.advance(units)) return result.done;
        result.value = (evaluation.value / dispersion + surprisalOf(terms, at)) / W;
        result.slope = (evaluation.slope / dispersion + slopeAlong(terms, at, along)) / W;
        result.curvature = (evaluation.curvature / dispersion + curvatureAlong(terms, at, along)) / W;
        return (result.done = true);
      },
    };
    return result;
  };
  const beginCommon: Begins["beginCommon"] = (parameters) => {
    checkParameters(parameters, size);
    if (bound.beginCommon === undefined || !bound.capabilities.includes("commonHessian")) {
      return fail("type", "objective", 'one that offers "commonHessian"', "one that does not");
    }
    const { outputs } = bound.layout;
    const at = Float64Array.from(parameters);
    const evaluation = bound.beginCommon(parameters);
    const product = new Float64Array(size / outputs);
    const result = {
      ...{ done: false, value: NaN, gradient: evaluation.gradient, hessian: evaluation.hessian!, product },
      advance(units: number): boolean {
        if (result.done || !evaluation.advance(units)) return result.done;
        for (let i = 0; i < size; i++) product[i % product.length] += Math.max(0, curvatureOf(terms, at, i));
        for (let j = 0; j < product.length; j++) product[j] = product[j] / outputs / W;
        for (let i = 0; i < result.hessian.length; i++) result.hessian[i] = result.hessian[i] / dispersion / W;
        for (let j = 0; j < product.length; j++) result.hessian[(j * (j + 3)) / 2] += product[j];
        return (result.done = true);
      },
    };
    return result;
  };
  const beginCoordinates: Begins["beginCoordinates"] = (parameters, slope, accuracy) => {
    checkParameters(parameters, size);
    checkParameters(slope, size, "slope");
    checkNumber("accuracy", accuracy, { exclusiveMin: 0 });
    if (bound.beginCoordinates === undefined || convex !== true || !bound.capabilities.includes("coordinates")) {
      return fail("type", "objective", 'one that offers "coordinates"', "one that does not");
    }
    const kinks = kinksOf(terms, W).prox ?? { rate: new Float64Array(size), center: new Float64Array(size) };
    const ridge = Float64Array.from(parameters, (_, j) => Math.max(0, curvatureOf(terms, parameters, j)) / W);
    const model = { scale: dispersion * W, slope: slope.slice(), ridge, ...kinks, accuracy };
    const evaluation = bound.beginCoordinates(parameters, { ...model, center: kinks.center! });
    return evaluation as Evaluation;
  };
  return { begin, beginProduct, beginLine, beginCommon, beginCoordinates };
}

/** θ as given where it is a Float64Array, else its numbers in one. */
export function readParameters(given: unknown, size: number, name = "parameters"): Float64Array {
  const parameters = toFloat64(name, given);
  if (parameters.length !== size) fail("range", name, `an array of length ${size}`, given);
  return parameters;
}

/** The same of what is not converted: arrays that are written to, and those that solvers bring. */
export function checkParameters(parameters: unknown, size: number, name = "parameters"): void {
  if (!(parameters instanceof Float64Array)) fail("type", name, `a Float64Array of length ${size}`, parameters);
  if (parameters.length !== size) fail("range", name, `a Float64Array of length ${size}`, parameters);
}

/** Where to begin, where that is not 0: as the model says, or with intercepts at a score of the loss's domain. */
export function initialOf(
  model: Model,
  columns: number,
  loss: Loss,
  { layout, linear }: BoundModel,
): { readonly initial?: () => Float64Array } {
  if (model.start) return { initial: () => model.start!(columns, loss.classes) };
  if (loss.start === 0 || !linear || !layout.intercept) return {};
  const size = sizeOf(layout);
  const stride = size / layout.outputs;
  return { initial: () => Float64Array.from({ length: size }, (_, j) => (j % stride === 0 ? loss.start : 0)) };
}

/** Σ w·(−log density − ℓ/φ). Throws a RangeError for targets that have no density, a TypeError without a likelihood. */
export function constantOf(
  likelihood: Likelihood | null,
  { rows, targets, weights }: Dataset,
  dispersion: number,
): number {
  if (likelihood === null) fail("type", "objective", "one stated by a likelihood", "one stated by a loss");
  const each = likelihood.constant(targets!, likelihood.dispersion === null ? { dispersion } : {});
  if (each.length !== rows) fail("range", "targets", "one target a row for a likelihood", targets);
  return each.reduce((sum, constant, i) => sum + (weights === null ? 1 : weights[i]) * constant, 0);
}
