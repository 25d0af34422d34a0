/** Every public run-time name says what it is, takes, gives and throws, and every example in src/ gives what it shows. */
import ts from "typescript";
import { afterEach, describe, expect, test } from "vitest";
import * as library from "../src/index.js";
import { CLAIM, compare, runnable } from "./reference/claims.js";
import { readExamples } from "./reference/examples.js";
import { type PublicName, compile, publicNames } from "./reference/names.js";

const forced = library.backend.name;
afterEach(() => library.backend.use(forced));

/** Names whose arguments no value can make throw, with the reason. */
const NEVER_THROWS: Readonly<Record<string, string>> = {};

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

const examples = readExamples();

/** All examples as functions of one module, for the type checker. */
const module = [
  `import { ${Object.keys(library).join(", ")} } from "../src/index.js";`,
  ...examples.map(({ code }, i) => `export async function example${i}() {\n${code}\n}`),
].join("\n");
const path = new URL("./examples.virtual.ts", import.meta.url).pathname;
const program = compile({ [path]: module });
const names = publicNames(program);

describe("docstrings", () => {
  test("are read for every run-time name", () => {
    const here = names.filter(({ kind }) => kind !== "member").map(({ name }) => name);
    const reached = Object.entries(library).flatMap(([name, value]) =>
      Object.prototype.toString.call(value) === "[object Module]"
        ? [name, ...Object.keys(value).map((key) => `${name}.${key}`)]
        : [name],
    );
    expect([...here].sort()).toEqual(reached.sort());
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

  test.each(examples)("$file:$line", async ({ code }) => {
    const claims = [...code.matchAll(CLAIM)].map(([, , expression]) => expression);
    expect(claims.length).toBeGreaterThan(0);
    expect(code.split("→").length - 1).toBe(claims.length);
    const checked: string[] = [];
    await runnable(code)(library, (expression, value, shown) => {
      checked.push(expression);
      compare(value, shown);
    });
    expect(checked).toEqual(claims);
  });
});
