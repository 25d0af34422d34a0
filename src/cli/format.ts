import Table from "cli-table3";

/** Writes lines. */
export type Print = (...lines: readonly string[]) => void;

type Alignment = "left" | "right";

const lines = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  right: "",
  "right-mid": "",
  mid: "─",
  "mid-mid": "─",
  middle: " ",
};

/** A plain table, indented by two; the columns in `text` to the left, all others to the right. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[], text = [0]): string {
  const colAligns = head.map((_, column): Alignment => (text.includes(column) ? "left" : "right"));
  const style = { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 1 };
  const table = new Table({ head: [...head], colAligns, chars: lines, style });
  table.push(...rows.map((row) => [...row]));
  return indent(table.toString());
}

/** Label and value, one pair a line, values in one column. */
export function formatPairs(pairs: readonly (readonly [string, string])[]): string {
  const width = Math.max(...pairs.map(([label]) => label.length));
  return pairs.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`).join("\n");
}

/** A number to read: five significant digits. */
export function formatNumber(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e6 ? String(Number(value.toPrecision(5))) : value.toExponential(4);
}

/** A number in a column: five significant digits, zeros kept. */
export function formatCell(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e5 ? value.toPrecision(5) : value.toExponential(4);
}

/** `98.6 % (561 of 569)`. */
export function formatShare(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} % (${part} of ${whole})`;
}

/** Text broken into lines of at most `width` characters, indented by two. */
export function wrap(text: string, width = 100): string {
  const out: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width - 2) {
      out.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return indent([...out, line].join("\n"));
}

export function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`.trimEnd())
    .join("\n");
}
