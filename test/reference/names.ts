/** The public run-time names of the library and their docstrings, read from its types: a new name needs no list. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** A docstring: its text before the first tag, and its tags. */
export interface Docstring {
  readonly summary: string;
  readonly tags: ReadonlyArray<{ readonly name: string; readonly text: string }>;
}

/** A function, an object or a class of the library, or a method of one of these. */
export interface PublicName {
  /** As users reach it: `losses.huber`, `Job.step`. */
  readonly name: string;
  readonly kind: "module" | "value" | "member";
  readonly docstring: Docstring;
  /** Parameters of a function, whatever its signature. */
  readonly parameters: readonly string[];
  readonly returns: boolean;
}

const src = fileURLToPath(new URL("../../src/", import.meta.url));

/** The modules that the package exports, by their names in it: "." and others. */
export function readEntries(): Map<string, string> {
  const { exports } = JSON.parse(readFileSync(`${src}../package.json`, "utf8")) as {
    exports: Record<string, string | { types: string }>;
  };
  const entries = new Map<string, string>();
  for (const [name, target] of Object.entries(exports)) {
    const path = typeof target === "string" ? undefined : /^\.\/dist\/types\/(.*)\.d\.ts$/.exec(target.types)?.[1];
    const file = `${src}${path}.ts`;
    if (path !== undefined && ![...entries.values()].includes(file)) entries.set(name, file);
  }
  return entries;
}

/** The library, its tests' settings, and files that exist only here. */
export function compile(files: Readonly<Record<string, string>>): ts.Program {
  const config = ts.getParsedCommandLineOfConfigFile(
    `${src}../tsconfig.json`,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
  )!;
  const options = { ...config.options, noUnusedLocals: false };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (path) => files[path] ?? readFile.call(host, path);
  host.fileExists = (path) => path in files || fileExists.call(host, path);
  return ts.createProgram([...readEntries().values(), ...Object.keys(files)], options, host);
}

/** Every run-time name that the package exports, with the namespaces' own. */
export function publicNames(program: ts.Program): PublicName[] {
  const checker = program.getTypeChecker();
  const seen = new Set<ts.Symbol>();

  const docstringOf = (symbol: ts.Symbol): Docstring => ({
    summary: ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim(),
    tags: symbol.getJsDocTags(checker).map(({ name, text }) => ({ name, text: ts.displayPartsToString(text).trim() })),
  });

  function describe(name: string, kind: PublicName["kind"], symbol: ts.Symbol): PublicName {
    const signatures = checker.getTypeOfSymbol(symbol).getCallSignatures();
    return {
      name,
      kind,
      docstring: docstringOf(symbol),
      parameters: [...new Set(signatures.flatMap((one) => one.getParameters().map((parameter) => parameter.name)))],
      returns: signatures.some((one) => !(one.getReturnType().flags & ts.TypeFlags.Void)),
    };
  }

  /** Members that this library declares: methods and fields of a class's instances, an object, a function with more. */
  function membersOf(name: string, symbol: ts.Symbol): PublicName[] {
    const type =
      symbol.flags & ts.SymbolFlags.Class ? checker.getDeclaredTypeOfSymbol(symbol) : checker.getTypeOfSymbol(symbol);
    return type
      .getProperties()
      .filter((member) => member.declarations?.some((node) => node.getSourceFile().fileName.startsWith(src)))
      .filter((member) => !ts.isPrivateIdentifier((member.valueDeclaration as ts.NamedDeclaration).name!))
      .map((member) => describe(`${name}.${member.name}`, "member", member))
      .filter(({ docstring }) => !docstring.tags.some((tag) => tag.name === "internal"));
  }

  function exportsOf(module: ts.Symbol, prefix: string): PublicName[] {
    if (seen.has(module)) return [];
    seen.add(module);
    return checker.getExportsOfModule(module).flatMap((exported) => {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      const name = prefix + exported.name;
      if (symbol.flags & ts.SymbolFlags.ValueModule) {
        return [describeModule(name, symbol), ...exportsOf(symbol, `${name}.`)];
      }
      if (!(symbol.flags & ts.SymbolFlags.Value)) return [];
      // A class of which only the type is exported has members all the same.
      if (exported.declarations?.some((node) => ts.isExportSpecifier(node) && node.isTypeOnly)) {
        return membersOf(name, symbol);
      }
      return [describe(name, "value", symbol), ...membersOf(name, symbol)];
    });
  }

  /** A namespace or an entry: its docstring is the one of its file. */
  function describeModule(name: string, symbol: ts.Symbol): PublicName {
    const file = symbol.declarations![0] as ts.SourceFile;
    const [, text = ""] = /^\/\*\*(.*?)@module/s.exec(file.text) ?? [];
    return {
      name,
      kind: "module",
      docstring: { summary: text.replace(/[\s*]+/g, " ").trim(), tags: [] },
      parameters: [],
      returns: false,
    };
  }

  return [...readEntries()].flatMap(([name, file]) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file)!)!;
    const names = exportsOf(module, "");
    return names.length === 0 ? [] : [describeModule(name, module), ...names];
  });
}
