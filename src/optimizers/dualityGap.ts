import type { Prepared } from "./pieces.js";

/** How far a point is from proving itself optimal. */
export interface Certificate {
  /** F(θ) less the value of the dual at the multipliers, ≥ 0; Infinity where the free columns are not balanced. */
  readonly gap: number;
  /** What of the gap may be rounding. */
  readonly rounding: number;
  /** Σ xᵢrᵢ + precision·(θ − mean): [size]. */
  readonly residual: Float64Array;
}

/** Share of the terms of a sum below which it is rounding. */
const BALANCED = 1e-11;

/** 64·ε. */
const ROUNDING = 1.4210854715202004e-14;

/** The duality gap of a point and multipliers in their boxes: row by row what the kink costs less r·distance. */
export function certify(problem: Prepared, point: Float64Array, multiplier: Float64Array): Certificate {
  const { rows, size, design, kink, below, above, precision, mean } = problem;
  const residual = new Float64Array(size);
  const terms = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    residual[j] = precision[j]! * (point[j]! - mean[j]!);
    terms[j] = Math.abs(residual[j]!);
  }
  const most = new Float64Array(size);
  let gap = 0;
  let rounding = 0;
  for (let i = 0; i < rows; i++) {
    const r = multiplier[i]!;
    let distance = -kink[i]!;
    let scale = Math.abs(distance);
    for (let j = 0, at = i * size; j < size; j++, at++) {
      const score = design[at]! * point[j]!;
      const term = r * design[at]!;
      distance += score;
      scale += Math.abs(score);
      residual[j]! += term;
      terms[j]! += Math.abs(term);
      most[j]! += (above[i]! - below[i]!) * Math.abs(design[at]!);
    }
    gap += ((distance > 0 ? above[i]! : below[i]!) - r) * distance;
    rounding += ROUNDING * (above[i]! - below[i]!) * scale;
  }
  for (let j = 0; j < size; j++) {
    if (precision[j]! > 0) gap += (0.5 * residual[j]! * residual[j]!) / precision[j]!;
    else if (Math.abs(residual[j]!) > Math.max(BALANCED * terms[j]!, ROUNDING * most[j]!)) gap = Infinity;
  }
  return { gap, rounding, residual };
}
