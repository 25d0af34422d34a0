import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { ESLint } from "eslint";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import { compile } from "../src/backend/wasm/compile.js";
import { cases } from "./backend/cases.js";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Kernels as text, which the build writes. */
const GENERATED = /^src\/backend\/wasm\/(b|layerB|sparseB)ytes\.ts$/;

interface Import {
  /** The path from the root for a file, the name for a package. */
  readonly to: string;
  /** Erased by the compiler. */
  readonly typesOnly: boolean;
}

function filesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((path) => !GENERATED.test(path))
    .sort();
}

function parse(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(join(root, path), "utf8"), ts.ScriptTarget.Latest, true);
}

function isTypesOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const clause = node.importClause;
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = clause;
  return (
    name === undefined &&
    namedBindings !== undefined &&
    ts.isNamedImports(namedBindings) &&
    namedBindings.elements.every((element) => element.isTypeOnly)
  );
}

/** What a file imports and re-exports; also `import()`, which no file should have. */
function importsOf(path: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: string, typesOnly: boolean): void => {
    const isFile = specifier.startsWith(".");
    const file = isFile ? join(path, "..", specifier).replaceAll("\\", "/").replace(/\.js$/, ".ts") : specifier;
    found.push({ to: isFile && !file.endsWith(".ts") ? `${file}.ts` : file, typesOnly });
  };
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined) {
      add((node.moduleSpecifier as ts.StringLiteral).text, isTypesOnly(node));
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add("import()", false);
    if (ts.isImportTypeNode(node)) add("import()", true);
    ts.forEachChild(node, visit);
  };
  visit(parse(path));
  return found;
}

const sources = filesOf("src");
const graph = new Map(sources.map((path) => [path, importsOf(path)]));

/**
 * The parts of the library from the bottom up: which files, and which parts they may import beside their own. A part
 * imports only parts above it in this table, so no cycle of parts can be written down.
 */
