import { show } from "../check.js";

/** An error as plain data: its class, its message, and the fields that errors of this library carry. */
export interface PostedError {
  readonly kind: "TypeError" | "RangeError" | "Error";
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const FIELDS = ["argument", "expected", "got", "row", "column"] as const;

/** The same value if it can be posted, else what a message says of it. */
function postable(value: unknown): unknown {
  const simple = typeof value !== "object" && typeof value !== "function" && typeof value !== "symbol";
  return simple || value === null ? value : show(value);
}

/** An error to be posted. */
export function postError(error: unknown): PostedError {
  const { message = String(error) } = error as Partial<Error>;
  const kind = error instanceof RangeError ? "RangeError" : error instanceof TypeError ? "TypeError" : "Error";
  const given = error as Record<string, unknown>;
  const fields = FIELDS.flatMap((name) => (given?.[name] === undefined ? [] : [[name, postable(given[name])]]));
  return { kind, message, fields: Object.fromEntries(fields) as Record<string, unknown> };
}

/** The error again: of the same class, with the same message and fields. */
export function readError({ kind, message, fields }: PostedError): Error {
  const Kind = kind === "TypeError" ? TypeError : kind === "RangeError" ? RangeError : Error;
  return Object.assign(new Kind(message), fields);
}
