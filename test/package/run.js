// Packs the package, installs the tarball in an empty project and uses it there as applications do: every entry in every
// runtime, the README's code, the types in every TypeScript. `npm run test:package` installs runtimes and compilers first.
import { rmSync } from "node:fs";
import { contents } from "./contents.js";
import { linters } from "./linters.js";
import { jsr } from "./jsr.js";
import { install } from "./project.js";
import { release } from "./release.js";
import { counts } from "./report.js";
import { everyRuntime } from "./runtimes.js";
import { types } from "./types.js";

const suites = { release, contents, linters, jsr, runtimes: everyRuntime, types };
const asked = process.argv.slice(2);
for (const name of asked) if (suites[name] === undefined) throw new Error(`no suite is called ${name}`);

const project = await install();
try {
  for (const [name, suite] of Object.entries(suites)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const start = performance.now();
    console.log(`\n-- ${name}`);
    await suite(project);
    console.log(`${name} took ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
} finally {
  rmSync(project.folder, { recursive: true, force: true });
}
console.log(`package: ${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 ? 0 : 1;
