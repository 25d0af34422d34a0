// Says whether everything that names a version names the same one. With the tag of a release (`node
// scripts/release-check.js v1.2.3`) also whether it is that version and everything a release needs is filled in.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

/** The version in each file that has one; undefined where it is not found. */
export function versions(text = read) {
  const [, changelog] = text("CHANGELOG.md").match(/^## \[?(\d[^\]\s]*)\]? - /m) ?? [];
  const [, citation] = text("CITATION.cff").match(/^version: "?([^"\n]+?)"?$/m) ?? [];
  const lock = JSON.parse(text("package-lock.json"));
  return {
    "package.json": JSON.parse(text("package.json")).version,
    "package-lock.json": lock.version === lock.packages[""].version ? lock.version : undefined,
    "jsr.json": JSON.parse(text("jsr.json")).version,
    "CITATION.cff": citation,
    "the top of CHANGELOG.md": changelog,
  };
}

/** What is wrong, a sentence each: nothing may differ, and for a release nothing may be missing. */
export function problems(tag, text = read) {
  const found = versions(text);
  const { version, repository } = JSON.parse(text("package.json"));
  const wrong = Object.entries(found)
    .filter(([, other]) => other !== version)
    .map(([where, other]) => `package.json is of version ${version}, ${where} of ${other ?? "none"}`);
  if (tag === undefined) return wrong;
  if (tag !== `v${version}`) wrong.push(`the tag is ${tag}, not v${version}`);
  if (!/^## \[?\d[^\]\s]*\]? - \d{4}-\d\d-\d\d$/m.test(text("CHANGELOG.md").split(/^(?=## \[?\d)/m)[1] ?? "")) {
    wrong.push("the top entry of CHANGELOG.md has no date");
  }
  if (!/^date-released: \d{4}-\d\d-\d\d$/m.test(text("CITATION.cff"))) wrong.push("CITATION.cff has no date-released");
  if (repository === undefined) wrong.push('package.json has no "repository", which provenance is compared with');
  return wrong;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const wrong = problems(process.argv[2]);
  for (const problem of wrong) console.error(problem);
  if (wrong.length === 0) console.log(`version ${versions()["package.json"]}, everywhere`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}
