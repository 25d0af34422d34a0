import { EPSILON } from "../constants.js";
import { leastSquares } from "../linalg/leastSquares.js";
import type { Objective } from "../objective.js";
import { slopeOf } from "../priors/surprisal.js";
import type { Terms } from "../priors/terms.js";
import type { Certificate } from "../result.js";
import type { Verification } from "./verification.js";

/** A score within this share of its size of its kink is at it. */
const AT_KINK = 1e-11;

/** Slack of slopes, as a share of their range. */
const SLACK = 1e-6;

/**
 * Whether θ minimises a sum of pieces with a kink a row: whether the rows at their kinks can balance the slopes of all
 * others, each with a slope between those on its two sides.
 */
export function examinePieces(target: Objective, terms: Terms, phi: number, parameters: Float64Array): Verification {
  const pieces = target.pieces!;
  const { rows, kink, below, above, curvature } = pieces;
  const { size } = target;
  const design = pieces.design();
  const free: { row: Float64Array; low: number; high: number }[] = [];
  const gradient = parameters.map((_, j) => (terms.rate[j] > 0 ? 0 : slopeOf(terms, parameters, j)));
  const sizes = new Float64Array(size);
  for (let i = 0; i < rows; i++) {
    const row = design.subarray(i * size, (i + 1) * size);
    let score = -kink[i];
    let scale = Math.abs(kink[i]);
    row.forEach((x, j) => {
      score += x * parameters[j];
      scale += Math.abs(x * parameters[j]);
    });
    const [low, high] = [below[i] / phi, above[i] / phi];
    const curved = curvature === null || curvature[i] === 0 ? null : curvature[i] / phi;
    if (curved !== null) {
      const slope = Math.min(Math.max(curved * score, low), high);
      row.forEach((x, j) => (gradient[j] += slope * x));
      row.forEach((x, j) => (sizes[j] += Math.abs(slope * x)));
    } else if (Math.abs(score) <= AT_KINK * scale) {
      if (low !== high) free.push({ row, low, high });
    } else {
      const slope = score > 0 ? high : low;
      row.forEach((x, j) => (gradient[j] += slope * x));
      row.forEach((x, j) => (sizes[j] += Math.abs(slope * x)));
    }
  }
  for (let j = 0; j < size; j++) {
    sizes[j] += Math.abs(gradient[j]);
    if (terms.rate[j] === 0) continue;
    const distance = parameters[j] - terms.mean[j];
    const unit = new Float64Array(size);
    unit[j] = 1;
    sizes[j] += terms.rate[j];
    gradient[j] += terms.precision[j] * distance;
    if (distance === 0) free.push({ row: unit, low: -terms.rate[j], high: terms.rate[j] });
    else gradient[j] += terms.rate[j] * Math.sign(distance);
  }
  // Columns are the rows at their kinks, in units of the range of their slopes.
  const matrix = new Float64Array(size * free.length);
  const wanted = gradient.map((g, j) => -g / (sizes[j] || 1));
  free.forEach(({ row, low, high }, k) => {
    const range = Number.isFinite(high - low) ? high - low : Math.max(1, Number.isFinite(low) ? -low : high);
    row.forEach((x, j) => (matrix[j * free.length + k] = (x * range) / (sizes[j] || 1)));
  });
  const solved = leastSquares(matrix, wanted, size, free.length);
  const residual = solved.residuals.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const excess = free.reduce((max, { low, high }, k) => {
    const range = Number.isFinite(high - low) ? high - low : Math.max(1, Number.isFinite(low) ? -low : high);
    const slope = solved.coefficients[k] * range;
    return Math.max(max, (low - slope) / range, (slope - high) / range);
  }, 0);
  const bound = Math.max(SLACK, 64 * EPSILON * rows);
  const value = Math.max(residual, excess);
  const optimal = value <= bound;
  const certificate: Certificate = Object.freeze({ kind: "kkt-residual", value, bound, estimate: false });
  const reason = optimal
    ? `The ${free.length} rows and coefficients at their kinks balance all other slopes, but for ${value.toPrecision(3)} of them.`
    : `The ${free.length} rows and coefficients at their kinks do not balance all other slopes: ${value.toPrecision(3)} of ` +
      `them is left, more than ${bound.toPrecision(3)}.`;
  return { optimal, certificate, reason };
}
