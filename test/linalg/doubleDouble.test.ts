import fc from "fast-check";
import { expect, test } from "vitest";
import { Accumulator, productError } from "../../src/linalg/doubleDouble.js";

/** An integer-valued double as a BigInt, exactly. */
const wide = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const integer = fc.tuple(wide, wide).map(([a, b]) => a * 2 ** 21 + b);

test("the error of a product is exact", () => {
  fc.assert(
    fc.property(integer, integer, (a, b) => {
      const product = a * b;
      expect(BigInt(product) + BigInt(productError(a, b, product))).toBe(BigInt(a) * BigInt(b));
    }),
  );
});

test("a sum of products is rounded once", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(integer, integer), { maxLength: 20 }), integer, (pairs, first) => {
      const sum = new Accumulator();
      sum.reset(first);
      let exact = BigInt(first);
      for (const [a, b] of pairs) {
        sum.addProduct(a, b);
        exact += BigInt(a) * BigInt(b);
      }
      const value = sum.value();
      const difference = BigInt(value) - exact;
      expect(Math.abs(Number(difference))).toBeLessThanOrEqual(Math.abs(value) * 2 ** -53 + 2 ** 20);
    }),
  );
});

test("cancellation leaves the small part", () => {
  const sum = new Accumulator();
  sum.add(1e16);
  sum.add(1);
  sum.addProduct(-1e8, 1e8);
  expect(sum.value()).toBe(1);
});
