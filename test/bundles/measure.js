// What a bundle weighs and what is in it.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** The scripts and kernels that a tool wrote into a folder. */
export function emitted(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((path) => /\.(m?js|cjs|wasm)$/.test(path))
    .map((path) => join(folder, path))
    .sort();
}

export function measure(files) {
  const contents = files.map((file) => readFileSync(file));
  const sum = (lengths) => lengths.reduce((total, length) => total + length, 0);
  return {
    minified: sum(contents.map(({ length }) => length)),
    gzip: sum(contents.map((content) => gzipSync(content, { level: 9 }).length)),
  };
}

/** The texts that occur in the files. */
export function textsIn(files, texts) {
  const all = files.map((file) => readFileSync(file, "latin1")).join("\n");
  return texts.filter((text) => all.includes(text));
}
