// npm run bench:peers [-- --only NAME] [--json FILE] [--seconds N]: the same work in other JavaScript libraries, by turns in
// one run. They are installed in bench/peers alone. TensorFlow.js and jax-js compute in float32.
import { parseArgs } from "node:util";
import { compare, local } from "./measure.js";
import { reporter } from "./report.js";
import { works } from "./works.js";

const { values: options } = parseArgs({
  options: { json: { type: "string" }, only: { type: "string" }, seconds: { type: "string", default: "10" } },
});

/** A peer that does not load is named and left out. */
async function load(name, file) {
  try {
    const { ways, others } = await import(file);
    return others ?? { [name]: ways };
  } catch (error) {
    console.error(`${name} does not run here: ${error.message}`);
    return {};
  }
}

const peers = {
  ...(await load("tfjs", "../peers/tfjs.js")),
  ...(await load("jax", "../peers/jax.js")),
  ...(await load("others", "../peers/others.js")),
};

const report = reporter("surprisal and JavaScript peers");
for (const work of works) {
  if (options.only !== undefined && !work.name.includes(options.only)) continue;
  const data = work.data();
  const prepared = {};
  for (const [name, kinds] of Object.entries(peers)) {
    try {
      const task = kinds[work.kind]?.(data);
      if (task != null) prepared[name] = local(task);
    } catch (error) {
      console.error(`${work.name}: ${name} fails: ${error.message}`);
    }
  }
  if (Object.keys(prepared).length === 0) continue;
  const ours = local(work.prepare(data));
  for (const [name, { value }] of Object.entries(prepared)) {
    const away = Math.abs(value - ours.value) / Math.abs(ours.value);
    if (!work.kind.endsWith("Fit") && !work.kind.startsWith("logistic") && !(away < 1e-2)) {
      console.error(`${work.name}: ${name} computes something else, ${value} for ${ours.value}`);
    }
  }
  const result = await compare(ours, prepared, { rounds: 101, seconds: Number(options.seconds) });
  report.add({ name: work.name, copies: work.copies, aims: work.aims, ...result });
}
report.end(options);
process.exit(); // TensorFlow.js keeps handles open
