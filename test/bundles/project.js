// A fresh project with the library in it as an application installs it: from the packed tarball, without a network.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { write } from "./apps.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const tools = fileURLToPath(new URL("node_modules", import.meta.url));

/** The folder of the project, made anew. */
export function makeProject() {
  const project = join(root, "build/bundles");
  rmSync(project, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
  const npm = (args, cwd) => execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  const [{ filename }] = JSON.parse(npm(["pack", "--json", "--ignore-scripts", "--pack-destination", project], root));
  write(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
  npm(["install", "--offline", "--no-audit", "--no-fund", "--ignore-scripts", `./${filename}`], project);
  return project;
}

/** Links installed tools into the project, for those that want to be an application's own dependencies. */
export function linkTools(project, names) {
  for (const name of names) {
    const link = join(project, "node_modules", name);
    rmSync(link, { recursive: true, force: true });
    symlinkSync(join(tools, name), link, "dir");
  }
}
