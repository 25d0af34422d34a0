/** θ, one row [intercept, coefficients] per output, of coefficients: [outputs × columns] and intercepts: [outputs]. */
export function toParameters({
  coefficients,
  intercepts,
}: {
  readonly coefficients: Float64Array;
  readonly intercepts: Float64Array;
}): Float64Array {
  const columns = coefficients.length / intercepts.length;
  const out = new Float64Array(coefficients.length + intercepts.length);
  intercepts.forEach((intercept, k) => {
    out[k * (columns + 1)] = intercept;
    out.set(coefficients.subarray(k * columns, (k + 1) * columns), k * (columns + 1) + 1);
  });
  return out;
}
