import { expect, it } from "vitest";
import { fromBits, toBits } from "../../src/verify/bits.js";
import { type Inspection, firstDifference, inspect } from "../../src/verify/index.js";

function replaced(texts: readonly string[], index: number, text: string): string[] {
  return texts.map((each, i) => (i === index ? text : each));
}

/** The inspection of another device where one bit of one value is another. */
function flipped(inspection: Inspection, index: number): Inspection {
  const bits = inspection.values[index];
  const last = (parseInt(bits[15], 16) ^ 1).toString(16);
  return { ...inspection, values: replaced(inspection.values, index, bits.slice(0, 15) + last) };
}

it("finds nothing between a device and itself", () => {
  expect(firstDifference(inspect("exp of 7 numbers"), inspect("exp of 7 numbers"))).toBeNull();
});

it("names the first value that differs, its input and both bit patterns", () => {
  const expected = inspect("sigmoid");
  const found = firstDifference(flipped(flipped(expected, 70_000), 4711), expected)!;
  const x = expected.inputs[0].bits[4711];
  expect(found).toMatchObject({ name: "sigmoid", call: "sigmoid(x)", index: 4711, inputs: { x: [x] } });
  expect(found.expected).toBe(expected.values[4711]);
  expect(Math.abs(Number(BigInt(`0x${found.got}`) - BigInt(`0x${found.expected}`)))).toBe(1);
  expect(found.message).toBe(
    `"sigmoid": sigmoid(x), value 4711, x = ${x} (${fromBits(x)}): ` +
      `got ${found.got} (${fromBits(found.got)}), expected ${found.expected} (${fromBits(found.expected)})`,
  );
});

it("tells the row of scores and the target behind a gradient", () => {
  const expected = inspect("softmaxCrossEntropy, 100 rows of 2: weighted gradient");
  const found = firstDifference(flipped(expected, 33), expected)!;
  const row = (k: number, columns: number): readonly string[] =>
    expected.inputs[k].bits.slice(16 * columns, 17 * columns);
  expect(found.inputs).toEqual({ scores: row(0, 2), targets: row(1, 1), weights: row(2, 1) });
  expect(found.message).toMatch(
    /softmaxCrossEntropy\(\)\.gradient.*value 33, scores = \[[0-9a-f]{16} \(.*, targets = /,
  );
});

it("tells inputs that differ already", () => {
  const expected = inspect("exp of 7 numbers");
  const [x] = expected.inputs;
  const other = { ...x, bits: replaced(x.bits, 3, toBits(1 + fromBits(x.bits[3]))) };
  expect(firstDifference({ ...flipped(expected, 3), inputs: [other] }, expected)).toMatchObject({
    index: 3,
    got: other.bits[3],
    expected: x.bits[3],
    message: expect.stringContaining("input x[3]") as string,
  });
});

it("tells values that are missing, and values that are no numbers", () => {
  const values = [toBits(0.5), '"separated"', "null"];
  const expected: Inspection = { name: "a fit", call: "fit(X, y)", backend: "wasm", values, inputs: [], perRow: 1 };
  expect(firstDifference({ ...expected, values: values.slice(1) }, expected)).toMatchObject({
    index: null,
    message: '"a fit": fit(X, y), number of values: got 2, expected 3',
  });
  expect(firstDifference({ ...expected, values: replaced(values, 1, '"converged"') }, expected)).toMatchObject({
    index: 1,
    message: '"a fit": fit(X, y), value 1: got "converged", expected "separated"',
  });
});

it("tells when not the same was asked", () => {
  const expected = inspect("exp of 7 numbers");
  const [input] = expected.inputs;
  for (const other of [
    { ...expected, call: "exp(y)" },
    { ...expected, perRow: 2 },
    { ...expected, inputs: [] },
    { ...expected, inputs: [{ ...input, bits: [...input.bits, input.bits[0]] }] },
  ]) {
    expect(firstDifference(other, expected)).not.toBeNull();
  }
});
