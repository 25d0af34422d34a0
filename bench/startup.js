// What a process pays for the library: import and a first result, beyond a bare one, by turns.
import { spawnSync } from "node:child_process";

const library = new URL("../dist/index.js", import.meta.url).href;
const FIRST = `import { logisticRegression } from ${JSON.stringify(library)};
const fit = logisticRegression([[1], [2], [3], [4]], [0, 1, 0, 1]);
if (fit.status !== "converged") process.exit(1);`;

/** Milliseconds of a whole process. */
function run(code) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code]);
  if (status !== 0) throw new Error(String(stderr));
  return performance.now() - start;
}

/** Median milliseconds beyond a bare process, with the middle half. */
export function startup(rounds = 41) {
  const beyond = [];
  run(FIRST);
  for (let round = 0; round < rounds; round++) {
    const bare = run("");
    beyond.push(run(FIRST) - bare);
  }
  beyond.sort((a, b) => a - b);
  const at = (share) => beyond[Math.floor(share * rounds)];
  return {
    name: "start-up: import and a first fit, beyond bare node",
    ...{ milliseconds: at(0.5), from: at(0.25), to: at(0.75), aim: 15, rounds },
  };
}
