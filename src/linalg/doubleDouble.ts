/**
 * Sums of products to about 32 digits, with IEEE `+ − ×` only: Knuth's TwoSum and Dekker's product by Veltkamp's split
 * (T. J. Dekker, "A floating-point technique for extending the available precision", 1971). No fused multiply-add.
 *
 * Exact as long as no operand exceeds 2⁹⁹⁵ and no product's error term underflows.
 *
 * @module
 */

/** 2²⁷ + 1: splits a double into two halves of 26 bits. */
const SPLITTER = 134217729;

/** An unevaluated sum `high + low` that grows by numbers and products. */
export class Accumulator {
  high = 0;
  low = 0;

  /** Starts again at `value`. */
  reset(value: number): void {
    this.high = value;
    this.low = 0;
  }

  /** + value. */
  add(value: number): void {
    const sum = this.high + value;
    const back = sum - this.high;
    this.low += this.high - (sum - back) + (value - back);
    this.high = sum;
  }

  /** + a·b, the product exact. */
  addProduct(a: number, b: number): void {
    const product = a * b;
    this.add(product);
    this.low += productError(a, b, product);
  }

  /** The sum, rounded once. */
  value(): number {
    return this.high + this.low;
  }
}

/**
 * (high + low)[j] += (factor + factorLow)·x[start + j] for every j, like {@link Accumulator.addProduct} entry by entry.
 */
export function addScaledRow(
  factor: number,
  factorLow: number,
  x: Float64Array,
  start: number,
  high: Float64Array,
  low: Float64Array,
): void {
  for (let j = 0; j < high.length; j++) {
    const value = x[start + j]!;
    const product = factor * value;
    const before = high[j]!;
    const sum = before + product;
    const back = sum - before;
    const lost = before - (sum - back) + (product - back);
    high[j] = sum;
    low[j] = low[j]! + (lost + (productError(factor, value, product) + factorLow * value));
  }
}

/** a·b − product, exactly, where `product` is the rounded a·b. */
export function productError(a: number, b: number, product: number): number {
  const aScaled = SPLITTER * a;
  const aHigh = aScaled - (aScaled - a);
  const aLow = a - aHigh;
  const bScaled = SPLITTER * b;
  const bHigh = bScaled - (bScaled - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}
