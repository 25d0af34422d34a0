/** Compares values with how a text shows them. */
import { isDeepStrictEqual } from "node:util";

/** A number as the text shows it: as many decimals; whole ones and ones without decimals to nine. */
function rounded(value: number, shown: string): number {
  const [mantissa, exponent] = shown.split("e");
  const decimals = mantissa.split(".")[1]?.length ?? 9;
  return Number(exponent === undefined ? value.toFixed(decimals) : value.toExponential(decimals));
}

/** Throws an Error unless a value is, number by number and to the digits shown, what the text says. */
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
  const got = plain(value);
  if (isDeepStrictEqual(got, JSON.parse(shown))) return;
  throw new Error(`is ${JSON.stringify(got) ?? String(got)}, not ${shown}`);
}
