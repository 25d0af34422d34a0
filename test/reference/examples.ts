/** The @example blocks of src/, read from the text of every docstring. */
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface Example {
  readonly file: string;
  readonly line: number;
  readonly code: string;
}

const src = fileURLToPath(new URL("../../src/", import.meta.url));

/** The lines of a docstring, without its stars. */
function linesOf(docstring: string): string[] {
  return docstring
    .replace(/^\/\*\*|\*\/$/g, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, ""));
}

function examplesOf(file: string, text: string): Example[] {
  return Array.from(text.matchAll(/^[ \t]*(\/\*\*.*?\*\/)/gms)).flatMap((match) => {
    const lines = linesOf(match[1]);
    const first = text.slice(0, match.index).split("\n").length;
    const starts = lines.flatMap((line, i) => (line.startsWith("@example") ? [i] : []));
    return starts.map((start) => {
      const rest = lines.slice(start + 1);
      const end = rest.findIndex((line) => line.startsWith("@"));
      const code = rest
        .slice(0, end < 0 ? undefined : end)
        .join("\n")
        .trim();
      return { file, line: first + start, code };
    });
  });
}

/** Every example, in order of files and lines. */
export function readExamples(): Example[] {
  return readdirSync(src, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .sort()
    .flatMap((file) => examplesOf(file.replaceAll("\\", "/"), readFileSync(src + file, "utf8")));
}
