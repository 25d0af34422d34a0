// The installed package in every runtime: each entry imported, each entry required, every block of its README run.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import ts from "typescript";
import { codeEntries, manifest, root, run, tool } from "./project.js";
import { check, none } from "./report.js";

/** The runtimes of package.json that exist for this platform: name, program and its first arguments. */
function runtimes() {
  const { optionalDependencies } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));
  const suffix = `-${process.platform}-${process.arch}`;
  return Object.keys(optionalDependencies)
    .filter((name) => name.endsWith(suffix))
    .map((name) => {
      const runtime = name.slice(0, -suffix.length);
      const kind = runtime.replace(/\d+$/, "");
      const program = tool(`${name}/${kind === "deno" ? "deno" : `bin/${kind}`}`);
      return { runtime, program, kind };
    });
}

/** What every entry is asked: it exports something, and where it can compute, it does. */
const ASK = `
export function ask(name, library, backend) {
  if (Object.keys(library).length === 0) throw new Error(name + " exports nothing");
  if (library.logisticRegression === undefined) return;
  const { logSumExp, logisticRegression, priors } = library;
  if (logSumExp([1000, 1000]) !== 1000.6931471805599) throw new Error(name + ": logSumExp gives " + logSumExp([1000, 1000]));
  const fit = logisticRegression([[0], [1], [2], [3]], ["no", "no", "yes", "yes"], { prior: priors.normal({ sd: 1 }) });
  if (fit.predict([[3]])[0] !== "yes" || !fit.converged) throw new Error(name + ": " + fit.reason);
  if (library.backend.name !== backend) throw new Error(name + " runs on " + library.backend.name);
}
export const version = globalThis.Bun?.version ?? globalThis.Deno?.version.deno ?? globalThis.process?.version ?? "?";
`;

const asks = (entries) =>
  entries
    .map((name, i) => `ask("${name}", entry${i}, "${name.endsWith("/js") ? "typescript" : "wasm"}");`)
    .concat("console.log(JSON.stringify({ version, done: " + entries.length + " }));")
    .join("\n");

/** Writes what the runtimes run, and says how much of each there is. */
async function prepare({ folder, installed }) {
  const write = (file, text) => writeFileSync(join(folder, file), text);
  const entries = codeEntries();
  write("ask.mjs", ASK);
  const imports = entries.map((name, i) => `import * as entry${i} from "${name}";`).join("\n");
  write("import.mjs", `import { ask, version } from "./ask.mjs";\n${imports}\n${asks(entries)}`);
  const requires = entries.map((name, i) => `const entry${i} = require("${name}");`).join("\n");
  write("require.cjs", `const { ask, version } = require("./ask.mjs");\n${requires}\n${asks(entries)}`);

  const outfile = join(folder, "readme.bundle.mjs");
  const contents = `export * from "./test/readme/blocks.ts"; export * from "./test/readme/compare.ts";`;
  const stdin = { contents, resolveDir: root, loader: "ts" };
  await build({ stdin, bundle: true, format: "esm", platform: "node", target: "es2022", outfile, logLevel: "error" });
  const { blocksOf, claimsOf, withChecks } = await import(outfile);
  const blocks = blocksOf(readFileSync(join(installed, "README.md"), "utf8"));
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  const claims = blocks.map(({ line, code }) => {
    write(`readme-${line}.mjs`, ts.transpileModule(withChecks(code), { compilerOptions }).outputText);
    return claimsOf(code).length;
  });
  const total = claims.reduce((sum, count) => sum + count, 0);
  if (total < 10) throw new Error(`the README claims only ${total} values`);
  write(
    "readme.mjs",
    `import { version } from "./ask.mjs";
    import { compare } from "./readme.bundle.mjs";
    let done = 0, place;
    globalThis.check = (expression, value, shown) => {
      try {
        compare(value, shown);
      } catch (error) {
        throw new Error("README.md, line " + place + ": " + expression + " " + error.message);
      }
      done++;
    };
    ${blocks.map(({ line }) => `place = ${line};\nawait import("./readme-${line}.mjs");`).join("\n")}
    console.log(JSON.stringify({ version, done }));`,
  );
  return { "import.mjs": entries.length, "require.cjs": entries.length, "readme.mjs": total };
}

/** Runs a file, which must do all it is asked; its version. */
async function ran({ program, kind }, file, count, folder) {
  if (!existsSync(program)) throw new Error(`${program} is not installed`);
  const env = { ...process.env, DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1", NODE_OPTIONS: "" };
  // The package itself asks for no permission; Deno's own require reads the disk to find it.
  const permissions = file.endsWith(".cjs") ? ["--allow-read"] : [];
  const args = kind === "deno" ? ["run", "--no-prompt", ...permissions, file] : [file];
  const printed = await run(program, args, { cwd: folder, env });
  const { version, done } = JSON.parse(printed.trim().split("\n").at(-1));
  if (done !== count) throw new Error(`did ${done} of ${count}`);
  return version.replace(/^v/, "");
}

export async function everyRuntime(project) {
  const { folder, installed } = project;
  const files = await prepare(project);
  const found = runtimes();
  const rows = [["", ...Object.entries(files).map(([file, count]) => `${file.split(".")[0]} (${count})`)]];
  await check("there are runtimes for this platform", () => {
    none(found.length > 1 ? [] : [`only ${found.length} for ${process.platform} on ${process.arch}`]);
  });
  for (const runtime of found) {
    let label = runtime.runtime;
    const cells = [];
    for (const [file, count] of Object.entries(files)) {
      let cell = "failed";
      await check(`${runtime.runtime} runs ${file}`, async () => {
        label = `${runtime.runtime.replace(/\d+$/, "")} ${await ran(runtime, file, count, folder)}`;
        cell = "ok";
      });
      cells.push(cell);
    }
    rows.push([label, ...cells]);
  }
  for (const row of rows) console.log(row.map((cell) => cell.padEnd(16)).join(""));

  await check(`${manifest.name}/kernels.wasm installs`, async () => {
    writeFileSync(
      join(folder, "kernels.mjs"),
      `import { readFileSync } from "node:fs";
      import { createRequire } from "node:module";
      import { ask } from "./ask.mjs";
      import * as library from "${manifest.name}";
      library.backend.install(readFileSync(createRequire(import.meta.url).resolve("${manifest.name}/kernels.wasm")));
      library.backend.use("wasm");
      ask("the library with its kernels installed", library, "wasm");`,
    );
    await run(process.execPath, ["kernels.mjs"], { cwd: folder });
  });
  for (const [command, path] of Object.entries(manifest.bin ?? {})) {
    await check(`${command} --help, --version`, async () => {
      const { bin } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
      const script = join(folder, "node_modules/.bin", command);
      if (bin[command] !== path || !existsSync(script)) throw new Error(`no ${command}`);
      const help = await run(script, ["--help"], { cwd: folder });
      if (!help.includes(command)) throw new Error("says nothing of itself");
      const version = await run(script, ["--version"], { cwd: folder });
      if (version.trim() !== manifest.version) throw new Error(`says it is ${version}`);
    });
  }
}
