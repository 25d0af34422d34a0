// The licences of packages that a bundle contains, as they ask to be passed on.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The folders of the packages among the inputs of a bundle. */
function packagesOf(metafile) {
  const folders = Object.keys(metafile.inputs).map((path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]);
  return [...new Set(folders)].filter((folder) => folder !== undefined).sort();
}

/** The text to ship beside a bundle; throws for a package without a licence file. */
export function notices(metafile) {
  const texts = packagesOf(metafile).map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} ${version} (${license}) has no licence file`);
    return `${name} ${version}, ${license}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  });
  return ["cli.js contains these packages:\n", ...texts].join(`\n${"-".repeat(80)}\n\n`);
}
