import { UserError, listNames } from "./errors.js";
import { numberColumn, parseNumber, textColumn, type Table } from "./table.js";

export type LikelihoodName = "bernoulli" | "categorical" | "gaussian";

/** The column to be explained, and the likelihood that explains it. */
export type Target = ClassTarget | NumberTarget;

interface Choice {
  readonly name: string;
  /** Why this likelihood, as part of a sentence. */
  readonly because: string;
}

export interface ClassTarget extends Choice {
  readonly likelihood: "bernoulli" | "categorical";
  readonly values: number[] | string[];
  /** The distinct labels, ascending. */
  readonly classes: readonly (number | string)[];
}

export interface NumberTarget extends Choice {
  readonly likelihood: "gaussian";
  readonly values: ArrayLike<number>;
}

const MOST_CLASSES = 20;

/** Reads the target column and settles its likelihood: the one asked for, or the one its values suggest. */
export function readTarget(table: Table, name: string, asked: LikelihoodName | undefined): Target {
  if (asked === "gaussian") {
    return { name, likelihood: asked, because: "as asked", values: numberColumn(table, name) };
  }
  const text = textColumn(table, name);
  const parsed = text.map(parseNumber);
  const numbers = parsed.every((value) => value !== undefined && Number.isFinite(value)) ? (parsed as number[]) : null;
  const classes = distinct(numbers ?? text);
  if (classes.length === 1) {
    throw new UserError(`column "${name}" of ${table.path} holds one value only (${classes[0]!}): nothing to explain`);
  }
  const { likelihood, because } =
    asked === undefined ? suggest(name, numbers, classes) : { likelihood: asked, because: "as asked" };
  if (likelihood === "gaussian") return { name, likelihood, because, values: numbers! };
  if (likelihood === "bernoulli" && classes.length > 2) {
    const found = `${classes.length} (${listNames(classes, 4)})`;
    throw new UserError(`--likelihood bernoulli needs two distinct values in column "${name}", found ${found}`);
  }
  return { name, likelihood, because, values: numbers ?? text, classes };
}

function suggest(
  name: string,
  numbers: number[] | null,
  classes: readonly (number | string)[],
): { likelihood: LikelihoodName; because: string } {
  const count = `"${name}" has ${classes.length} distinct`;
  if (classes.length === 2) return { likelihood: "bernoulli", because: `${count} values` };
  const integers = numbers !== null && classes.every((value) => Number.isInteger(value));
  if (classes.length <= MOST_CLASSES && (numbers === null || integers)) {
    const otherwise = "--likelihood gaussian would take them as numbers";
    return { likelihood: "categorical", because: `${count} ${numbers === null ? "labels" : `integers; ${otherwise}`}` };
  }
  if (numbers === null) {
    throw new UserError(`column ${count} texts; if they are classes, say --likelihood categorical`);
  }
  return { likelihood: "gaussian", because: `"${name}" holds numbers, ${classes.length} of them distinct` };
}

/** Distinct values, ascending: numbers by size, text by code unit. */
function distinct(values: readonly (number | string)[]): (number | string)[] {
  const unique = [...new Set(values)];
  return typeof unique[0] === "number" ? (unique as number[]).sort((a, b) => a - b) : unique.sort();
}
