/** Central differences of order 8: the error is of the order of h⁸ and of rounding over h. */
const COEFFICIENTS = [4 / 5, -1 / 5, 4 / 105, -1 / 280];

/** h for |x| ≤ 1; it grows with x, by powers of two, so that steps are exact. */
const STEP = 0.0078125;

/** Derivative of f by x[at]: of each number that f gives. */
export function difference(f: (x: Float64Array) => ArrayLike<number>, x: Float64Array, at: number): Float64Array {
  let h = STEP;
  while (h < STEP * Math.abs(x[at]) && h < Infinity) h += h;
  const moved = x.slice();
  let sum: Float64Array | null = null;
  for (let i = 0; i < COEFFICIENTS.length; i++) {
    moved[at] = x[at] + (i + 1) * h;
    const up = Float64Array.from(f(moved));
    moved[at] = x[at] - (i + 1) * h;
    const down = f(moved);
    sum ??= new Float64Array(up.length);
    for (let k = 0; k < sum.length; k++) sum[k] += (COEFFICIENTS[i] / h) * (up[k] - down[k]);
  }
  return sum!;
}
