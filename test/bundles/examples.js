// The examples of the repository, each run as its README says, but from the packed library.
import { cpSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./processes.js";
import { openInDevelopment } from "./tools/vite-dev.js";
import { ask, bundle, checkKernels } from "./tools/wrangler.js";

const source = fileURLToPath(new URL("../../examples", import.meta.url));

/** A page by Vite: what its output says once it has to say no more. */
const page = (read) => ({ browser: true, run: (folder) => openInDevelopment(folder, read) });

/** By folder: how it runs, giving a text, and what that has to say. */
const examples = {
  node: {
    run: (folder, project) => run(process.execPath, ["irises.js"], { cwd: folder, project }),
    says: /^converged after .*\n147 of 150 are told right\nsetosa +0\.000\nversicolor +0\.374\nvirginica +0\.626\n$/,
  },
  bandit: {
    run: (folder, project) => run(process.execPath, ["bandit.js"], { cwd: folder, project }),
    says: /^thompson: 17\.2 of 500 clicks slip\nepsilonGreedy: 29\.1 of 500 clicks slip\n$/,
  },
  backpropagation: {
    run: (folder, project) => run(process.execPath, ["backpropagation.js"], { cwd: folder, project }),
    says: /^58 parameters; [^]*\nback-propagation agrees: [^]*\n1\.1e-7 +9\.3e-1 +2\.3e-7\n$/,
  },
  "worker-pool": {
    run: (folder, project) => run(process.execPath, ["folds.js"], { cwd: folder, project }),
    says: /^sd 0\.3: 0\.3586 nats .* the bits of one thread\nsd 1: 0\.1459 nats .* the bits of one thread\nsd 3: 0\.0765 nats .* the bits of one thread\n$/,
  },
  "vite-page": {
    ...page(() => document.querySelector("output")?.textContent),
    says: /^sd 1: after 3 hours 63\.5 % pass \(converged, on wasm\)$/,
  },
  "web-worker": {
    ...page(() => /^(converged|the worker failed).*/.exec(document.querySelector("output")?.textContent)?.[0]),
    says: /^converged: 0\.20 at \(0\.2, 0\.2\), 0\.86 at \(0\.9, 0\.9\)$/,
  },
  "cloudflare-worker": {
    async run(folder, project) {
      const files = await bundle(folder, project);
      checkKernels(files);
      return JSON.stringify(await ask(files, { compatibilityDate: "2026-04-01", path: "?hours=3" }));
    },
    says: /^\{"hours":3,"probability":0\.635\d+,"backend":"wasm"\}$/,
  },
  game: {
    ...page(() => /.* of 300 saved.*/.exec(document.querySelector("output")?.textContent)?.[0]),
    // How many frames a fit takes depends on the machine.
    says: /^(19|2\d)\d of 300 saved, learned [1-9]\d* times$/,
  },
};

/** The examples in a folder of the project, ready to run there. */
export function loadExamples(project) {
  const folder = join(project, "examples");
  cpSync(source, folder, { recursive: true });
  return Object.entries(examples).map(([name, example]) => ({
    name,
    browser: example.browser === true,
    async run() {
      const said = await example.run(join(folder, name), project);
      if (!example.says.test(said)) throw new Error(`says ${JSON.stringify(said)}, expected ${example.says}`);
      return said;
    },
  }));
}

/** The folders of examples that are not run, or that the README does not list. */
export function forgotten() {
  const readme = readFileSync(join(source, "README.md"), "utf8");
  return readdirSync(source, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "data")
    .map(({ name }) => name)
    .filter((name) => !Object.hasOwn(examples, name) || !readme.includes(`](${name}/)`));
}
