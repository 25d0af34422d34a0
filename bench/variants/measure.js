/** Times the candidates on this engine; with `--ulp` also their largest errors over seeded points. Bundled by run.js. */
import bytes from "../../build/variants.wasm";
import { expTable, log1pTable } from "../../src/backend/tables.ts";
import { expError, logError } from "./exact.js";
import { table32, twins } from "./twins.ts";

const kernels = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
const input = kernels.memory.grow(16) * 65536;
const count = 4096;
const output = input + 8 * count;
const place = (values, address) => new Float64Array(kernels.memory.buffer, address, values.length).set(values);
place(expTable, kernels.expTable());
place(log1pTable, kernels.log1pTable());
place(table32, kernels.table32());

let state = 1;
/** Uniform on [0, 1), from a 32-bit generator. */
function uniform() {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return ((state ^ (state >>> 15)) >>> 0) / 2 ** 32;
}

const groups = [
  {
    plain: (n, x, out) => {
      for (let i = 0; i < n; i++) out[i] = Math.exp(x[i]);
    },
    name: "Math.exp",
    argument: () => 20 * uniform() - 10,
    hard: () => 1280 * uniform() - 640,
    error: expError,
    variants: ["exp128", "exp32", "expPolynomial"],
  },
  {
    plain: (n, x, out) => {
      for (let i = 0; i < n; i++) out[i] = Math.log(x[i]);
    },
    name: "Math.log",
    argument: () => 1e-3 + 10 * uniform(),
    hard: () => (uniform() < 0.5 ? 0.65 + 0.85 * uniform() : 1 + (uniform() - 0.5) / 32),
    error: logError,
    variants: ["log128", "logDivision"],
  },
];

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

/** Median nanoseconds per element of every loop, taken in turns. */
function times(loops) {
  const samples = loops.map(() => []);
  for (let round = 0; round < 400; round++) {
    loops.forEach((loop, i) => {
      const start = performance.now();
      for (let repeat = 0; repeat < 4; repeat++) loop();
      if (round >= 100) samples[i].push(((performance.now() - start) * 1e6) / (4 * count));
    });
  }
  return samples.map(median);
}

function largestError({ hard, error }, twin) {
  let worst = 0;
  for (let round = 0; round < 10; round++) {
    const x = Float64Array.from({ length: count }, hard);
    const out = new Float64Array(count);
    twin(count, x, out);
    x.forEach((value, i) => (worst = Math.max(worst, value === 1 ? 0 : error(value, out[i]))));
  }
  return worst;
}

for (const group of groups) {
  const x = Float64Array.from({ length: count }, group.argument);
  const out = new Float64Array(count);
  place(x, input);
  const loops = group.variants.flatMap((name) => [
    () => kernels[name](count, input, output),
    () => twins[name](count, x, out),
  ]);
  const [plain, ...rest] = times([() => group.plain(count, x, out), ...loops]);
  console.log(`${group.name.padEnd(14)}${plain.toFixed(2).padStart(6)} ns`);
  group.variants.forEach((name, i) => {
    const column = (value) => `${value.toFixed(2).padStart(6)} ns ${(value / plain).toFixed(2)}x`;
    const ulp = globalThis.process?.argv.includes("--ulp") ? largestError(group, twins[name]).toFixed(3) + " ulp" : "";
    console.log(`${name.padEnd(14)}wasm${column(rest[2 * i])}   twin${column(rest[2 * i + 1])}   ${ulp}`);
  });
}
