import { accessSync, constants, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const { optionalDependencies } = JSON.parse(readFileSync(`${here}package.json`, "utf8"));

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A file in an engine's package for this platform, or why there is none. */
export function program(engine, file) {
  const name = `${engine}-${process.platform}-${process.arch}`;
  if (!(name in optionalDependencies)) return { missing: `no package for ${process.platform} on ${process.arch}` };
  const path = `${here}node_modules/${name}/${file}`;
  return isProgram(path) ? { path, missing: null } : { path, missing: "npm ci --prefix test/engines" };
}

/** The first of these programs on the path (or, with a slash, there), or null. */
export function find(...names) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const paths = names.flatMap((name) => (name.includes("/") ? [name] : folders.map((folder) => join(folder, name))));
  return paths.find(isProgram) ?? null;
}
