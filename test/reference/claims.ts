/** Runs code that claims `expression; // → value`, and compares each value with what is shown. */
import ts from "typescript";
import { expect } from "vitest";

export const CLAIM = /^(\s*)(.+?); \/\/ → (.+)$/gm;

type Check = (expression: string, value: unknown, shown: string) => void;
type Body = (library: object, check: Check) => Promise<void>;
const AsyncFunction = (async () => {}).constructor as new (
  ...source: string[]
) => (check: Check, ...names: unknown[]) => Promise<void>;

/** The code as a function of the library, whose names it sees, and of what checks a claim. */
export function runnable(code: string): Body {
  const body = code.replace(CLAIM, (_, indent: string, expression: string, value: string) => {
    return `${indent}check(${JSON.stringify(expression)}, ${expression}, ${JSON.stringify(value)});`;
  });
  const { outputText } = ts.transpileModule(`{\n${body}\n}`, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  return (library, check) => {
    return new AsyncFunction("check", ...Object.keys(library), outputText)(check, ...Object.values(library));
  };
}

/** A number as the text shows it: as many decimals; whole ones and ones without decimals to nine. */
function rounded(value: number, shown: string): number {
  const [mantissa, exponent] = shown.split("e");
  const decimals = mantissa.split(".")[1]?.length ?? 9;
  return Number(exponent === undefined ? value.toFixed(decimals) : value.toExponential(decimals));
}

/** Compares a value with the text of one, number by number. */
export function compare(value: unknown, shown: string): void {
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
