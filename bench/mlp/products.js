// Matrix products of the kernels beside the most that a core can do, in one run.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const ROUNDS = 20_000;
/** Multiplications and additions in a round of the loop below. */
const PER_ROUND = 48;

/** What a core can do at most without fused operations: independent multiplications and additions of f64x2. */
function peakSource() {
  const sums = Array.from("abcdefghijkl");
  const each = (line) => sums.map(line).join("\n");
  return `export function peak(rounds: i32): f64 {
    const x = f64x2.splat(0.999999);
    const y = f64x2.splat(0.000001);
    ${each((s, k) => `let ${s} = f64x2.splat(${k + 1});`)}
    for (let round = 0; round < rounds; round++) {
      ${each((s) => `${s} = f64x2.add(f64x2.mul(${s}, x), y);`)}
    }
    let sum = f64x2.splat(0);
    ${each((s) => `sum = f64x2.add(sum, ${s});`)}
    return f64x2.extract_lane(sum, 0);
  }`;
}

function peakOf() {
  const [source, out] = ["peak.ts", "peak.wasm"].map((name) => here(`../../build/${name}`));
  writeFileSync(source, peakSource());
  const asc = here("../../node_modules/assemblyscript/bin/asc.js");
  const options = ["--runtime", "stub", "--enable", "simd", "-O3", "--noAssert", "--use", "abort="];
  execFileSync(process.execPath, [asc, source, "-o", out, ...options]);
  const { peak } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(out))).exports;
  return { name: "peak: f64x2 multiply and add", flops: ROUNDS * PER_ROUND, run: () => peak(ROUNDS) };
}

/** rows x inputs x units. */
const SHAPES = [
  [64, 64, 128],
  [64, 128, 10],
  [64, 784, 128],
  [64, 256, 256],
];

function productsOf() {
  const memory = new WebAssembly.Memory({ initial: 256 });
  const numbers = new Float64Array(memory.buffer);
  for (let i = 0; i < numbers.length; i++) numbers[i] = Math.sin(i);
  const module = new WebAssembly.Module(readFileSync(here("../../build/layers.wasm")));
  const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports;
  // Not all at the same place of a page: their addresses would be taken for each other.
  const at = (place) => place * ((1 << 20) + 1088) + 64;
  return SHAPES.flatMap(([rows, inputs, units]) => {
    const stride = units % 16 === 0 ? units + 4 : units;
    kernels.packLayer(inputs, units, at(1), at(2));
    const name = `${rows} x ${inputs} x ${units}`;
    const flops = 2 * rows * inputs * units;
    return [
      ["forward", () => kernels.layerForward(rows, inputs, units, at(0), inputs, at(2), 1, 0, at(4), stride, 0)],
      ["backward", () => kernels.layerBackward(rows, inputs, units, at(4), stride, at(1), 0, at(6), inputs, at(5))],
      ["gradient", () => kernels.layerGradient(rows, inputs, units, at(4), stride, at(0), inputs, 0, at(8), at(5))],
    ].map(([what, run]) => ({ name: `${what} ${name}`, flops, run }));
  });
}

/** Share of the peak that the products should reach. */
const AIM = 0.6;

/** Each product as a work whose peer is the peak: medians of turns in which every loop runs. */
export function products(turns = 41) {
  const loops = [peakOf(), ...productsOf()].map((loop) => ({ ...loop, rates: [] }));
  for (const { run } of loops) for (let i = 0; i < 30; i++) run();
  for (let turn = 0; turn < turns; turn++) {
    for (const { run, flops, rates } of loops) {
      const repeats = Math.ceil(4e6 / flops);
      const start = performance.now();
      for (let i = 0; i < repeats; i++) run();
      rates.push((flops * repeats) / (performance.now() - start) / 1e6);
    }
  }
  const at = (values, share) => [...values].sort((a, b) => a - b)[Math.floor(share * values.length)];
  const [peak, ...rest] = loops;
  console.error(`${peak.name}: ${at(peak.rates, 0.5).toFixed(2)} GFLOP/s`);
  return rest.map(({ name, flops, rates }) => {
    const ratios = rates.map((rate, turn) => rate / peak.rates[turn]);
    const ms = (of) => flops / at(of, 0.5) / 1e6;
    return {
      name: `product, ${name}`,
      copies: "none",
      ours: ms(rates),
      aims: { peak: AIM },
      peers: {
        "peak of f64x2": { ms: ms(peak.rates), ratio: at(ratios, 0.5), from: at(ratios, 0.25), to: at(ratios, 0.75) },
      },
    };
  });
}
