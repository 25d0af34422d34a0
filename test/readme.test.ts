/** Every JavaScript block of the README, of docs/theory.md, docs/inference.md and docs/learning.md runs, and each `expression; // → value` in it is that value to the digits shown. */
import { readFileSync } from "node:fs";
import ts from "typescript";
import { afterEach, describe, expect, test } from "vitest";
import * as library from "../src/index.js";
import { blocksOf, claimsOf, withChecks } from "./readme/blocks.js";
import { compare } from "./readme/compare.js";

const forced = library.backend.name;
afterEach(() => library.backend.use(forced));

const { exports } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  exports: Record<string, { types: string }>;
};

/** The source of an entry of the package. */
async function load(specifier: string): Promise<Record<string, unknown>> {
  const { types } = exports[specifier.replace(/^surprisal/, ".")];
  const path = types.replace(/^\.\/dist\/types\/(.+)\.d\.ts$/, "../src/$1.ts");
  return (await import(/* @vite-ignore */ path)) as Record<string, unknown>;
}

const IMPORT = /^import \{([^}]*)\} from "(surprisal(?:\/[^"]+)?)";$/gm;

/** The block as the body of an asynchronous function of what loads an entry and of what checks a claim. */
function runnable(code: string): string {
  const body = withChecks(code).replace(IMPORT, (_, names: string, specifier: string) => {
    return `const {${names.replace(/ as /g, ": ")}} = await load("${specifier}");`;
  });
  return ts.transpileModule(body, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } })
    .outputText;
}

type Check = (expression: string, value: unknown, shown: string) => void;
type Body = (load: (specifier: string) => Promise<unknown>, check: Check) => Promise<void>;
const AsyncFunction = (async () => {}).constructor as new (...source: string[]) => Body;

describe.each(["README.md", "docs/theory.md", "docs/inference.md", "docs/learning.md"])("%s", (document) => {
  const blocks = blocksOf(readFileSync(new URL(`../${document}`, import.meta.url), "utf8"));

  test("shows code, and claims what it gives", () => {
    expect(blocks.length).toBeGreaterThan(3);
    expect(blocks.flatMap(({ code }) => claimsOf(code)).length).toBeGreaterThan(10);
    // Every arrow is a claim that is checked.
    for (const { code } of blocks) expect(code.split("→").length - 1).toBe(claimsOf(code).length);
  });

  test.each(blocks)("line $line", async ({ code }) => {
    for (const [, names, specifier] of code.matchAll(IMPORT)) {
      const there = Object.keys(await load(specifier));
      for (const name of names.split(",").map((text) => text.trim().split(" as ")[0])) {
        if (name !== "") expect(there).toContain(name);
      }
    }
    const claims: string[] = [];
    await new AsyncFunction("load", "check", runnable(code))(load, (expression, value, shown) => {
      claims.push(expression);
      try {
        compare(value, shown);
      } catch (error) {
        throw new Error(`${expression} is not ${shown}`, { cause: error });
      }
    });
    expect(claims).toEqual(claimsOf(code));
  });
});

describe("the comparison", () => {
  test.each([
    [1 / 3, "0.33"],
    [Float64Array.of(1, 2.5), "[1, 2.5]"],
    [4.24835e-18, "4.248e-18"],
    [[3 + 1e-12, -0], "[3, 0]"],
    [["a 1", 2], '["a 1", 2]'],
    [{ a: [1.26], b: null }, '{ "a": [1.3], "b": null }'],
    [true, "true"],
  ])("%j is %s", (value, shown) => compare(value, shown));

  test.each([
    [1 / 3, "0.34"],
    [3.1, "3"],
    [4.24835e-18, "4.249e-18"],
    [Float64Array.of(1, 2), "[1]"],
    ["yes", '"no"'],
    [NaN, "0"],
    [NaN, "null"],
    [undefined, "null"],
  ])("%j is not %s", (value, shown) => {
    expect(() => compare(value, shown)).toThrow();
  });
});
