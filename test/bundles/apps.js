// The applications: what each imports and what it reports. A report is compared with `expected`, number by number.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const call = `[[0.5], [1], [1.5], [2], [2.5], [3], [3.5], [4]], [0, 0, 1, 0, 1, 0, 1, 1], {
    prior: priors.normal({ sd: 1 }),
  }`;
const fit = `logisticRegression(${call}).coefficients[0]`;
const sum = "logSumExp([1000, 1000])";
const both = ["backend", "logSumExp", "logisticRegression", "priors"];

export const apps = {
  one: { imports: ["logSumExp"], reports: { logSumExp: sum } },
  fit: {
    imports: ["backend", "logisticRegression", "priors"],
    reports: { coefficient: fit, backend: "backend.name" },
  },
  both: { imports: both, reports: { logSumExp: sum, coefficient: fit, backend: "backend.name" } },
  worker: { imports: both, reports: { logSumExp: sum, coefficient: fit, backend: "backend.name" }, script: "page" },
  // By a pool of two workers, which the bundler sees in the page, or which have an entry of their own.
  pool: { imports: both, reports: { coefficient: fit, backend: "backend.name" }, script: "pool" },
  "pool entry": { imports: both, reports: { coefficient: fit, backend: "backend.name" }, script: "poolEntry" },
  unused: { imports: ["dataset", "logSumExp", "logisticRegression", "losses"], reports: {} },
  empty: { imports: [], reports: {} },
};

/** What every app has to report: the sum to the last bit, the coefficient as the same bits as in Node without a bundler. */
export const expected = { logSumExp: 1000.6931471805599 };

/** The coefficient to ten digits, which the bits in Node have to meet first. */
export const coefficient = 0.73877634783;

/** A module with one export, `compute`, that returns the report of an app. */
function source(name, { commonjs }) {
  const { imports, reports } = apps[name];
  const names = `{ ${imports.join(", ")} }`;
  const what = commonjs ? `const ${names} = require("surprisal");` : `import ${names} from "surprisal";`;
  const report = Object.entries(reports).map(([key, code]) => `  ${key}: ${code},\n`);
  const compute = `() => ({\n${report.join("")}})`;
  return `${imports.length > 0 ? what : ""}
${commonjs ? "exports.compute =" : "export const compute ="} ${compute};\n`;
}

/** A script that has the fit done by a pool, with the report of the page; `worker` is the code that makes a worker. */
const byPool = (worker) => `import { backend, logisticRegression, priors } from "surprisal";
import { workerPool } from "surprisal/parallel";
${worker}
const pool = workerPool({ size: 2, worker: make });
const fit = await pool.fit(logisticRegression, ${call});
pool.close();
globalThis.report = { coefficient: fit.coefficients[0], backend: backend.name };
if (typeof document === "undefined") console.log(JSON.stringify(globalThis.report));\n`;

const scripts = {
  // Of a page or of a command line.
  direct: `import { compute } from "./compute.js";
globalThis.report = compute();
if (typeof document === "undefined") console.log(JSON.stringify(globalThis.report));\n`,
  // Of a page that has it done by a worker.
  page: `const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
worker.onmessage = ({ data }) => (globalThis.report = data);
worker.onerror = (event) => { throw new Error("in the worker: " + event.message); };\n`,
  pool: byPool(
    `const make = () => new Worker(new URL("surprisal/parallel/worker", import.meta.url), { type: "module" });`,
  ),
  poolEntry:
    byPool(`const { Worker: NodeWorker } = typeof document === "undefined" ? await import("node:worker_threads") : {};
const url = new URL("./pool-worker.mjs", import.meta.url);
const make = () => (NodeWorker ? new NodeWorker(url) : new Worker(url, { type: "module" }));`),
};

/** Writes the sources of an app. */
export function writeApp(name, folder) {
  const files = {
    "compute.js": source(name, { commonjs: false }),
    "compute.cjs": source(name, { commonjs: true }),
    "script.js": scripts[apps[name].script ?? "direct"],
    "script.cjs": `console.log(JSON.stringify(require("./compute.cjs").compute()));\n`,
    "worker.js": `import { compute } from "./compute.js";\npostMessage(compute());\n`,
    "pool-worker.js": `import "surprisal/parallel/worker";\n`,
    "fetch.js": `import { compute } from "./compute.js";
const report = compute();
export default { fetch: () => Response.json(report) };\n`,
    "index.html": page("script.js"),
  };
  for (const [path, text] of Object.entries(files)) write(join(folder, path), text);
}

/** A page that runs a module. */
export function page(script) {
  return `<!doctype html>\n<meta charset="utf-8">\n<title>app</title>\n<script type="module" src="./${script}"></script>\n`;
}

export function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
