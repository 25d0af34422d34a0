/**
 * Every loss with every kind of target it takes: the table that the laws run over.
 *
 * @module
 */
import { type Loss, losses } from "../../src/index.js";
import { type Draws } from "../support.js";

export interface Subject {
  readonly name: string;
  readonly loss: Loss;
  /** Targets in a row. */
  readonly width: number;
  /** Rows that laws of one row at a time may afford. */
  readonly rows: number;
  targets(rows: number, source: Draws): Float64Array;
  /** The targets of one row over which a density sums or integrates to one, or null where there is no density. */
  readonly support: readonly number[] | "reals" | null;
}

const binary = losses.binaryCrossEntropy();

function softmax(classes: number): Subject[] {
  const loss = losses.softmaxCrossEntropy({ classes });
  const rows = classes > 100 ? 2 : 9;
  const name = `softmaxCrossEntropy of ${classes}`;
  return [
    {
      name: `${name}, indices`,
      loss,
      width: 1,
      rows,
      targets: (n, source) => source.classes(n, classes),
      support: Array.from({ length: classes }, (_, k) => k),
    },
    {
      name: `${name}, distributions`,
      loss,
      width: classes,
      rows,
      targets: (n, source) => source.distributions(n, classes),
      support: null,
    },
  ];
}

export const subjects: readonly Subject[] = [
  {
    name: "binaryCrossEntropy, 0 or 1",
    loss: binary,
    width: 1,
    rows: 9,
    targets: (n, source) => source.classes(n, 2),
    support: [0, 1],
  },
  {
    name: "binaryCrossEntropy, fractions",
    loss: binary,
    width: 1,
    rows: 9,
    targets: (n, source) => source.uniform(n),
    support: null,
  },
  ...[2, 3, 10, 65, 1100].flatMap(softmax),
  {
    name: "squaredError",
    loss: losses.squaredError(),
    width: 1,
    rows: 9,
    targets: (n, source) => source.normal(n, 2),
    support: "reals",
  },
];

/** Target distributions under which the expectation of a loss is known: what the targets are, and how probable. */
export interface Truth {
  readonly targets: Float64Array;
  readonly probabilities: Float64Array;
  /** The scores that minimise the expected loss. */
  readonly best: Float64Array;
}

/** A random truth for a loss, with its best scores in closed form. */
export function truthOf({ loss }: Subject, source: Draws): Truth {
  if (loss.name === "squaredError") {
    const targets = source.normal(5, 3);
    const probabilities = source.uniform(5, 0.1, 1);
    const total = probabilities.reduce((a, b) => a + b, 0);
    const mean = probabilities.reduce((sum, p, i) => sum + p * targets[i], 0) / total;
    return { targets, probabilities, best: Float64Array.of(mean) };
  }
  const classes = Math.max(2, loss.classes);
  const raw = source.uniform(classes, 0.1, 1);
  const total = raw.reduce((a, b) => a + b, 0);
  const probabilities = raw.map((p) => p / total);
  const logs = probabilities.map(Math.log);
  const best = loss.classes === 1 ? Float64Array.of(logs[1] - logs[0]) : logs;
  return { targets: Float64Array.from(probabilities, (_, k) => k), probabilities, best };
}
