import fc from "fast-check";
import { expect, it } from "vitest";
import { leafRows, stackDepth } from "../../src/backend/leaves.js";
import { carry, collapse, nodeOf } from "../../src/backend/typescript/tree.js";
import { TreeSum, divide } from "../../src/parallel/tree.js";
import { random } from "../../src/index.js";

/** The sum of leaves one after the other, as a single thread takes it. */
function sequential(leaves: readonly number[]): number {
  const stack = new Float64Array(stackDepth(leaves.length));
  leaves.forEach((value, leaf) => {
    stack[nodeOf(leaf, 1)] = value;
    carry(leaf, 1, stack);
  });
  collapse(leaves.length, 1, stack);
  return stack[0]!;
}

it("any division into blocks gives the sum of one thread, to the last bit", () => {
  const numbers = random(7);
  const normal = (): number => numbers.uniform() - 0.5;
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 700 }),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(1, 10, 65, 1025),
      (leaves, workers, outputs) => {
        const leaf = leafRows(outputs);
        const rows = leaves * leaf - (leaves % leaf);
        const values = Array.from({ length: Math.ceil(rows / leaf) }, () => normal() * 1e6);
        const blocks = divide(rows, outputs, workers).flat();
        const sum = new TreeSum();
        let next = 0;
        for (const { begin, end, leaves: count } of blocks) {
          expect(begin).toBe(next * leaf);
          expect(Math.ceil((end - begin) / leaf)).toBe(count);
          sum.push(count, Float64Array.of(sequential(values.slice(next, next + count))));
          next += count;
        }
        expect(next).toBe(values.length);
        expect(blocks.at(-1)!.end).toBe(rows);
        expect(sum.total()[0]).toBe(sequential(values));
      },
    ),
    { numRuns: 400 },
  );
});

it("shares are even to about a sixteenth, and of few blocks", () => {
  for (const rows of [1e5, 123_457, 1e6]) {
    for (const workers of [2, 3, 4, 7]) {
      const shares = divide(rows, 10, workers);
      expect(shares.length).toBe(workers);
      for (const blocks of shares) {
        const own = blocks.at(-1)!.end - blocks[0]!.begin;
        expect(Math.abs(own / (rows / workers) - 1)).toBeLessThan(0.08);
        expect(blocks.length).toBeLessThan(20);
      }
    }
  }
});
