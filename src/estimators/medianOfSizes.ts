/**
 * The median of numbers ≥ 0: of an even count the mean of the middle two. With weights, where half of them is reached:
 * the mean of both where it is reached exactly between two.
 */
export function medianOfSizes(sizes: Float64Array, weights: Float64Array | null): number {
  if (weights === null) {
    const sorted = sizes.slice().sort();
    const middle = sorted.length >> 1;
    return sorted.length % 2 === 1 ? sorted[middle] : 0.5 * sorted[middle - 1] + 0.5 * sorted[middle];
  }
  const order = Array.from(sizes.keys()).filter((i) => weights[i] > 0);
  order.sort((i, k) => sizes[i] - sizes[k] || i - k);
  const total = order.reduce((sum, i) => sum + weights[i], 0);
  let reached = 0;
  for (let a = 0; a < order.length; a++) {
    reached += weights[order[a]];
    if (2 * reached > total || a === order.length - 1) return sizes[order[a]];
    if (2 * reached === total) return 0.5 * sizes[order[a]] + 0.5 * sizes[order[a + 1]];
  }
  return NaN;
}
