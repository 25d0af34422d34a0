import ts from "typescript";
import { withChecks } from "../readme/blocks.js";

type Check = (expression: string, value: unknown, shown: string) => void;
type Body = (scope: object, check: Check) => Promise<void>;
const AsyncFunction = (async () => {}).constructor as new (
  ...source: string[]
) => (check: Check, ...scope: unknown[]) => Promise<void>;

/** An example as a function of the names that it sees, and of what checks a claim. */
export function runnable(code: string): Body {
  const { outputText } = ts.transpileModule(`{\n${withChecks(code)}\n}`, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  return (scope, check) =>
    new AsyncFunction("check", ...Object.keys(scope), outputText)(check, ...Object.values(scope));
}
