import { CsvError, parse } from "csv-parse/sync";
import { UserError, didYouMean, listNames } from "./errors.js";
import { readText } from "./files.js";

/** A CSV file: a header and rows of text. */
export interface Table {
  readonly path: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The line of the file on which row i starts. */
  lineOf(i: number): number;
}

const format = {
  bom: true,
  trim: true,
  skip_empty_lines: true,
  relax_column_count: true,
  record_delimiter: "\n",
  max_record_size: 0,
};

/** Reads a CSV file: a header, then at least one row, each with as many cells as the header. */
export function readTable(path: string): Table {
  const text = readText(path).replace(/\r\n?/g, "\n");
  if (text.trim() === "") throw new UserError(`${path} is empty`);
  const [header, ...rows] = parseText(path, text);
  const seen = new Set<string>();
  for (const name of header) {
    if (name !== "" && seen.has(name)) throw new UserError(`${path} has two columns named "${name}"`);
    seen.add(name);
  }
  if (rows.length === 0) throw new UserError(`${path} has a header and no rows`);
  const table: Table = { path, header, rows, lineOf: (i) => lineOf(text, i + 1) };
  rows.forEach((row, i) => {
    if (row.length !== header.length) {
      throw new UserError(`${placeOf(table, i)}: ${cells(row.length)} where the header has ${header.length}`);
    }
  });
  return table;
}

function parseText(path: string, text: string): string[][] {
  try {
    return parse(text, format);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code === "CSV_QUOTE_NOT_CLOSED") throw new UserError(`${path} ends inside a quoted cell`);
    throw new UserError(`${path}, line ${String(error["lines"])}: a quote (") in the wrong place`);
  }
}

/** The line on which a record starts, the header being record 0: parsed again, as only errors ask. */
function lineOf(text: string, record: number): number {
  const parsed = parse(text, { ...format, info: true, to: record + 1 }) as unknown as readonly Parsed[];
  const last = parsed[record];
  const breaks = last.record.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);
  return last.info.lines - breaks;
}

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function cells(count: number): string {
  return count === 1 ? "1 cell" : `${count} cells`;
}

/** `file.csv, line 12`. */
function placeOf(table: Table, i: number): string {
  return `${table.path}, line ${table.lineOf(i)}`;
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
  return table.rows.map((row, i) => (row[index] === "" ? refuse(table, i, name, "") : row[index]));
}

/** The cells of a column as numbers; anything else is an error with its line. */
export function numberColumn(table: Table, name: string): Float64Array {
  const index = columnIndex(table, name);
  const values = new Float64Array(table.rows.length);
  table.rows.forEach((row, i) => {
    const value = parseNumber(row[index]);
    values[i] = value !== undefined && Number.isFinite(value) ? value : refuse(table, i, name, row[index]);
  });
  return values;
}

function refuse(table: Table, i: number, name: string, cell: string): never {
  const shown = JSON.stringify(cell.length > 40 ? `${cell.slice(0, 37)}...` : cell);
  const problem =
    cell === ""
      ? "the cell is empty"
      : `${shown} is ${parseNumber(cell) === undefined ? "not a number" : "too large for a number"}`;
  throw new UserError(`${placeOf(table, i)}, column "${name}": ${problem}`);
}

/** A number written in decimal, or undefined. */
export function parseNumber(text: string): number | undefined {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}
