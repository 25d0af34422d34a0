/** The code of a Markdown text, and what it claims to give: lines such as `sigmoid(0); // → 0.5`. */

export interface Block {
  /** Where its fence opens. */
  readonly line: number;
  readonly code: string;
}

/** The fenced blocks of JavaScript and TypeScript. */
export function blocksOf(markdown: string): Block[] {
  return Array.from(markdown.matchAll(/^```(?:js|ts|javascript|typescript)\n(.*?)^```$/gms), (match) => ({
    line: markdown.slice(0, match.index).split("\n").length,
    code: match[1],
  }));
}

const CLAIM = /^(\s*)(.+?); \/\/ → (.+)$/gm;

/** The expressions whose values a block claims. */
export function claimsOf(code: string): string[] {
  return Array.from(code.matchAll(CLAIM), (match) => match[2]);
}

/** The block with each claim as a call of `check(expression, value, shown)`. */
export function withChecks(code: string): string {
  return code.replace(CLAIM, (_, indent: string, expression: string, shown: string) => {
    return `${indent}check(${JSON.stringify(expression)}, ${expression}, ${JSON.stringify(shown)});`;
  });
}
