// Packs the package, installs the tarball in an empty project and uses every entry of its "exports" there, as an
// application would: by import, by require, from TypeScript and from the command line. `npm run test:package` builds first.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { name, exports, bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const project = mkdtempSync(join(tmpdir(), "surprisal-package-"));
let passed = 0;
let failed = 0;

function run(program, args, options = {}) {
  return execFileSync(program, args, { cwd: project, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], ...options });
}

function check(what, test) {
  try {
    test();
    passed++;
    console.log(`ok      ${what}`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${what}\n${error.stdout ?? ""}${error.stderr || error.message}`);
  }
}

/** Runs a module in the project. */
function node(file, code) {
  writeFileSync(join(project, file), code);
  return run(process.execPath, [file]);
}

const twoLines = `
  const { logSumExp, logisticRegression, priors, backend } = library;
  if (logSumExp([1000, 1000]) !== 1000.6931471805599) throw new Error("logSumExp gives " + logSumExp([1000, 1000]));
  const fit = logisticRegression([[0], [1], [2], [3]], ["no", "no", "yes", "yes"], { prior: priors.normal({ sd: 1 }) });
  if (fit.predict([[3]])[0] !== "yes" || !fit.converged) throw new Error(fit.reason);
`;

function tests() {
  const [{ filename, files }] = JSON.parse(
    run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", project], { cwd: root }),
  );
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
  run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", join(project, filename)]);
  const installed = join(project, "node_modules", name);

  check("holds the build, the licence and the readme", () => {
    const odd = files
      .map(({ path }) => path)
      .filter((path) => !/^(dist\/|package\.json$|README\.md$|LICENSE$)/.test(path));
    if (odd.length > 0) throw new Error(odd.join());
  });
  check("has no dependencies", () => {
    const { dependencies = {}, peerDependencies = {} } = JSON.parse(
      readFileSync(join(installed, "package.json"), "utf8"),
    );
    const names = Object.keys({ ...dependencies, ...peerDependencies });
    if (names.length > 0) throw new Error(names.join());
  });
  for (const [entry, conditions] of Object.entries(exports)) {
    const specifier = name + entry.slice(1);
    check(`${specifier}: every file is there`, () => {
      for (const path of typeof conditions === "string" ? [conditions] : Object.values(conditions)) {
        if (!existsSync(join(installed, path))) throw new Error(`no ${path}`);
      }
    });
    if (/\.(wasm|json)$/.test(entry)) continue;
    check(`import "${specifier}"`, () => {
      const full = /^\.(\/inline|\/js)?$/.test(entry) ? twoLines : "";
      const backend = entry === "./js" ? "typescript" : "wasm";
      const where = full === "" ? "" : `if (backend.name !== "${backend}") throw new Error("runs on " + backend.name);`;
      node(
        "import.mjs",
        `import * as library from "${specifier}";
        if (Object.keys(library).length === 0) throw new Error("exports nothing");${full}${where}`,
      );
    });
    check(`require("${specifier}")`, () => {
      node(
        "require.cjs",
        `const library = require("${specifier}");
        if (Object.keys(library).length === 0) throw new Error("exports nothing");`,
      );
    });
  }
  check(`require("${name}") computes`, () => node("require.cjs", `const library = require("${name}");${twoLines}`));
  check(`${name}/kernels.wasm installs`, () => {
    node(
      "kernels.mjs",
      `import { readFileSync } from "node:fs";
      import { createRequire } from "node:module";
      import * as library from "${name}";
      library.backend.install(readFileSync(createRequire(import.meta.url).resolve("${name}/kernels.wasm")));
      library.backend.use("wasm");${twoLines}`,
    );
  });
  check("types, strict, as NodeNext and as a bundler", () => {
    const code = `import { type Fit, dataset, logSumExp, logisticRegression, mle, likelihoods } from "${name}";
      ${Object.keys(exports)
        .filter((entry) => entry !== "." && !/\.(json|wasm)$/.test(entry))
        .map((entry, i) => `import * as entry${i} from "${name + entry.slice(1)}"; void entry${i};`)
        .join("\n")}
      const value: number = logSumExp([1, 2]);
      const rows: Float64Array = logSumExp([1, 2], { columns: 1 });
      const fit: Fit = logisticRegression([[1], [2]], ["a", "b"]);
      export const other: Fit = mle({ data: dataset([[1], [2]], [1, 2]), likelihood: likelihoods.gaussian() });
      // @ts-expect-error an unknown option
      logisticRegression([[1], [2]], ["a", "b"], { bogus: 1 });
      void [value, rows, fit];`;
    writeFileSync(join(project, "types.ts"), code);
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const common = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--target", "es2022"];
    for (const module of [
      ["--module", "nodenext"],
      ["--module", "esnext", "--moduleResolution", "bundler"],
    ]) {
      run(process.execPath, [tsc, ...common, ...module, "--lib", "es2022,dom", "types.ts"]);
    }
  });
  for (const command of Object.keys(bin ?? {})) {
    check(`${command} --help`, () => {
      if (!run("npx", ["--no-install", command, "--help"]).includes(command)) throw new Error("says nothing of itself");
    });
  }
}

try {
  tests();
} finally {
  rmSync(project, { recursive: true, force: true });
}
console.log(`package: ${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
