import type { Source } from "./cases.js";

/** A small seeded generator for tests: a 32-bit mixing function of a counter. */
export function seeded(seed: number): () => number {
  let counter = seed >>> 0;
  return () => {
    counter = (counter + 0x9e3779b9) >>> 0;
    let x = counter;
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
    return ((x ^ (x >>> 16)) >>> 0) / 4294967296;
  };
}

const SPECIAL = [
  0,
  -0,
  1,
  -1,
  Infinity,
  -Infinity,
  NaN,
  5e-324,
  -5e-324,
  2.2e-308,
  1e308,
  -1e308,
  709.8,
  -745.2,
  40,
  -40,
];

export function sourceOf(seed: number): Source {
  const random = seeded(seed);
  const fill = (length: number, f: () => number): Float64Array => Float64Array.from({ length }, f);
  const normal = (): number => (random() + random() + random() - 1.5) * 4;
  return {
    any: (length) => fill(length, () => (random() < 0.1 ? SPECIAL[Math.floor(random() * SPECIAL.length)] : normal())),
    finite: (length) => fill(length, () => (random() < 0.05 ? 0 : normal() * (random() < 0.1 ? 100 : 1))),
    unit: (length) => fill(length, () => (random() < 0.7 ? Math.round(random()) : random())),
    weights: (length) => fill(length, () => (random() < 0.3 ? Math.round(random()) : 3 * random())),
    classes: (length, classes) => fill(length, () => Math.floor(random() * classes)),
    distributions(rows, classes) {
      const out = fill(rows * classes, () => (random() < 0.3 ? 0 : random()));
      for (let i = 0; i < rows; i++) {
        const row = out.subarray(i * classes, (i + 1) * classes);
        const sum = row.reduce((a, b) => a + b, 0);
        row.forEach((q, k) => (row[k] = sum === 0 ? 1 / classes : q / sum));
      }
      return out;
    },
    bit: () => random() < 0.5,
  };
}