const PARTS: readonly (readonly [name: string, files: RegExp, imports: readonly string[]])[] = [
  ["check", /^check$/, []],
  ["constants", /^(constants|joined)$/, []],
  ["contract", /^backend\/(kernels|leaves|store|tables|whenCollected)$/, []],
  ["twin", /^backend\/typescript\//, ["contract"]],
  ["wasm", /^backend\/wasm\//, ["contract"]],
  ["bindings", /^backend\/(dispatch|select|place|layerKernels|sparseKernels)$/, ["check", "contract", "twin", "wasm"]],
  ["documents", /^(json|job|random|fingerprint)$/, ["check"]],
  ["linalg", /^linalg\//, ["constants", "contract", "twin"]],
  ["special", /^special\//, ["check", "contract", "twin", "linalg"]],
  [
    "primitives",
    /^(primitives\/.*|information\/.*|weights)$/,
    ["constants", "check", "contract", "twin", "bindings", "linalg"],
  ],
  ["priors", /^(priors|penalties)\//, ["check", "constants", "twin", "special"]],
  ["distributions", /^distributions\//, ["check", "constants", "twin", "documents", "linalg", "special", "primitives"]],
  // Of an objective they know its capabilities, which they declare themselves; of data, models and losses nothing.
  ["optimizers", /^optimizers\//, ["constants", "check", "documents", "linalg", "special"]],
  [
    "losses",
    /^(losses|likelihoods)\//,
    // Likelihoods have constants with log gamma and draw samples as distributions do; probit losses are made of Φ; losses
    // of pieces bring the optimiser for them.
    [
      ...["constants", "check", "contract", "twin", "bindings", "documents", "linalg", "special", "primitives"],
      ...["distributions", "optimizers"],
    ],
  ],
  [
    "data",
    /^(dataset|packing|matrix|moments|features|room)$/,
    ["check", "contract", "twin", "bindings", "documents", "primitives"],
  ],
  [
    "models",
    /^models\//,
    [...["check", "contract", "twin", "bindings", "documents", "special", "data", "losses", "optimizers", "priors"]],
  ],
  ["sparse", /^sparse\//, [...["check", "contract", "twin", "bindings", "data", "losses", "models", "priors"]]],
  [
    "objective",
    /^(objective|objectiveEvaluations|batches|rowsAsTheyCome|withTerms|statement|existence|separation|comparisons|pulls|checkGradient|jeffreys)$/,
    [
      ...["check", "contract", "twin", "documents", "linalg", "primitives", "data", "losses", "models"],
      ...["optimizers", "priors"],
    ],
  ],
  [
    "minimize",
    /^(minimize|minimization|standing|certificate|examination|resumeMinimizer|result|findLearningRate)$/,
    ["check", "documents", "linalg", "special", "optimizers"],
  ],
  [
    "inference",
    /^inference\//,
    [
      ...[
        "check",
        "constants",
        "contract",
        "twin",
        "linalg",
        "special",
        "losses",
        "priors",
        "data",
        "models",
        "objective",
      ],
      ...["optimizers", "minimize"],
    ],
  ],
  [
    "estimators",
    /^estimators\//,
    [
      ...[
        "check",
        "constants",
        "contract",
        "bindings",
        "twin",
        "documents",
        "linalg",
        "primitives",
        "priors",
        "losses",
      ],
      ...["special", "optimizers", "data", "models", "objective", "inference", "minimize"],
    ],
  ],
  [
    "diagnostics",
    /^diagnostics\//,
    ["check", "constants", "documents", "linalg", "primitives", "losses", "optimizers", "objective", "minimize"],
  ],
  [
    "online",
    /^online\//,
    [
      ...["check", "twin", "documents", "linalg", "losses", "priors", "data", "optimizers", "objective", "minimize"],
      ...["special", "distributions", "models", "estimators"],
    ],
  ],
  [
    "selection",
    /^selection\//,
    [
      ...["constants", "check", "twin", "documents", "priors", "losses", "data", "models", "objective", "minimize"],
      "estimators",
    ],
  ],
  ["metrics", /^metrics\//, ["check", "constants", "twin", "linalg", "special", "primitives", "losses"]],
  [
    "parallel",
    /^parallel\//,
    [
      ...[
        "check",
        "contract",
        "documents",
        "priors",
        "losses",
        "optimizers",
        "data",
        "models",
        "objective",
        "minimize",
      ],
      ...["estimators", "selection"],
    ],
  ],
  ["index", /^index$/, ["*"]],
  ["verify", /^verify\//, ["check", "bindings", "documents", "special", "index"]],
  ["cli", /^cli\//, ["index"]],
];

function partOf(path: string): string {
  const name = path.replace(/^src\//, "").replace(/\.ts$/, "");
  return PARTS.find(([, files]) => files.test(name))?.[0] ?? `no part (${path})`;
}

/** Concepts that name each other; only types, which the compiler erases. */
const MUTUAL: readonly (readonly string[])[] = [
  // A fit has its summary, which is made of a fit.
  ["src/estimators/fit.ts", "src/estimators/summary.ts"],
  ["src/jeffreys.ts", "src/objective.ts"],
  // A loss has its likelihood and a likelihood its loss.
  ["src/likelihoods/likelihood.ts", "src/losses/loss.ts"],
  // Pieces say what minimises them.
  ["src/optimizers/choice.ts", "src/optimizers/optimizer.ts", "src/optimizers/pieces.ts"],
  // A prior has its penalty and a penalty its prior.
  ["src/penalties/penalty.ts", "src/priors/prior.ts"],
];

/** Lines without comments and blank ones. */
function linesOfCode(path: string): number {
  const text = readFileSync(join(root, path), "utf8").replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
  return text.split("\n").filter((line) => line.trim() !== "").length;
}

/** Files of more than 200 lines of code: how many at most, and why. */
const LONG: Readonly<Record<string, readonly [number, string]>> = {
  "src/models/mlpEvaluation.ts": [240, "one class: forward, backward and products of a network, with its workspace"],
  "src/verify/expected.ts": [10_000, "generated: one line per hash"],
  "assembly/layer.ts": [250, "the products of a dense layer, all by one tile"],
  "assembly/logSumExp.ts": [215, "log-sum-exp, softmax and log-softmax by one reduction"],
  "assembly/losses/softmaxCrossEntropy.ts": [215, "indices and distributions, long rows and short ones"],
};

/** Groups of files that reach each other (Tarjan's strongly connected components). */
function cyclesOf(edges: (path: string) => string[]): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const visit = (path: string): void => {
    index.set(path, index.size);
    low.set(path, index.get(path)!);
    stack.push(path);
    for (const next of edges(path)) {
      if (!index.has(next)) {
        visit(next);
        low.set(path, Math.min(low.get(path)!, low.get(next)!));
      } else if (stack.includes(next)) low.set(path, Math.min(low.get(path)!, index.get(next)!));
    }
    if (low.get(path) !== index.get(path)) return;
    const group = stack.splice(stack.indexOf(path)).sort();
    if (group.length > 1) cycles.push(group);
  };
  for (const path of graph.keys()) if (!index.has(path)) visit(path);
  return cycles.sort();
}

const within = (path: string, typesToo: boolean): string[] =>
  (graph.get(path) ?? []).filter(({ to, typesOnly }) => graph.has(to) && (typesToo || !typesOnly)).map(({ to }) => to);

const IMPURE = [ts.isSpreadElement, ts.isSpreadAssignment, ts.isCallExpression, ts.isNewExpression, isReading];

/** A property of a value, which could be a getter's. */
function isReading(node: ts.Node): boolean {
  return (
    (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) &&
    !/^(Math|Number)$/.test(node.expression.getText())
  );
}

/** A field of an instance, which its constructor sets. */
function isOfInstance(node: ts.Node): boolean {
  return ts.isPropertyDeclaration(node) && !node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
}

function isPureCall(node: ts.Node): boolean {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return false;
  return /[@#]__PURE__/.test(node.getFullText().slice(0, node.getLeadingTriviaWidth()));
}

describe("imports in src", () => {
  it("every import is a file that is there", () => {
    for (const [path, imports] of graph) {
      for (const { to } of imports) {
        if (GENERATED.test(to) || path.startsWith("src/cli/")) continue;
        expect(graph.has(to), `${path} imports ${to}`).toBe(true);
      }
    }
  });

  it("no cycles, but for types that name each other", () => {
    expect(cyclesOf((path) => within(path, false))).toEqual([]);
    expect(cyclesOf((path) => within(path, true))).toEqual(MUTUAL);
  });

  it("only downwards, by the table of parts", () => {
    const names = PARTS.map(([name]) => name);
    PARTS.forEach(([name, , imports], place) => {
      for (const below of imports) {
        if (below === "*") continue;
        expect(names.indexOf(below), `${name} may import ${below}`).toBeLessThan(place);
      }
    });
    const wrong: string[] = [];
    for (const [path, imports] of graph) {
      const part = partOf(path);
      const allowed = PARTS.find(([name]) => name === part)?.[2] ?? [];
      for (const { to } of imports) {
        if (!graph.has(to)) continue;
        const other = partOf(to);
        if (other !== part && !allowed.includes(other) && !(allowed.includes("*") && other !== "cli")) {
          wrong.push(`${path} (${part}) imports ${to} (${other})`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(sources.map(partOf).filter((part) => part.startsWith("no part"))).toEqual([]);
  });

  it("the two backends do not know of each other, not even by way of others", () => {
    const reach = (from: string): Set<string> => {
      const seen = new Set<string>();
      const visit = (path: string): void => {
        for (const next of within(path, true)) {
          if (seen.has(next)) continue;
          seen.add(next);
          visit(next);
        }
      };
      visit(from);
      return seen;
    };
    for (const path of sources) {
      const other = path.startsWith("src/backend/wasm/")
        ? "src/backend/typescript/"
        : path.startsWith("src/backend/typescript/")
          ? "src/backend/wasm/"
          : null;
      if (other === null) continue;
      expect(
        [...reach(path)].filter((to) => to.startsWith(other)),
        path,
      ).toEqual([]);
    }
  });

  it("only the command line uses packages or Node", () => {
    const outside: string[] = [];
    for (const [path, imports] of graph) {
      if (path.startsWith("src/cli/")) continue;
      for (const { to } of imports) if (!to.startsWith("src/")) outside.push(`${path} imports ${to}`);
    }
    expect(outside).toEqual([]);
  });

  it("index files only re-export", () => {
    for (const path of sources.filter((name) => /^src\/(?!cli)([^/]+\/)?index\.ts$/.test(name))) {
      for (const statement of parse(path).statements) {
        const right = ts.isExportDeclaration(statement) || ts.isImportDeclaration(statement);
        expect(right, `${path}: ${statement.getText().slice(0, 60)}`).toBe(true);
      }
    }
  });

  it("files stay short", () => {
    const long = [...sources, ...filesOf("assembly")].filter((path) => linesOfCode(path) > (LONG[path]?.[0] ?? 200));
    expect(long).toEqual([]);
  });

  // Else some bundlers keep what nothing uses: a spread, a property, or a call that is not marked as pure.
  it("does nothing while loading that a bundler could not drop", () => {
    const impure: string[] = [];
    // What a worker runs is there to be loaded.
    for (const path of sources.filter((name) => !/^src\/((cli|verify)\/|parallel\/worker)/.test(name))) {
      const file = parse(path);
      const visit = (node: ts.Node): void => {
        if (ts.isFunctionLike(node) || isOfInstance(node) || isPureCall(node) || ts.isTypeNode(node)) return;
        if (IMPURE.some((is) => is(node))) {
          const { line } = file.getLineAndCharacterOfPosition(node.getStart());
          impure.push(`${path}:${line + 1}: ${node.getText().slice(0, 60)}`);
        }
        ts.forEachChild(node, visit);
      };
      visit(file);
    }
    expect(impure).toEqual([]);
  });

  it("awaits nothing while loading", () => {
    const awaits: string[] = [];
    for (const path of sources.filter((name) => !name.startsWith("src/cli/"))) {
      const visit = (node: ts.Node): void => {
        if (ts.isFunctionLike(node)) return;
        if (ts.isAwaitExpression(node)) awaits.push(path);
        ts.forEachChild(node, visit);
      };
      visit(parse(path));
    }
    expect(awaits).toEqual([]);
  });
});

/** Files of one side without a counterpart on the other, and why. */
const ALONE: Readonly<Record<string, string>> = {
  "assembly/index.ts": "the exports; the twin has none in one place, so that unused kernels shake away",
  "assembly/tiles.ts": "products of four rows and four columns in registers; the twin takes one row after the other",
  "assembly/panels.ts": "tiles of all rows; the twin's are in its layer.ts",
  "assembly/sums.ts": "the gradient's and the Hessian's sums in registers; the twin sums in place, in the same order",
  "assembly/shortRows.ts": "two short rows at once, one in each lane; the twin takes one after the other",
  "assembly/memory.ts": "where free memory begins",
  "assembly/layers.ts": "the exports of the module that only networks carry",
  "assembly/math/tables.ts": "room for the tables, which src/backend/tables.ts makes for both",
};

describe("assembly", () => {
  const assembly = filesOf("assembly");

  it("holds the same files as the twin", () => {
    const twins = filesOf("src/backend/typescript").map((path) => path.replace("src/backend/typescript/", ""));
    const kernels = assembly.map((path) => path.replace("assembly/", ""));
    const alone = [
      ...kernels.filter((path) => !twins.includes(path)).map((path) => `assembly/${path}`),
      ...twins.filter((path) => !kernels.includes(path)).map((path) => `src/backend/typescript/${path}`),
    ];
    expect(alone.sort()).toEqual(Object.keys(ALONE).sort());
  });

  it("imports nothing from outside", () => {
    for (const path of assembly) {
      for (const { to } of importsOf(path)) expect(assembly, `${path} imports ${to}`).toContain(to);
    }
  });

  it("uses nothing whose bits could differ", () => {
    const forbidden = /\b(Math|NativeMath|JSMath|NativeMathf|Mathf)\b|relaxed_|\*\*|\b(declare|@external)\b/;
    for (const path of assembly) {
      const used: string[] = [];
      const visit = (node: ts.Node): void => {
        if (ts.isIdentifier(node) && forbidden.test(node.text)) used.push(node.getText());
        if (node.kind === ts.SyntaxKind.AsteriskAsteriskToken) used.push("**");
        if (node.kind === ts.SyntaxKind.DeclareKeyword) used.push("declare");
        ts.forEachChild(node, visit);
      };
      visit(parse(path));
      expect(used, path).toEqual([]);
    }
  });

  it("compiles to a module that imports nothing and exports the contract", () => {
    const module = compile();
    expect(WebAssembly.Module.imports(module)).toEqual([]);
    const exported = WebAssembly.Module.exports(module).map(({ name }) => name);
    expect(exported.sort()).toEqual(
      ["memory", "table", "heapBase", "expTable", "log1pTable", ...Object.keys(cases)].sort(),
    );
  });
});

describe("the rule that keeps bits the same", () => {
  let problems: (code: string) => Promise<string[]>;
  beforeAll(() => {
    const eslint = new ESLint({ cwd: root });
    problems = async (code) => {
      const [result] = await eslint.lintText(`${code}\n`, { filePath: join(root, "src/example.ts") });
      return result.messages.filter(({ ruleId }) => ruleId === "no-restricted-syntax").map(({ message }) => message);
    };
  });

  it.each([
    "export const y = Math.exp(1);",
    'export const y = Math["exp"](1);',
    'export const y = Math["abs"](1);',
    "export const y = Math?.exp(1);",
    "export const y = (x: number): number => x ** 2;",
    "export let y = 2; y **= 2;",
    "const { exp } = Math; export const y = exp(1);",
    "const M = Math; export const y = M.exp(1);",
    "export const y = ((M: typeof Math) => M.exp(1))(Math);",
    "export let M: unknown; M = Math;",
    "export const M = { Math };",
    "export const y = globalThis.Math.exp(1);",
    'export const y = globalThis["Math"].exp(1);',
    "export const y = globalThis[`Math`].exp(1);",
    "export const y = self.Math.pow(2, 3);",
    "const { Math: M } = globalThis; export const y = M.exp(1);",
    "export const y = (Math as { exp(x: number): number }).exp(1);",
    'export const y = Reflect.get(Math, "exp");',
    "export const f = Math.hypot;",
    "export const y = Math.random();",
    "export const y = Math.PI;",
    "export const { exp = 1 } = Math;",
    "export default Math;",
  ])("refuses %s", async (code) => {
    expect(await problems(code)).not.toEqual([]);
  });

  it.each([
    "export const y = Math.sqrt(2) + Math.abs(-1) + Math.trunc(1.5);",
    "export const isMath = { math: 1, exp: 2 }.exp;",
    "export const y = 2 * 3;",
    "/** Math.exp */ export const text = 'Math';",
  ])("allows %s", async (code) => {
    expect(await problems(code)).toEqual([]);
  });

  it("holds for every source file", async () => {
    const config = (await new ESLint({ cwd: root }).calculateConfigForFile(join(root, "src/losses/loss.ts"))) as {
      rules: Record<string, unknown[]>;
    };
    expect(config.rules["no-restricted-syntax"]?.[0]).toBe(2);
    for (const path of sources) {
      expect(readFileSync(join(root, path), "utf8"), path).not.toMatch(/eslint-disable|@ts-ignore|@ts-nocheck/);
    }
  });
});
