import { checkNumber, fail, toFloat64 } from "../check.js";
import { difference } from "../linalg/differences.js";
import { type Minimizable, capabilitiesOf, evaluatorOf } from "../optimizers/objective.js";

/** An objective at one point. */
export interface Point {
  readonly value: number;
  /** [size] */
  readonly gradient: Float64Array;
}

/** An objective as diagnostics look at it. */
export interface Observed {
  readonly size: number;
  /** Its value and gradient at θ: copies. */
  at(parameters: Float64Array): Point;
  /** Its Hessian at θ, a packed lower triangle: its own, of its products, or of differences of order 8 of its gradient. */
  hessian(parameters: Float64Array): Float64Array;
}

/** Checks an objective of the library or of the user's. */
export function observe(objective: Minimizable): Observed {
  if (typeof objective !== "object" || objective === null) fail("type", "objective", "an object", objective);
  const size = checkNumber("objective.size", objective.size, { min: 1, integer: true });
  const begin = evaluatorOf(objective);
  const offered = capabilitiesOf(objective);
  const at = (parameters: Float64Array): Point => {
    const evaluation = begin({ kind: "evaluate", parameters, order: 1 });
    evaluation.advance(Infinity);
    return { value: evaluation.value, gradient: evaluation.gradient.slice() };
  };
  /** Column j of the Hessian. */
  const product = (parameters: Float64Array, j: number): Float64Array => {
    const direction = new Float64Array(size);
    direction[j] = 1;
    const evaluation = begin({ kind: "multiply", parameters, direction });
    evaluation.advance(Infinity);
    return evaluation.product!.slice();
  };
  const hessian = (parameters: Float64Array): Float64Array => {
    if (offered.includes("hessian")) {
      const evaluation = begin({ kind: "evaluate", parameters, order: 2 });
      evaluation.advance(Infinity);
      return evaluation.hessian!.slice();
    }
    const packed = new Float64Array((size * (size + 1)) / 2);
    const columns = Array.from(parameters, (_, j) =>
      offered.includes("hessianVector") ? product(parameters, j) : difference((x) => at(x).gradient, parameters, j),
    );
    for (let a = 0, k = 0; a < size; a++) {
      for (let b = 0; b <= a; b++, k++) packed[k] = (columns[a][b] + columns[b][a]) / 2;
    }
    return packed;
  };
  return { size, at, hessian };
}

/** θ as a copy: [size] finite numbers. */
export function readPoint(argument: string, given: unknown, size: number): Float64Array {
  const values = toFloat64(argument, given).slice();
  if (values.length !== size) fail("range", argument, `an array of length ${size}`, given);
  values.forEach((value, row) => {
    if (!Number.isFinite(value)) fail("range", argument, "finite numbers", value, { row });
  });
  return values;
}

/** The Hessian, refused by name where it is not finite. */
export function finiteHessian(observed: Observed, at: Float64Array): Float64Array {
  const packed = observed.hessian(at);
  if (!packed.every(Number.isFinite)) fail("range", "at", "a point with a finite Hessian", "NaN or infinite entries");
  return packed;
}

/** A number as a sentence shows it. */
export function say(value: number): string {
  return String(Number(value.toPrecision(3)));
}
