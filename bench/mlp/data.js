// The data of the benchmarks: digits of scikit-learn from the examples, MNIST digits of the package "mnist".
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { random } from "../../dist/index.js";

/** 1797 digits of 8 x 8 pixels in [0, 1], row-major, and their labels. */
export function digits() {
  const [header, ...lines] = readFileSync(new URL("../../examples/data/digits.csv", import.meta.url), "utf8")
    .trim()
    .split("\n");
  const target = header.split(",").indexOf("target");
  const columns = header.split(",").length - 1;
  const table = lines.map((line) => line.split(",").map(Number));
  return {
    rows: table.length,
    columns,
    x: Float64Array.from(table.flatMap((row) => row.filter((_, j) => j !== target).map((pixel) => pixel / 16))),
    y: Float64Array.from(table, (row) => row[target]),
  };
}

/** 10,000 digits of 28 x 28 pixels in [0, 1]: four fifths, drawn from a seed, to train, the rest to test. */
export function mnist() {
  const source = createRequire(import.meta.url)("mnist");
  const all = Array.from({ length: 10 }, (_, digit) =>
    Array.from({ length: source[digit].length }, (_none, i) => [source[digit].get(i), digit]),
  ).flat();
  const order = Array.from(random(1).permutation(all.length), (i) => all[i]);
  const split = Math.round(0.8 * order.length);
  const part = (rows) => ({ x: rows.map(([pixels]) => pixels), y: rows.map(([, digit]) => digit) });
  return { train: part(order.slice(0, split)), test: part(order.slice(split)) };
}
