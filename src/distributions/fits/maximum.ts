import { dot } from "../../linalg/vector.js";

/** A function to maximise with its derivatives at a point. */
export interface Point {
  readonly value: number;
  readonly gradient: Float64Array;
  /** The negated Hessian: symmetric [d × d] row-major. */
  readonly information: Float64Array;
}

/** Where an ascent ended. */
export interface Maximum extends Point {
  readonly at: Float64Array;
  readonly converged: boolean;
}

/** Cholesky's factor of a symmetric matrix with `ridge` times its diagonal added; null unless positive definite. */
function cholesky(a: Float64Array, d: number, ridge: number): Float64Array | null {
  const l = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let s = a[i * d + j];
      if (i === j) s += ridge * Math.max(Math.abs(a[i * d + i]), 1e-12);
      for (let k = 0; k < j; k++) s -= l[i * d + k] * l[j * d + k];
      if (i === j && !(s > 0)) return null;
      l[i * d + j] = i === j ? Math.sqrt(s) : s / l[j * d + j];
    }
  }
  return l;
}

function solve(l: Float64Array, d: number, b: Float64Array): Float64Array {
  const x = b.slice();
  for (let i = 0; i < d; i++) {
    for (let k = 0; k < i; k++) x[i] -= l[i * d + k] * x[k];
    x[i] /= l[i * d + i];
  }
  for (let i = d - 1; i >= 0; i--) {
    for (let k = i + 1; k < d; k++) x[i] -= l[k * d + i] * x[k];
    x[i] /= l[i * d + i];
  }
  return x;
}

/** The inverse of a positive definite matrix; null if it is none. */
export function inverseOf(a: Float64Array, d: number): Float64Array | null {
  const l = cholesky(a, d, 0);
  if (l === null) return null;
  const inverse = new Float64Array(d * d);
  for (let j = 0; j < d; j++) {
    const unit = new Float64Array(d);
    unit[j] = 1;
    inverse.set(solve(l, d, unit), j * d);
  }
  return inverse;
}

function done(point: Point, at: Float64Array): Maximum {
  return { ...point, at, converged: true };
}

/**
 * Newton's method, damped by a ridge until a step climbs (Levenberg and Marquardt). It ends where the promised gain is lost
 * in the rounding of the value, after a last full step.
 */
export function climb(start: Float64Array, evaluate: (at: Float64Array) => Point, most = 300): Maximum {
  const d = start.length;
  let at = start;
  let here = evaluate(at);
  let ridge = 0;
  for (let i = 0; i < most; i++) {
    const l = cholesky(here.information, d, ridge);
    const step = l === null ? null : solve(l, d, here.gradient);
    const gain = step === null ? NaN : 0.5 * dot(here.gradient, step);
    const next = step === null ? null : at.map((x, j) => x + step[j]);
    const there = next === null ? null : evaluate(next);
    const floor = 1e-14 * (1 + Math.abs(here.value));
    if (there !== null && gain <= floor) {
      if (ridge === 0) return there.value < here.value - floor ? done(here, at) : done(there, next!);
      // A saddle is flat too, but its information is not positive definite.
      if (cholesky(here.information, d, 0) === null) break;
      ridge = 0;
      continue;
    }
    if (there !== null && there.value > here.value) {
      at = next!;
      here = there;
      ridge = ridge < 1e-4 ? 0 : ridge / 10;
    } else if (ridge > 1e12) break;
    else ridge = ridge === 0 ? 1e-3 : ridge * 10;
  }
  return { ...here, at, converged: false };
}
