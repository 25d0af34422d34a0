/** A function and its slope at a point. */
export interface Slope {
  readonly value: number;
  readonly slope: number;
}

/**
 * The zero of an increasing function by Newton's method, kept inside the bracket of what was seen (W. H. Press et al.,
 * Numerical Recipes, 9.4). For logarithms of tails, which are concave or convex, Newton's steps do not leave it twice.
 */
export function increasingRoot(start: number, at: (t: number) => Slope): number {
  let low = -Infinity;
  let high = Infinity;
  let stride = 1;
  let t = start;
  for (let i = 0; i < 300; i++) {
    const { value, slope } = at(t);
    if (value === 0 || value !== value) return value === 0 ? t : NaN;
    if (value < 0) low = t;
    else high = t;
    let next = t - value / slope;
    if (Math.abs(next - t) <= 1e-11) return next;
    // Far from the root a tail is flat: steps are bounded.
    if (Math.abs(next - t) > 30) next = next < t ? t - 30 : t + 30;
    if (!(next > low && next < high)) {
      if (low > -Infinity && high < Infinity) next = low + 0.5 * (high - low);
      else next = low > -Infinity ? t + stride : t - stride;
      stride *= 2;
    }
    if (next === t) return t;
    t = next;
  }
  return t;
}
