/** Every JavaScript block of the README runs, and each `expression; // → value` in it is that value to the digits shown. */
import { readFileSync } from "node:fs";
import ts from "typescript";
import { afterEach, describe, expect, test } from "vitest";
import * as library from "../src/index.js";

const forced = library.backend.name;
afterEach(() => library.backend.use(forced));

interface Block {
  readonly line: number;
  readonly code: string;
}

/** The fenced blocks of some languages. */
function blocksOf(markdown: string): Block[] {
  return Array.from(markdown.matchAll(/^```(?:js|ts|javascript|typescript)\n(.*?)^```$/gms), (match) => ({
    line: markdown.slice(0, match.index).split("\n").length,
    code: match[1],
  }));
}

const IMPORT = /^import \{([^}]*)\} from "surprisal";$/gm;
const CLAIM = /^(\s*)(.+?); \/\/ → (.+)$/gm;

/** The block as the body of an asynchronous function of the library and of what checks a claim. */
function runnable(code: string): string {
  const body = code
    .replace(IMPORT, (_, names: string) => `const {${names.replace(/ as /g, ": ")}} = library;`)
    .replace(CLAIM, (_, indent: string, expression: string, value: string) => {
      return `${indent}check(${JSON.stringify(expression)}, ${expression}, ${JSON.stringify(value)});`;
    });
  return ts.transpileModule(body, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } })
    .outputText;
}

type Check = (expression: string, value: unknown, shown: string) => void;
type Body = (library: unknown, check: Check) => Promise<void>;
const AsyncFunction = (async () => {}).constructor as new (...source: string[]) => Body;

/** A number as the text shows it: as many decimals; whole ones and ones without decimals to nine. */
function rounded(value: number, shown: string): number {
  const [mantissa, exponent] = shown.split("e");
  const decimals = mantissa.split(".")[1]?.length ?? 9;
  return Number(exponent === undefined ? value.toFixed(decimals) : value.toExponential(decimals));
}

/** Compares a value with the text of one, number by number. */
function compare(value: unknown, shown: string): void {
  const tokens = (shown.match(/"(?:[^"\\]|\\.)*"|-?\d[\d.]*(?:e[+-]?\d+)?/g) ?? []).filter((text) => text[0] !== '"');
  const plain = (part: unknown): unknown => {
    if (typeof part === "number") return rounded(part, tokens.shift() ?? "0") + 0;
    if (ArrayBuffer.isView(part)) return Array.from(part as Float64Array, plain);
    if (Array.isArray(part)) return part.map(plain);
    if (typeof part === "object" && part !== null) {
      return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, plain(inner)]));
    }
    return part;
  };
  expect(plain(value)).toEqual(JSON.parse(shown));
}

const blocks = blocksOf(readFileSync(new URL("../README.md", import.meta.url), "utf8"));

describe("README.md", () => {
  test("shows code, and claims what it gives", () => {
    expect(blocks.length).toBeGreaterThan(3);
    expect(blocks.flatMap(({ code }) => [...code.matchAll(CLAIM)]).length).toBeGreaterThan(10);
    // Every arrow is a claim that is checked.
    for (const { code } of blocks) expect(code.split("→").length - 1).toBe([...code.matchAll(CLAIM)].length);
  });

  test.each(blocks)("line $line", async ({ code }) => {
    for (const [, names] of code.matchAll(IMPORT)) {
      for (const name of names.split(",").map((text) => text.trim().split(" as ")[0])) {
        expect(Object.keys(library)).toContain(name);
      }
    }
    const claims: string[] = [];
    await new AsyncFunction("library", "check", runnable(code))(library, (expression, value, shown) => {
      claims.push(expression);
      try {
        compare(value, shown);
      } catch (error) {
        throw new Error(`${expression} is not ${shown}`, { cause: error });
      }
    });
    expect(claims).toEqual([...code.matchAll(CLAIM)].map(([, , expression]) => expression));
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
    [undefined, "null"],
  ])("%j is not %s", (value, shown) => {
    expect(() => compare(value, shown)).toThrow();
  });
});
