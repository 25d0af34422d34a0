import { EPSILON } from "../constants.js";
import { symmetricEigen } from "../linalg/symmetricEigen.js";
import type { Objective } from "../objective.js";
import type { Minimizable } from "../optimizers/objective.js";
import { finiteHessian, observe, readPoint, say } from "./function.js";

/** How hard an objective is to resolve at a point. */
export interface Conditioning {
  /** Largest over least eigenvalue of the Hessian; Infinity where the least is 0 within rounding, or negative. */
  readonly number: number;
  /** The same after scaling every parameter to a second derivative of 1: what standardising cannot mend. */
  readonly scaled: number;
  /** The parameters that nearly determine each other, or the one that nothing depends on, by name. */
  readonly parameters: readonly string[];
  /** What that means. */
  readonly sentence: string;
}

/** A condition number that costs half of a double's digits. */
const HIGH = 1e8;

/**
 * How well the data determine the parameters at a point: the condition number of the Hessian, how much of it is only a
 * matter of units, and which parameters are to blame for the rest.
 *
 * A condition number of 10ᵏ costs about k of 16 digits, and gradient descent about as many steps as the number says.
 *
 * @param objective - Of this library, or whatever `minimize` takes.
 * @param at - θ: [size] finite numbers (default zeros).
 * @returns `number`, `scaled`, `parameters`, and a sentence.
 * @throws TypeError or RangeError for another thing, another length, or a Hessian that is not finite there.
 * @see N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed., 2002, §7.3; A. van der Sluis, *Numer.
 *   Math.* 14 (1969)
 * @example
 * const data = dataset({ metres: [1, 2, 3, 4], feet: [3.28, 6.56, 9.84, 13.12], age: [30, 20, 50, 40] }, [1, 3, 2, 4]);
 * const target = objective({ data, loss: losses.squaredError() });
 * diagnostics.conditioning(target).parameters; // → ["metres", "feet"]
 */
export function conditioning(objective: Minimizable | Objective, at?: ArrayLike<number>): Conditioning {
  const observed = observe(objective);
  const { size } = observed;
  const point = at === undefined ? new Float64Array(size) : readPoint("at", at, size);
  const packed = finiteHessian(observed, point);
  const number = ratio(symmetricEigen(packed, size).values);
  const diagonal = Array.from({ length: size }, (_, j) => packed[(j * (j + 3)) / 2]);
  const names = namesOf(objective, size);
  const idle = names.filter((_, j) => diagonal[j] === 0);
  const scales = diagonal.map((d) => (d > 0 ? 1 / Math.sqrt(d) : 1));
  for (let a = 0, k = 0; a < size; a++) for (let b = 0; b <= a; b++, k++) packed[k] *= scales[a] * scales[b];
  const { values, vectors } = symmetricEigen(packed, size);
  const scaled = ratio(values);
  const weakest = vectors.subarray(0, size);
  const largest = weakest.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  const involved = names.filter((_, j) => Math.abs(weakest[j]) > 0.1 * largest);
  const parameters = idle.length > 0 ? idle : scaled >= HIGH && involved.length > 1 ? involved : [];
  return { number, scaled, parameters, sentence: sentenceOf(number, scaled, parameters, idle.length > 0) };
}

/** Largest over least, with what rounding leaves of a least that is 0 taken as 0. */
function ratio(values: Float64Array): number {
  const [smallest, largest] = [values[0], values[values.length - 1]];
  return smallest <= 64 * values.length * EPSILON * Math.abs(largest) ? Infinity : largest / smallest;
}

function sentenceOf(number: number, scaled: number, parameters: readonly string[], idle: boolean): string {
  const quoted = parameters.map((name) => `"${name}"`).join(", ");
  if (idle)
    return `Nothing depends on ${quoted} here: drop ${parameters.length === 1 ? "it" : "them"}, or add a prior.`;
  if (scaled === Infinity) {
    return quoted === ""
      ? "The Hessian is not positive definite here, so that there is no condition number."
      : `${quoted} determine each other: infinitely many values do equally well. Drop one, or add a prior.`;
  }
  if (scaled >= HIGH) {
    return `${quoted} nearly determine each other: condition number ${say(scaled)} in any units. Drop one, or add a prior.`;
  }
  if (number >= HIGH) {
    return `Condition number ${say(number)}, of which ${say(scaled)} is left in equal units: standardize the columns.`;
  }
  return `Well determined: condition number ${say(number)}, ${say(scaled)} in equal units.`;
}

/** The names of the parameters: of a linear model its columns, else their numbers. */
function namesOf(objective: Minimizable | Objective, size: number): string[] {
  if ("bound" in objective && objective.bound.linear) {
    const { layout } = objective.bound;
    const row = [...(layout.intercept ? ["(intercept)"] : []), ...objective.data.names];
    const prefix = (k: number): string => (layout.outputs === 1 ? "" : `${k}: `);
    const names = Array.from({ length: layout.outputs }, (_, k) => row.map((name) => prefix(k) + name)).flat();
    if (names.length === size) return names;
  }
  return Array.from({ length: size }, (_, j) => `parameter ${j}`);
}
