// node --expose-gc bench/mlp/allocations.js: calls of predictInto leave nothing behind.
import { mlp } from "../../dist/index.js";
import { digits } from "./data.js";

const CALLS = 100_000;
const MOST = 64 * 1024;

const { x, y, columns } = digits();
const fit = mlp(x, y, { columns, targets: "classes", hidden: [16], epochs: 1 });
const row = x.slice(0, columns);
const out = new Float64Array(10);

function heapAfter(calls) {
  for (let i = 0; i < calls; i++) fit.predictInto(row, out);
  for (let i = 0; i < 4; i++) globalThis.gc();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + arrayBuffers;
}

heapAfter(CALLS / 10);
const before = heapAfter(0);
const raised = heapAfter(CALLS) - before;
console.log(`${CALLS} calls of predictInto raise the heap by ${raised} bytes (at most ${MOST})`);
if (raised > MOST) process.exitCode = 1;
