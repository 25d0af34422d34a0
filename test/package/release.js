// What is published beside the package: its version, its citation, its files on JSR.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { problems } from "../../scripts/release-check.js";
import { manifest, root } from "./project.js";
import { check, none } from "./report.js";

const read = (path) => readFileSync(join(root, path), "utf8");

/** The text of a file with something in it replaced, the others as they are. */
const changed = (file, from, to) => (path) => (path === file ? read(path).replace(from, to) : read(path));

/** The keys of the Citation File Format 1.2.0 that this project uses, and what they hold. */
const CITATION = {
  "cff-version": (value) => value === "1.2.0",
  message: (value) => typeof value === "string" && value !== "",
  type: (value) => value === "software",
  title: (value) => value === manifest.name,
  abstract: (value) => typeof value === "string" && value !== "",
  authors: (value) => Array.isArray(value) && value.length > 0 && value.every(({ name }) => typeof name === "string"),
  version: (value) => value === manifest.version,
  license: (value) => value === manifest.license,
  keywords: (value) => Array.isArray(value) && new Set(value).size === value.length,
  "date-released": (value) => value === undefined || /^\d{4}-\d\d-\d\d$/.test(value),
  "repository-code": (value) => value === undefined || /^https:\/\//.test(value),
};

export async function release() {
  await check("every file names the same version", () => none(problems()));
  await check("another version anywhere would be seen", () => {
    const { version } = manifest;
    for (const file of ["package.json", "package-lock.json", "jsr.json", "CITATION.cff", "CHANGELOG.md"]) {
      const pattern = file === "CHANGELOG.md" ? `## ${version}` : new RegExp(`(?<=version"?: "?)${version}`);
      if (
        problems(undefined, changed(file, pattern, "## 99.0.0".slice(file === "CHANGELOG.md" ? 0 : 3))).length === 0
      ) {
        throw new Error(`not in ${file}`);
      }
    }
  });
  await check("a release of another version would be refused", () => {
    if (!problems("v99.0.0").some((problem) => problem.startsWith("the tag is"))) throw new Error("it is not");
  });
  await check("CITATION.cff is what its format asks for", () => {
    const citation = parse(read("CITATION.cff"), { schema: "failsafe" });
    none([
      ...Object.keys(citation)
        .filter((key) => CITATION[key] === undefined)
        .map((key) => `${key} is not known`),
      ...Object.entries(CITATION)
        .filter(([key, test]) => !test(citation[key]))
        .map(([key]) => `${key} is wrong`),
    ]);
  });
  await check("workflows are YAML, pin their actions and hold no secret", () => {
    const folder = join(root, ".github/workflows");
    const files = readdirSync(folder);
    if (files.length < 2) throw new Error("no workflows");
    none(files.flatMap((file) => problemsOfWorkflow(file, readFileSync(join(folder, file), "utf8"))));
  });
}

function problemsOfWorkflow(file, text) {
  const { jobs, permissions } = parse(text);
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const loose = steps.flatMap(({ uses }) => (uses === undefined || /^[\w-]+\/[\w-]+@v\d+$/.test(uses) ? [] : [uses]));
  const scripts = steps.flatMap(({ run }) => [...(run ?? "").matchAll(/npm run (?:--\S+ )*([\w:-]+)/g)]);
  const unknown = scripts.map((match) => match[1]).filter((name) => manifest.scripts[name] === undefined);
  return [
    ...loose.map((uses) => `${file}: ${uses} is not pinned to a major version`),
    ...unknown.map((name) => `${file}: there is no script ${name}`),
    ...(permissions === undefined ? [`${file} says no permissions`] : []),
    ...(/secrets\./.test(text) ? [`${file} uses a secret`] : []),
  ];
}
