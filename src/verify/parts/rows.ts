import { type Part, entry, rowwise } from "../entry.js";
import { numbers, ordinary, scores } from "../inputs.js";

const LENGTHS = [0, 1, 2, 3, 4, 31, 33, 1000, 1023, 1024, 1025, 2048, 5000, 70_000, 200_000];
const COLUMNS = [1, 2, 3, 4, 7, 10, 64, 65, 1000, 1024, 1025, 5000, 66_000];

/** Log-sum-exp and softmax, of one row and of many. */
export const rows: Part = function* ({ random, logSumExp, softmax, logSoftmax }) {
  const wild = numbers(random(2), 200_000);
  const tame = scores(random(3), 200_000);
  for (const length of LENGTHS) {
    const values = [logSumExp(tame.subarray(0, length)), logSumExp(wild.subarray(0, length))];
    yield entry(`logSumExp of ${length}`, "logSumExp(x)", ...values);
  }
  for (const columns of COLUMNS) {
    const count = columns > 2000 ? 3 : columns > 100 ? 20 : 1000;
    for (const [kind, from] of Object.entries({ tame, wild })) {
      const x = from.subarray(0, count * columns);
      const of = `of ${kind} rows of ${columns}`;
      const call = `(x, { columns: ${columns} })`;
      const inputs = [{ name: "x", values: x, columns }];
      yield rowwise(`logSumExp ${of}`, `logSumExp${call}`, logSumExp(x, { columns }), inputs);
      yield rowwise(`softmax ${of}`, `softmax${call}`, softmax(x, { columns }), inputs);
      yield rowwise(`logSoftmax ${of}`, `logSoftmax${call}`, logSoftmax(x, { columns }), inputs);
    }
  }
  // Without outliers, and with every number tied with others: each leaf counts, and so does how two are merged.
  const even = ordinary(random(31), 200_000);
  const tied = even.map((value) => Math.floor(2 * value + 0.5));
  for (const [kind, from] of Object.entries({ even, tied })) {
    for (const length of [31, 1000, 1023, 1024, 1025, 2048, 3072, 5000, 70_000, 200_000]) {
      yield entry(`logSumExp of ${length} ${kind}`, "logSumExp(x)", logSumExp(from.subarray(0, length)));
    }
    for (const columns of [3, 64, 65, 1025, 5000, 66_000]) {
      const x = from.subarray(0, 3 * columns);
      const inputs = [{ name: "x", values: x, columns }];
      const of = `of ${kind} rows of ${columns}`;
      yield rowwise(`logSumExp ${of}`, "logSumExp(x, { columns })", logSumExp(x, { columns }), inputs);
      yield rowwise(`logSoftmax ${of}`, "logSoftmax(x, { columns })", logSoftmax(x, { columns }), inputs);
    }
  }
};
