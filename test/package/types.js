// The installed declarations as an application's compiler reads them: every TypeScript from 5.4 on, strict.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { codeEntries, run, tool } from "./project.js";
import { check } from "./report.js";

const STRICT = {
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  target: "es2022",
  types: [],
};
const NODENEXT = { module: "nodenext" };
const BUNDLER = { module: "esnext", moduleResolution: "bundler" };
const BARE = { lib: ["es2022"] };
const DOM = { lib: ["es2022", "dom"], skipDefaultLibCheck: true };
/** The declarations themselves are checked, except once, as most applications have it. */
const CONFIGS = {
  "nodenext, es2022": { ...NODENEXT, ...BARE },
  "nodenext, dom": { ...NODENEXT, ...DOM },
  "bundler, es2022": { ...BUNDLER, ...BARE },
  "bundler, dom, skipLibCheck": { ...BUNDLER, ...DOM, skipLibCheck: true },
};

function compilers() {
  const { devDependencies } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));
  return Object.keys(devDependencies).filter((name) => /^typescript\d/.test(name));
}

/** Writes the configurations into the project. */
function prepare(folder) {
  for (const file of ["plain.ts", "dom.ts"]) {
    copyFileSync(fileURLToPath(new URL(`consumer/${file}`, import.meta.url)), join(folder, file));
  }
  const entries = codeEntries().map((name, i) => `import * as entry${i} from "${name}";\nvoid entry${i};\n`);
  writeFileSync(join(folder, "entries.ts"), entries.join(""));
  return Object.entries(CONFIGS).map(([title, options], i) => {
    const name = `tsconfig.${i}.json`;
    const files = ["plain.ts", "entries.ts", ...(options.lib.includes("dom") ? ["dom.ts"] : [])];
    const compilerOptions = { skipLibCheck: false, ...STRICT, ...options };
    writeFileSync(join(folder, name), JSON.stringify({ compilerOptions, files }));
    return { name, title };
  });
}

export async function types({ folder }) {
  const configs = prepare(folder);
  const waiting = compilers().flatMap((compiler) => configs.map((config) => ({ compiler, ...config })));
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { compiler, name, title } = next;
      await check(`${compiler}: ${title}`, () => {
        return run(process.execPath, [tool(`${compiler}/bin/tsc`), "-p", name], { cwd: folder });
      });
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}
