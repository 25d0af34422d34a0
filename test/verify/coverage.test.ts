import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { library } from "../../src/verify/library.js";
import { entries } from "../../src/verify/suite.js";

/** Public run-time names that the suite need not call, and why. */
const EXEMPT: Readonly<Record<string, string>> = {
  "backend.use": "changes no bit: engines run the whole suite on each backend",
  "backend.install": "changes no bit: test/fallback runs on installed kernels",
  Job: "its jobs are made by minimizer and fitter",
};

type Callable = (...values: unknown[]) => unknown;

const isNamespace = (value: unknown): value is object => typeof value === "object" && value !== null;

/** Every public function by its path: of the library, of its namespaces, and those that functions have as properties. */
function functionsOf(value: object, prefix = ""): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [key, part] of Object.entries(value) as [string, unknown][]) {
    const path = prefix + key;
    if (typeof part === "function") found.set(path, part);
    const nested = typeof part === "function" || (prefix === "" && isNamespace(part));
    if (nested) for (const [name, inner] of functionsOf(part, `${path}.`)) found.set(name, inner);
  }
  return found;
}

/** The same library, which tells the path of each of its functions that is called. */
function recording<T extends object>(value: T, tell: (path: string) => void, prefix = ""): T {
  const wrapped = new Map<string, unknown>();
  return new Proxy({} as T, {
    ownKeys: () => Reflect.ownKeys(value),
    get(_, key) {
      const part: unknown = Reflect.get(value, key);
      const path = prefix + String(key);
      if (typeof part !== "function" && !(prefix === "" && isNamespace(part))) return part;
      if (!wrapped.has(path)) {
        const inner = recording(part, tell, `${path}.`) as unknown as Record<string, unknown>;
        if (typeof part !== "function") wrapped.set(path, inner);
        else {
          const call = (...values: unknown[]): unknown => {
            tell(path);
            return (part as Callable)(...values);
          };
          const own = Object.keys(part);
          wrapped.set(
            path,
            new Proxy(call, {
              get: (fn, name) => (own.includes(String(name)) ? inner[String(name)] : Reflect.get(fn, name)) as unknown,
            }),
          );
        }
      }
      return wrapped.get(path);
    },
  });
}

const called = new Set<string>();
const all = functionsOf(library);

it("calls every public function of the library", () => {
  for (const entry of entries(recording(library, (path) => called.add(path)))) void entry;
  const missing = [...all.keys()].filter((path) => !called.has(path) && !(path in EXEMPT));
  expect(missing, "not exercised by src/verify/parts: add an entry, then node scripts/golden.js --update").toEqual([]);
});

it("exempts only what exists and is not called", () => {
  expect(Object.keys(EXEMPT).filter((path) => !all.has(path) || called.has(path))).toEqual([]);
});

it("would see a function that nothing calls", () => {
  const more = { ...library, losses: { ...library.losses, hinge: () => {} }, cosh: () => {} };
  const tried = new Set<string>();
  const recorder = recording(more, (path) => tried.add(path));
  recorder.losses.hinge();
  recorder.random.from(recorder.random(1).toJSON());
  expect([...tried]).toEqual(["losses.hinge", "random", "random.from"]);
  expect([...functionsOf(more).keys()]).toEqual(expect.arrayContaining(["losses.hinge", "cosh", "random.from"]));
});

it("holds for every entry of the package: none has a function that src/verify does not know", async () => {
  const { exports } = JSON.parse(readFileSync("package.json", "utf8")) as {
    exports: Record<string, { types?: string }>;
  };
  const known = new Set(all.values());
  const strange: string[] = [];
  for (const [entry, { types }] of Object.entries(exports)) {
    // Of pools test/parallel compares the bits: they answer later.
    if (!/\.d\.ts$/.test(types ?? "") || /verify$|parallel/.test(entry)) continue;
    const source = types!.replace("./dist/types/", "../../src/").replace(/\.d\.ts$/, ".js");
    const module = (await import(source)) as object;
    for (const [path, value] of functionsOf(module)) if (!known.has(value)) strange.push(`${entry}: ${path}`);
  }
  expect(strange, "not in src/verify/library.ts").toEqual([]);
});
