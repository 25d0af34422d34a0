/**
 * A line search for the strong Wolfe conditions on φ(t) = F(θ + t·d):
 * φ(t) ≤ φ(0) + c₁·t·φ'(0) and |φ'(t)| ≤ c₂·|φ'(0)|, c₁ = 1e-4, c₂ = 0.9.
 *
 * Bracketing, then zooming in with safeguarded cubic interpolation (after J. Nocedal and S. Wright, "Numerical
 * Optimization", 2006, section 3.5). Where values differ by rounding alone the slopes decide (the approximate Wolfe
 * conditions of W. Hager and H. Zhang, 2005), which lets a minimisation go below √ε accuracy.
 *
 * @module
 */

import { isFlat } from "./stopping.js";

const C1 = 1e-4;
const C2 = 0.9;

/** Trials inside a bracket. While φ keeps falling there is no limit but overflow. */
const MAX_TRIALS = 40;

/** A search under way: stored in the optimiser's state. */
export interface StrongWolfe {
  zooming: boolean;
  /** The step to try, or tried last. */
  step: number;
  trials: number;
  value0: number;
  slope0: number;
  /** The best step so far that gives a sufficient decrease; 0 if none did. */
  lowStep: number;
  lowValue: number;
  lowSlope: number;
  /** The other end of the bracket while zooming. */
  highStep: number;
  highValue: number;
  highSlope: number;
  /** Width of the bracket one trial ago. */
  width: number;
}

export function newStrongWolfe(): StrongWolfe {
  return {
    zooming: false,
    step: 1,
    trials: 0,
    value0: NaN,
    slope0: NaN,
    lowStep: 0,
    lowValue: NaN,
    lowSlope: NaN,
    highStep: NaN,
    highValue: NaN,
    highSlope: NaN,
    width: Infinity,
  };
}

/** Starts from φ(0) = value, φ'(0) = slope < 0, with `step` as the first trial. */
export function startStrongWolfe(search: StrongWolfe, value: number, slope: number, step: number): void {
  Object.assign(search, newStrongWolfe());
  search.step = step;
  search.value0 = search.lowValue = value;
  search.slope0 = search.lowSlope = slope;
}

/**
 * Takes φ and φ' at `search.step`. "accept": the conditions hold there. "again": `search.step` is the next trial.
 * "fail": no step was found, though {@link hasDecrease} may hold at `search.lowStep`. A value that is not finite is too far.
 */
export function advanceStrongWolfe(search: StrongWolfe, value: number, slope: number): "accept" | "again" | "fail" {
  const usable = Number.isFinite(value) && Number.isFinite(slope);
  const decreased =
    usable && (isFlat(value, search.value0) || value <= search.value0 + C1 * search.step * search.slope0);
  if (decreased && Math.abs(slope) <= -C2 * search.slope0) return "accept";
  if (search.zooming && ++search.trials >= MAX_TRIALS) return "fail";

  const tooFar = !decreased || (!isFlat(value, search.lowValue) && value >= search.lowValue);
  if (tooFar) {
    setHigh(search, search.step, usable ? value : Infinity, usable ? slope : NaN);
    search.zooming = true;
  } else if (search.zooming ? slope * (search.highStep - search.lowStep) >= 0 : slope >= 0) {
    setHigh(search, search.lowStep, search.lowValue, search.lowSlope);
    setLow(search, value, slope);
    search.zooming = true;
  } else if (search.zooming) {
    setLow(search, value, slope);
  } else {
    const next = extrapolate(search, value, slope);
    setLow(search, value, slope);
    search.step = next;
    return next < Infinity ? "again" : "fail";
  }
  const next = interpolate(search);
  if (next === search.lowStep || next === search.highStep) return "fail";
  search.step = next;
  return "again";
}

/** True if `search.lowStep` lowers φ by more than rounding. */
export function hasDecrease({ lowStep, lowValue, value0 }: StrongWolfe): boolean {
  return lowStep > 0 && lowValue < value0 && !isFlat(lowValue, value0);
}

function setLow(search: StrongWolfe, value: number, slope: number): void {
  search.lowStep = search.step;
  search.lowValue = value;
  search.lowSlope = slope;
}

function setHigh(search: StrongWolfe, step: number, value: number, slope: number): void {
  search.highStep = step;
  search.highValue = value;
  search.highSlope = slope;
}

/** The next step while φ still falls: where the cubic through the last two points has its minimum, within 2 to 10 times. */
function extrapolate(search: StrongWolfe, value: number, slope: number): number {
  const { step, lowStep, lowValue, lowSlope } = search;
  const minimum = cubicMinimum(lowStep, lowValue, lowSlope, step, value, slope);
  if (!(minimum > step)) return 10 * step;
  return Math.min(Math.max(minimum, 2 * step), 10 * step);
}

/** A step inside the bracket, at least a tenth of its width from either end; the middle if the bracket shrinks slowly. */
function interpolate(search: StrongWolfe): number {
  const { lowStep, lowValue, lowSlope, highStep, highValue, highSlope } = search;
  const width = highStep - lowStep;
  const slow = Math.abs(width) > 0.66 * search.width;
  search.width = Math.abs(width);
  const middle = lowStep + width / 2;
  if (slow || !Number.isFinite(highValue)) return middle;
  const minimum = isFlat(highValue, lowValue)
    ? lowStep - (lowSlope * width) / (highSlope - lowSlope)
    : cubicMinimum(lowStep, lowValue, lowSlope, highStep, highValue, highSlope);
  if (!Number.isFinite(minimum)) return middle;
  const near = lowStep + width / 10;
  const far = highStep - width / 10;
  return Math.min(Math.max(minimum, Math.min(near, far)), Math.max(near, far));
}

/** Where the cubic with the given values and slopes at a and b has its local minimum; NaN if it has none. */
function cubicMinimum(a: number, fa: number, sa: number, b: number, fb: number, sb: number): number {
  const width = b - a;
  const d1 = sa + sb - (3 * (fb - fa)) / width;
  const radicand = d1 * d1 - sa * sb;
  if (!(radicand >= 0)) return NaN;
  const d2 = width > 0 ? Math.sqrt(radicand) : -Math.sqrt(radicand);
  return b - (width * (sb + d2 - d1)) / (sb - sa + 2 * d2);
}
