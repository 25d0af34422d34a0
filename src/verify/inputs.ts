import type { Random } from "../index.js";

const EDGES = [
  ...[0, 5e-324, 1e-320, 2.2250738585072014e-308, 1e-300, 1e-17, 1.1102230246251565e-16, 2.220446049250313e-16, 1e-8],
  ...[
    0.25, 0.5, 0.5493061443340549, 0.6931471805599453, 0.9999999999999999, 1, 1.0000000000000002, 1.5, 2,
    2.718281828459045,
  ],
  ...[
    19.0615, 22, 36.04365338911715, 37.42994775023705, 40, 690, 708.3964185322641, 709.782712893384, 709.7827128933841,
  ],
  ...[
    710, 744.4400719213812, 745.1332191019411, 745.1332191019412, 746, 1e10, 9007199254740992, 1e300,
    1.7976931348623157e308,
  ],
  Infinity,
];

/** Doubles of every kind: edges of both signs, NaN, any bit pattern, [−1, 2), [−800, 800). */
export function numbers(random: Random, length: number): Float64Array {
  const out = new Float64Array(length);
  const edges = [...EDGES, ...EDGES.map((x) => -x), NaN];
  const words = new Uint32Array(2);
  const pattern = new Float64Array(words.buffer);
  for (let i = 0; i < length; i++) {
    const kind = random.integer(16);
    if (kind === 0) out[i] = edges[random.integer(edges.length)];
    else if (kind < 6) {
      words[0] = random.uint32();
      words[1] = random.uint32();
      out[i] = pattern[0];
    } else if (kind < 11) out[i] = 3 * random.uniform() - 1;
    else out[i] = 1600 * (random.uniform() - 0.5);
  }
  return out;
}

/** Roughly normal numbers by + − × alone. */
export function ordinary(random: Random, length: number, scale = 1): Float64Array {
  const next = (): number => random.uniform() + random.uniform() + random.uniform() + random.uniform() - 2;
  return Float64Array.from({ length }, () => next() * scale);
}

/** Scores of moderate size with a few extreme ones. */
export function scores(random: Random, length: number): Float64Array {
  return ordinary(random, length, 4).map((z) => (random.integer(50) === 0 ? z * 300 : z));
}

/** Weights ≥ 0, a tenth of them 0. */
export function weights(random: Random, length: number): Float64Array {
  return Float64Array.from({ length }, () => (random.integer(10) === 0 ? 0 : 3 * random.uniform()));
}

export function indices(random: Random, length: number, classes: number): Float64Array {
  return Float64Array.from({ length }, () => random.integer(classes));
}

/** Rows of probabilities that sum to 1 but for rounding, a quarter of them 0. */
export function distributions(random: Random, rows: number, columns: number): Float64Array {
  const out = Float64Array.from({ length: rows * columns }, () => (random.integer(4) === 0 ? 0 : random.uniform()));
  for (let first = 0; first < out.length; first += columns) {
    const row = out.subarray(first, first + columns);
    row[random.integer(columns)] += 0.5;
    const sum = row.reduce((a, b) => a + b, 0);
    row.forEach((q, k) => (row[k] = q / sum));
  }
  return out;
}

/** A design and class indices that follow from it with noise, every class there. */
export function classification(
  random: Random,
  rows: number,
  columns: number,
  classes: number,
): { x: Float64Array; y: Float64Array } {
  const x = ordinary(random, rows * columns);
  const truth = ordinary(random, classes * columns, 2);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let best = -Infinity;
    for (let k = 0; k < classes; k++) {
      let score = 3 * (random.uniform() - random.uniform());
      for (let j = 0; j < columns; j++) score += truth[k * columns + j] * x[i * columns + j];
      if (score > best) {
        best = score;
        y[i] = k;
      }
    }
    if (i < classes) y[i] = i;
  }
  return { x, y };
}

/** A design and numbers that follow from it with noise. */
export function regression(random: Random, rows: number, columns: number): { x: Float64Array; y: Float64Array } {
  const x = ordinary(random, rows * columns);
  const truth = ordinary(random, columns, 2);
  const y = Float64Array.from({ length: rows }, (_, i) => {
    let mean = 0.5 + 0.3 * (random.uniform() - 0.5);
    for (let j = 0; j < columns; j++) mean += truth[j] * x[i * columns + j];
    return mean;
  });
  return { x, y };
}
