import { expect, test } from "vitest";
import { losses } from "../../src/index.js";

test("a custom loss made of another loss, called row by row, has its value and gradient", () => {
  const inner = losses.squaredError();
  const outer = losses.custom({
    name: "outer",
    value: (z, y) => inner.value([z], [y]),
    gradient: (z, y) => inner.valueAndGradient([z], [y]).gradient[0],
    curvature: () => 1,
  });
  // More rows than one leaf: sums of the outer loss wait while the inner one adds its own.
  for (const rows of [1, 64, 65, 500]) {
    const z = Float64Array.from({ length: rows }, (_, i) => Math.sin(i));
    const y = new Float64Array(rows);
    const got = outer.valueAndGradient(z, y);
    const expected = inner.valueAndGradient(z, y);
    expect(got.value).toBe(expected.value);
    expect(Array.from(got.gradient)).toEqual(Array.from(expected.gradient));
  }
});
