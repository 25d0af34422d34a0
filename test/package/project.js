// Packs the package as for publishing and installs the tarball in an empty project.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** Where a dependency of this suite is installed. */
export const tool = (path) => fileURLToPath(new URL(`node_modules/${path}`, import.meta.url));

/** What a program printed; rejects with all it printed if it fails. */
export async function run(program, args, options = {}) {
  const settings = { encoding: "utf8", maxBuffer: 1 << 26, timeout: 300_000, ...options };
  return (await promisify(execFile)(program, args, settings)).stdout;
}

/** The files below a folder, with slashes. */
export function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}

/** The project: its folder, the tarball, the folder of the installed package and its files. */
export async function install() {
  const folder = mkdtempSync(join(tmpdir(), "surprisal-package-"));
  await run("npm", ["pack", "--pack-destination", folder], { cwd: root });
  const [name, ...others] = readdirSync(folder).filter((file) => file.endsWith(".tgz"));
  if (name === undefined || others.length > 0) throw new Error("npm pack made no tarball, or several");
  const tarball = join(folder, name);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await run("npm", ["install", "--no-audit", "--no-fund", "--offline", tarball], { cwd: folder });
  const installed = join(folder, "node_modules", manifest.name);
  return { folder, tarball, installed, files: filesOf(installed), size: statSync(tarball).size };
}

/** The entries that hold code, as applications name them. */
export function codeEntries() {
  return Object.keys(manifest.exports)
    .filter((entry) => !/\.(json|wasm)$/.test(entry))
    .map((entry) => manifest.name + entry.slice(1));
}

/** Every file that "exports" and "bin" name, as a path in the package. */
export function namedFiles() {
  const leaves = (value) => (typeof value === "string" ? [value] : Object.values(value).flatMap(leaves));
  return [...leaves(manifest.exports), ...leaves(manifest.bin ?? {})].map((path) => path.replace(/^\.\//, ""));
}
