/** Every public run-time name says what it is, takes, gives and throws, and every example in src/ gives what it shows. */
import ts from "typescript";
import { afterEach, describe, expect, test } from "vitest";
import * as library from "../src/index.js";
import { claimsOf } from "./readme/blocks.js";
import { compare } from "./readme/compare.js";
import { readExamples } from "./reference/examples.js";
import { type PublicName, compile, publicNames, readEntries } from "./reference/names.js";
import { runnable } from "./reference/runnable.js";

const forced = library.backend.name;
afterEach(() => library.backend.use(forced));

/** Names whose arguments no value can make throw, with the reason. */
const NEVER_THROWS: Readonly<Record<string, string>> = {
  firstDifference: "it compares what inspect gave: there is nothing to check",
};

/** What the docstring of a name lacks. */
function lacks({ name, kind, docstring: { summary, tags }, parameters, returns }: PublicName): string[] {
  const has = (tag: string): boolean => tags.some((one) => one.name === tag && one.text !== "");
  const described = tags
    .filter((tag) => tag.name === "param")
    .map((tag) => tag.text.match(/^(\w+)\s+(?:-\s*)?\S/)?.[1]);
  return [
    ...(summary === "" ? ["a summary"] : []),
    ...(kind === "value" && !has("example") ? ["@example"] : []),
    ...parameters.filter((parameter) => !described.includes(parameter)).map((parameter) => `@param ${parameter}`),
    ...(returns && !has("returns") ? ["@returns"] : []),
    ...(parameters.length > 0 && !has("throws") && !(name in NEVER_THROWS) ? ["@throws"] : []),
  ];
}

/** Every entry of the package with what it exports at run time. */
const entries = await Promise.all(
  [...readEntries()].map(async ([name, file]) => ({ name, file, exports: (await import(file)) as object })),
);
const apart = entries.filter((entry) => !Object.values(library).includes(entry.exports as never));

/** What examples see: the names of all entries that are no namespace of the library; of namesakes their own, or the library's. */
const common = Object.assign({}, ...[...apart].reverse().map((entry) => entry.exports)) as Record<string, unknown>;
const ownOf = (file: string): Record<string, unknown> => {
  const own = apart.find((entry) => entry.name !== "." && entry.file.endsWith(`/src/${file.split("/")[0]}/index.ts`));
  return (own?.exports ?? {}) as Record<string, unknown>;
};
const namesakes = (file: string): string[] =>
  Object.entries(ownOf(file)).flatMap(([name, value]) => (common[name] === value ? [] : [name]));
const examples = readExamples();

function folderOf(file: string): string {
  return /\/src\/(\w+)\//.exec(file)![1];
}

/** All examples as functions of one module, for the type checker. */
const module = [
  ...apart.map(
    (entry) =>
      `import { ${Object.entries(entry.exports)
        .map(([name, value]) => (common[name] === value ? name : `${name} as ${name}Of${folderOf(entry.file)}`))
        .join(", ")} } from "${entry.file.replace(/ts$/, "js")}";`,
  ),
  ...examples.map(({ code, file }, i) => {
    const own = namesakes(file).map((name) => `const ${name} = ${name}Of${folderOf(`/src/${file}`)};\n`);
    return `export async function example${i}() {\n${own.join("")}${code}\n}`;
  }),
].join("\n");
const path = new URL("./examples.virtual.ts", import.meta.url).pathname;
const program = compile({ [path]: module });
const names = publicNames(program);

describe("docstrings", () => {
  test("are read for every run-time name", () => {
    const here = names.filter(({ kind }) => kind !== "member").map(({ name }) => name);
    const all = apart.flatMap((entry) => Object.entries(entry.exports)) as [string, object][];
    const reached = all.flatMap(([name, value]: [string, object]) =>
      Object.prototype.toString.call(value) === "[object Module]"
        ? [name, ...Object.keys(value).map((key) => `${name}.${key}`)]
        : [name],
    );
    expect([...here].sort()).toEqual([...apart.map(({ name }) => name), ...reached].sort());
  });

  test.each(names.map((one) => [one.name, one] as const))("%s", (_, one) => {
    expect(lacks(one)).toEqual([]);
  });

  test("are all there, or the lack is told", () => {
    const bare = { summary: "", tags: [] };
    const name: PublicName = { name: "f", kind: "value", docstring: bare, parameters: ["x"], returns: true };
    expect(lacks(name)).toEqual(["a summary", "@example", "@param x", "@returns", "@throws"]);
  });
});

describe("examples", () => {
  test("are all read, and typed", () => {
    expect(examples.length).toBeGreaterThan(40);
    const problems = ts.getPreEmitDiagnostics(program, program.getSourceFile(path)).map((problem) => {
      const { line } = problem.file!.getLineAndCharacterOfPosition(problem.start!);
      return `${module.split("\n")[line]}: ${ts.flattenDiagnosticMessageText(problem.messageText, "\n")}`;
    });
    expect(problems).toEqual([]);
  });

  test.each(examples)("$file:$line", async ({ code, file }) => {
    const scope = { ...common, ...ownOf(file) };
    const claims = claimsOf(code);
    expect(claims.length).toBeGreaterThan(0);
    expect(code.split("→").length - 1).toBe(claims.length);
    const checked: string[] = [];
    await runnable(code)(scope, (expression, value, shown) => {
      checked.push(expression);
      try {
        compare(value, shown);
      } catch (error) {
        throw new Error(`${expression} ${(error as Error).message}`);
      }
    });
    expect(checked).toEqual(claims);
  });
});
