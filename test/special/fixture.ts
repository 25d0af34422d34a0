import { readFileSync } from "node:fs";

type Stored = number | "NaN" | "Infinity" | "-Infinity";

/** One function of the reference: arguments and correctly rounded values. */
export interface Reference {
  readonly fn: string;
  readonly tolerance: { readonly rel: number; readonly abs: number; readonly deep_tail_rel?: number };
  readonly n: number;
  readonly cases: readonly (readonly Stored[])[];
  readonly y: readonly Stored[];
}

const { functions } = JSON.parse(readFileSync(new URL("../fixtures/special.json", import.meta.url), "utf8")) as {
  functions: Reference[];
};

export const references: readonly Reference[] = functions;

/** What is beyond its tolerance: arguments, expected, got. */
export function failures(reference: Reference, f: (...values: number[]) => number): string[] {
  const { tolerance, cases, y, n } = reference;
  const wrong: string[] = [];
  for (let i = 0; i < n; i++) {
    const given = cases.map((values) => Number(values[i]));
    const expected = Number(y[i]);
    const got = f(...given);
    const deep = Math.abs(expected) < 1e-50 ? tolerance.deep_tail_rel : undefined;
    const allowed = Math.max((deep ?? tolerance.rel) * Math.abs(expected), tolerance.abs);
    if (Object.is(expected, got) || (Number.isFinite(expected) && Math.abs(got - expected) <= allowed)) continue;
    wrong.push(`${reference.fn}(${given.join(", ")}) expected ${expected}, got ${got}`);
  }
  return wrong;
}
