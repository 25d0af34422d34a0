// Node, Deno, Bun: prints the answer to the command in the first argument.
import { task } from "./task.js";

const { Bun, Deno, process } = globalThis;
const [command] = Deno?.args ?? process.argv.slice(2);
const { variant, ...question } = JSON.parse(command);

function inWorker() {
  const worker = new Worker(new URL("worker.mjs", import.meta.url), { type: "module" });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(question);
  }).finally(() => worker.terminate());
}

async function inNodeThread() {
  const threads = await import("node:worker_threads");
  const worker = new threads.Worker(new URL("thread.mjs", import.meta.url), { workerData: question });
  return new Promise((resolve, reject) => {
    worker.on("message", resolve);
    worker.on("error", reject);
  });
}

function answer() {
  if (!variant.worker) return { result: task(question), facts: { worker: false } };
  return Bun === undefined && Deno === undefined ? inNodeThread() : inWorker();
}

const version = Bun?.version ?? Deno?.version.deno ?? process.versions.node;
console.log(JSON.stringify({ ...(await answer()), version }));
