// What the tarball holds: no more than it should, all that it names, and nothing of the machine that made it.
import { readFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, posix } from "node:path";
import { filesOf, manifest, namedFiles, root } from "./project.js";
import { check, none } from "./report.js";

const ALLOWED = [
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
  /^dist\/.+\.(js|js\.map|wasm|d\.wasm\.ts)$/,
  /^dist\/types\/.+\.d\.ts(\.map)?$/,
  /^dist\/cli\.js\.LICENSE\.txt$/,
  /^src\/(?!cli\/).+\.ts$/,
];
const TESTS = /(^|\/)(test|tests|fixtures|bench)\/|\.(test|spec|bench)\./;
/** Three builds of the library, its sources and its maps: growth beyond this wants a reason. */
const LIMIT = { tarball: 2_450_000, unpacked: 10_900_000 };

/** Texts that tell where a file was made. */
function machinePaths(text) {
  const own = [root, homedir(), tmpdir()].filter((path) => path.split("/").length > 2);
  const found = own.filter((path) => text.includes(path));
  const anywhere = text.match(
    /file:\/\/\/[a-z]|(?<![\w.$}])\/(?:home|Users|root|work|tmp)\/[\w.-]+\/|\b[A-Z]:\\\\?Users\\/,
  );
  return anywhere === null ? found : [...found, anywhere[0]];
}

/** What is wrong with a map: sources that the package lacks, or their text a second time. */
function problemsOfMap(path, text, files) {
  const { sources, sourceRoot = "", sourcesContent } = JSON.parse(text);
  const missing = sources
    .map((source) => posix.join(posix.dirname(path), sourceRoot, source))
    .filter((source) => !files.includes(source))
    .map((source) => `${path} names ${source}, which is not there`);
  return sourcesContent === undefined ? missing : [...missing, `${path} repeats its sources`];
}

/** What is wrong with the link of a file to its map. */
function problemsOfLink(path, text, files) {
  const [, map] = text.match(/^\/\/# sourceMappingURL=(\S+)\s*$/m) ?? [];
  if (map === undefined) return /^dist\/(?!cli\.js$).*\.(js|d\.ts)$/.test(path) ? [`${path} has no map`] : [];
  const target = posix.join(posix.dirname(path), map);
  return files.includes(target) ? [] : [`${path} names ${target}, which is not there`];
}

export async function contents({ installed, files, size }) {
  const read = (path) => readFileSync(join(installed, path), "latin1");
  const unpacked = files.reduce((sum, path) => sum + read(path).length, 0);
  console.log(`${files.length} files, ${size} bytes packed, ${unpacked} unpacked`);

  await check("holds the build, its sources and what readers expect, nothing else", () => {
    none(files.filter((path) => TESTS.test(path) || !ALLOWED.some((pattern) => pattern.test(path))));
  });
  await check(`is at most ${LIMIT.tarball} bytes packed, ${LIMIT.unpacked} unpacked`, () => {
    if (size > LIMIT.tarball || unpacked > LIMIT.unpacked) throw new Error(`${size} packed, ${unpacked} unpacked`);
  });
  await check("holds every file that exports and bin name", () => {
    none(namedFiles().filter((path) => !files.includes(path)));
  });
  await check("holds every source of the library", () => {
    const sources = filesOf(join(root, "src")).filter((path) => !path.startsWith("cli/"));
    none(sources.map((path) => `src/${path}`).filter((path) => !files.includes(path)));
  });
  await check("tells no path of the machine that made it", () => {
    none(files.flatMap((path) => machinePaths(read(path)).map((found) => `${path}: ${found}`)));
  });
  await check("every map finds its sources in the package, and repeats none", () => {
    const maps = files.filter((path) => path.endsWith(".map"));
    if (maps.length < 10) throw new Error(`only ${maps.length} maps`);
    none(maps.flatMap((path) => problemsOfMap(path, read(path), files)));
  });
  await check("every script and declaration finds its map", () => {
    none(files.filter((path) => path !== "README.md").flatMap((path) => problemsOfLink(path, read(path), files)));
  });
  await check("the licence of every bundled package is there", () => {
    const bundled = [...read("dist/cli.js").matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)/gm)].map(
      ([, name]) => name,
    );
    if (bundled.length === 0) throw new Error("cli.js names no package");
    const licences = read("dist/cli.js.LICENSE.txt");
    none([...new Set(bundled)].filter((name) => !licences.includes(`\n${name} `)));
  });
  await check("has no dependencies and runs nothing when it is installed", () => {
    const own = JSON.parse(read("package.json"));
    const kinds = ["dependencies", "optionalDependencies", "peerDependencies", "bundleDependencies"];
    const hooks = ["preinstall", "install", "postinstall", "prepare"];
    none([
      ...kinds.flatMap((kind) => Object.keys(own[kind] ?? {})),
      ...hooks.filter((hook) => own.scripts?.[hook] !== undefined),
      ...files.filter((path) => path === "binding.gyp"),
    ]);
  });
  await check("is built before it is packed, and says who it is", () => {
    const wanted = ["name", "version", "description", "keywords", "license", "type", "engines", "exports"];
    const missing = wanted.filter((key) => manifest[key] === undefined);
    if (!/npm run build/.test(manifest.scripts.prepack ?? "")) missing.push("scripts.prepack");
    none(missing);
  });
}
