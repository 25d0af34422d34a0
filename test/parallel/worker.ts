/**
 * The worker of these tests: the script of the package, bundled from its sources.
 *
 * @module
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { afterAll, beforeAll } from "vitest";
import { WorkerPool } from "../../src/parallel/pool.js";

/** Every worker made. */
export const made: Worker[] = [];

let folder = "";
const pools: WorkerPool[] = [];

const settings = { bundle: true, format: "esm", target: "es2022", platform: "neutral", logLevel: "error" } as const;
const newFolder = (): string => mkdtempSync(join(tmpdir(), "surprisal-worker-"));

beforeAll(async () => {
  folder = newFolder();
  await build({ ...settings, entryPoints: ["src/parallel/worker.ts"], outfile: join(folder, "worker.mjs") });
});

afterAll(() => {
  for (const pool of pools) pool.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Makes a worker. */
export function worker(): Worker {
  const one = new Worker(join(folder, "worker.mjs"));
  made.push(one);
  return one;
}

/** A pool of workers that run the sources, closed when the file is done; `least` as for the pool. */
export function poolOf(size: number, least?: number): WorkerPool {
  const pool = new WorkerPool(size, worker, least);
  pools.push(pool);
  return pool;
}

/** A new folder with the sources as the package has them: `library.js`, and the script of its workers. */
export async function bundled(): Promise<string> {
  const place = newFolder();
  writeFileSync(join(place, "package.json"), '{ "type": "module" }');
  const contents = 'export * from "./src/index.js"; export * from "./src/parallel/index.js";';
  await build({ ...settings, stdin: { contents, resolveDir: "." }, outfile: join(place, "library.js") });
  await build({ ...settings, entryPoints: ["src/parallel/worker.ts"], outfile: join(place, "parallel/worker.js") });
  return place;
}
