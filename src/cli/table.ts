import { CsvError, parse } from "csv-parse/sync";
import { UserError, didYouMean, listNames } from "./errors.js";
import { readText } from "./files.js";

/** A CSV file: a header and rows of text. */
export interface Table {
  readonly path: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The line of the file on which each row ends. */
  readonly lines: readonly number[];
}

interface Parsed {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/** Reads a CSV file: a header, then at least one row, each with as many cells as the header. */
export function readTable(path: string): Table {
  const text = readText(path).replace(/\r\n?/g, "\n");
  if (text.trim() === "") throw new UserError(`${path} is empty`);
  const [first, ...rest] = parseText(path, text);
  const header = first!.record;
  const seen = new Set<string>();
  for (const name of header) {
    if (name !== "" && seen.has(name)) throw new UserError(`${path} has two columns named "${name}"`);
    seen.add(name);
  }
  if (rest.length === 0) throw new UserError(`${path} has a header and no rows`);
  const table = { path, header, rows: rest.map((row) => row.record), lines: rest.map((row) => row.info.lines) };
  table.rows.forEach((row, i) => {
    if (row.length !== header.length) {
      throw new UserError(`${placeOf(table, i)}: ${cells(row.length)} where the header has ${header.length}`);
    }
  });
  return table;
}

function parseText(path: string, text: string): Parsed[] {
  try {
    return parse(text, {
      bom: true,
      trim: true,
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
      record_delimiter: "\n",
      max_record_size: 0,
    }) as unknown as Parsed[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code === "CSV_QUOTE_NOT_CLOSED") throw new UserError(`${path} ends inside a quoted cell`);
    throw new UserError(`${path}, line ${String(error["lines"])}: a quote (") in the wrong place`);
  }
}

function cells(count: number): string {
  return count === 1 ? "1 cell" : `${count} cells`;
}

/** `file.csv, line 12`: the line on which row i starts. */
function placeOf(table: Table, i: number): string {
  const breaks = table.rows[i]!.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);
  return `${table.path}, line ${table.lines[i]! - breaks}`;
}

/** The position of a column; an unknown one is an error that names the nearest. */
export function columnIndex(table: Table, name: string): number {
  const index = name === "" ? -1 : table.header.indexOf(name);
  if (index >= 0) return index;
  const near = didYouMean(name, table.header);
  throw new UserError(
    `${table.path} has no column "${name}"${near === "" ? ` (columns: ${listNames(table.header)})` : near}`,
  );
}

/** The cells of a column as text; an empty one is an error. */
export function textColumn(table: Table, name: string): string[] {
  const index = columnIndex(table, name);
  return table.rows.map((row, i) => {
    if (row[index] === "") throw new UserError(`${placeOf(table, i)}, column "${name}": the cell is empty`);
    return row[index]!;
  });
}

/** The cells of a column as numbers; anything else is an error with its line. */
export function numberColumn(table: Table, name: string): number[] {
  return textColumn(table, name).map((cell, i) => {
    const value = parseNumber(cell);
    if (value !== undefined && Number.isFinite(value)) return value;
    const problem = value === undefined ? "is not a number" : "is too large for a number";
    const shown = cell.length > 40 ? `${cell.slice(0, 37)}...` : cell;
    throw new UserError(`${placeOf(table, i)}, column "${name}": ${JSON.stringify(shown)} ${problem}`);
  });
}

/** A number written in decimal, or undefined. */
export function parseNumber(text: string): number | undefined {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}
