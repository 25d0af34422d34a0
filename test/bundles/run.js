// Builds small applications with every tool of tools/ from the packed library and runs them; compares what they report,
// to the last bit, and what they weigh. `npm run test:bundles` installs the tools first.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import Table from "cli-table3";
import { apps, coefficient, expected, writeApp } from "./apps.js";
import { closeBrowser, missingBrowser } from "./browser.js";
import { budgets, fitTexts, unusedBytes } from "./budgets.js";
import { forgotten, loadExamples } from "./examples.js";
import { measure, textsIn } from "./measure.js";
import { report } from "./processes.js";
import { makeProject } from "./project.js";

const only = process.argv.slice(2);
const problems = [];
const skipped = [];
let passed = 0;

/** Counts a check; `test` throws or rejects when it fails. */
async function check(what, test) {
  try {
    const value = await test();
    passed++;
    return value;
  } catch (error) {
    problems.push(`${what}: ${error.stack ?? error}`);
    return undefined;
  }
}

function fail(message) {
  throw new Error(message);
}

/** Whether it cannot run here: then it is skipped with a line, or fails in CI. */
function isMissing(what, why) {
  if (!why) return false;
  if (process.env.CI) problems.push(`${what}: ${why}`);
  else skipped.push(`skipped ${what}: ${why}`);
  return true;
}

/** Every number of a report has to be the expected one, and to be there. */
function compare(name, got) {
  for (const key of Object.keys(apps[name].reports)) {
    const wanted = key === "backend" ? "wasm" : expected[key];
    if (got?.[key] !== wanted) fail(`expected ${key} ${wanted}, got ${JSON.stringify(got)}`);
  }
}

/** What the weight of a tool's bundles has to be. */
async function checkSizes(tool, built) {
  const sizes = {};
  for (const name of Object.keys(built)) sizes[name] = measure(built[name]);
  const scripts = (name) => measure(built[name].filter((file) => !file.endsWith(".wasm"))).minified;
  const unused = scripts("unused") - scripts("empty");
  const kernels = sizes.unused.minified - sizes.empty.minified - unused;
  await check(`${tool.name}, an unused import`, () => {
    if (unused >= unusedBytes) fail(`adds ${unused} bytes of script`);
    if (kernels !== 0 && !tool.keepsKernels) fail(`adds ${kernels} bytes of kernels`);
  });
  for (const app of tool.apps) {
    const { gzip } = sizes[app];
    await check(`${tool.name}, size of "${app}"`, () => {
      if (budgets[app] !== undefined && !(gzip <= budgets[app])) fail(`${gzip} bytes gzipped, budget ${budgets[app]}`);
    });
  }
  await check(`${tool.name}, only what is used`, () => {
    const stale = fitTexts.filter((text) => !textsIn(built.fit, [text]).length);
    if (stale.length > 0) fail(`these texts tell fits no longer: ${stale.join()}`);
    const found = textsIn(built.one, fitTexts);
    if (found.length > 0) fail(`logSumExp alone brings "${found.join()}"`);
  });
  return { sizes, unused: kernels === 0 ? unused : `${unused} + kernels` };
}

async function runTool(tool, project) {
  const rows = [];
  const names = [...tool.apps, ...(tool.measured ? ["unused", "empty"] : [])];
  const built = {};
  for (const app of names) {
    const folder = join(project, tool.name.replaceAll(" ", "-"), app);
    writeApp(app, folder);
    const files = await check(`${tool.name}, ${app}: build`, () => tool.build({ folder, project, app }));
    if (files) built[app] = files;
    if (!tool.apps.includes(app)) continue;
    for (const place of tool.places) {
      const what = `${tool.name}, ${app}, in ${place}`;
      const row = { app, place, built: files ? "yes" : "NO", ok: "", backend: "" };
      rows.push(row);
      const needsBrowser = tool.needsBrowser?.(place) ?? place === "Chromium";
      if (!files) continue;
      row.ok = process.env.CI ? "NO" : "skipped";
      if (needsBrowser && isMissing(what, missingBrowser)) continue;
      row.ok = "NO";
      await check(what, async () => {
        const got = await tool.run({ folder, project, app, place, files });
        row.backend = got?.backend ?? "";
        compare(app, got);
        row.ok = "yes";
      });
    }
  }
  if (tool.measured && names.every((name) => built[name])) {
    const { sizes, unused } = await checkSizes(tool, built);
    for (const row of rows) Object.assign(row, sizes[row.app], { unused });
  }
  return rows;
}

async function runExamples(project) {
  await check(
    "examples",
    () => forgotten().length === 0 || fail(`not run, or not in the README: ${forgotten().join()}`),
  );
  for (const example of loadExamples(project)) {
    const what = `example ${example.name}`;
    if (example.browser && isMissing(what, missingBrowser)) continue;
    const said = await check(what, example.run);
    console.log(`${what}: ${said === undefined ? "FAILED" : said.trim().split("\n").at(-1)}`);
  }
}

const wanted = (name) => only.length === 0 || only.some((word) => name.includes(word));

async function runTools(project) {
  for (const file of readdirSync(new URL("tools", import.meta.url)).sort()) {
    const tool = await check(file, async () => (await import(`./tools/${file}`)).default);
    if (tool === undefined || !wanted(tool.name)) continue;
    const label = `${tool.name} ${tool.version}`;
    if (isMissing(label, tool.missing)) continue;
    const start = performance.now();
    for (const row of await runTool(tool, project)) {
      const { app, place, built, ok, backend, minified = "", gzip = "", unused = "" } = row;
      table.push([label, app, built, place, ok, backend, minified, gzip, unused]);
    }
    console.log(`${label}: ${seconds(start)}`);
  }
}

/** The fit in Node without a bundler: its bits are what every other place has to report. */
async function computeReference(project) {
  const folder = join(project, "reference");
  writeApp("fit", folder);
  const got = await report(process.execPath, [join(folder, "script.js")], { cwd: folder, project });
  expected.coefficient = got.coefficient;
  if (!(Math.abs(got.coefficient - coefficient) < 1e-10)) fail(`${got.coefficient}, not ${coefficient}`);
}

const table = new Table({
  head: ["tool", "app", "built", "ran in", "value ok", "backend", "minified", "gzip", "unused import"],
  style: { head: [], border: [], compact: true },
});

const clock = performance.now();
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
try {
  const project = await check("the packed library, installed", makeProject);
  if (project) {
    await check("the fit in Node", () => computeReference(project));
    await runTools(project);
    if (wanted("examples")) await runExamples(project);
  }
} finally {
  await closeBrowser();
}
console.log(String(table));
for (const line of skipped) console.log(line);
for (const problem of problems) console.error(`FAILED  ${problem}`);
console.log(`In ${seconds(clock)}.`);
console.log(`bundles: ${passed} passed, ${problems.length} failed`);
process.exitCode = problems.length === 0 ? 0 : 1;
