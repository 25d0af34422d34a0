// npm run bench:native [-- --only NAME] [--json FILE] [--seconds N] [--python PATH]: the same work in numpy, scipy, scikit-learn and torch, one
// thread each side, by turns in one run. Needs python3 with whichever of them are to be compared.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compare, local } from "./measure.js";
import { reporter } from "./report.js";
import { works } from "./works.js";

const { values: options } = parseArgs({
  options: {
    json: { type: "string" },
    only: { type: "string" },
    seconds: { type: "string", default: "10" },
    python: { type: "string", default: "python3" },
  },
});

/** Relative distance from the lowest value that counts as reached. */
const NEAR = 1e-8;

const folder = mkdtempSync(join(tmpdir(), "surprisal-bench-"));
const python = spawn(options.python, [fileURLToPath(new URL("native.py", import.meta.url))], {
  stdio: ["pipe", "pipe", "inherit"],
  env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
});
const lines = createInterface({ input: python.stdout })[Symbol.asyncIterator]();

async function ask(message) {
  python.stdin.write(`${JSON.stringify(message)}\n`);
  const { value, done } = await lines.next();
  if (done) throw new Error("python3 ended");
  const answer = JSON.parse(value);
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer;
}

/** Writes the arrays and has them loaded; the ways that python has of doing this work. */
async function load(work, data) {
  const files = {};
  for (const [name, array] of Object.entries(data)) {
    if (!(array instanceof Float64Array)) continue;
    files[name] = join(folder, `${name}.f64`);
    writeFileSync(files[name], new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  }
  const { ways } = await ask({ do: "load", kind: work.kind, rows: data.rows, columns: data.columns, files });
  return ways;
}

/** A way of python's, after a first call. */
async function remote(way) {
  const first = await ask({ do: "run", way, repeats: 1 });
  const repeats = Math.min(1024, Math.max(1, Math.round(5 / first.ms)));
  return { first, sample: async () => (await ask({ do: "run", way, repeats })).ms };
}

/** Ours with the largest tolerance that comes within 1e-8 of the value at its own. */
function loosest(work, data, exact) {
  for (const [tolerance, task] of Object.entries(work.ways(data))) {
    const value = task();
    if ((value - exact) / exact <= NEAR) return { tolerance, ...local(task) };
  }
  return null;
}

/** Of fits the fastest way that comes within 1e-8 of the lowest value that anyone reached. */
async function fastest(ways, ours) {
  const tried = [];
  for (const way of ways) {
    const peer = await remote(way);
    tried.push({ way, peer, ...peer.first });
  }
  const lowest = Math.min(ours.value, ...tried.map(({ value }) => value));
  const away = (ours.value - lowest) / lowest;
  if (away > NEAR) throw new Error(`surprisal stops ${away} above the lowest value`);
  const good = tried.filter(({ value }) => (value - lowest) / lowest <= NEAR).sort((a, b) => a.ms - b.ms);
  return good.length === 0 ? {} : { [good[0].way]: good[0].peer };
}

try {
  const versions = await ask({ do: "versions" });
  for (const [name, version] of Object.entries(versions)) {
    const help = "not installed (Debian: apt install python3-sklearn python3-torch)";
    console.error(`${name} ${version ?? help}`);
  }
  const report = reporter("surprisal and native peers");
  for (const work of works) {
    if (options.only !== undefined && !work.name.includes(options.only)) continue;
    const data = work.data();
    const ways = await load(work, data);
    if (ways.length === 0) continue;
    const ours = local(work.prepare(data));
    const isFit = work.kind.endsWith("Fit");
    const peers = isFit ? await fastest(ways, ours) : {};
    if (!isFit) for (const way of ways) peers[way] = await remote(way);
    const result = await compare(ours, peers, { rounds: 101, seconds: Number(options.seconds) });
    report.add({ name: work.name, copies: work.copies, aims: work.aims, ...result });
    const loose = isFit && Object.keys(peers).length > 0 ? loosest(work, data, ours.value) : null;
    if (loose !== null) {
      const again = await compare(loose, peers, { rounds: 101, seconds: Number(options.seconds) });
      report.add({
        name: `${work.name}, tolerance ${loose.tolerance}`,
        copies: work.copies,
        aims: work.aims,
        ...again,
      });
    }
  }
  report.end(options);
} catch (error) {
  console.error(error.code === "ENOENT" ? "python3 is not installed: nothing to compare with." : error);
  process.exitCode = 1;
} finally {
  python.stdin.end();
  rmSync(folder, { recursive: true, force: true });
}
