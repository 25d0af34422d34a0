// A page: answers the command in its address, from a worker if that is asked for, and posts the answer to the server.
import { task } from "./task.js";

const { id, build, variant, ...question } = JSON.parse(decodeURIComponent(location.search.slice(1)));

function post(answer) {
  return fetch(`/answer/${id}`, { method: "POST", body: JSON.stringify(answer) });
}

function fail(error) {
  void post({ error: String(error?.stack ?? error) });
}

addEventListener("error", ({ error, message }) => fail(error ?? message));
addEventListener("unhandledrejection", ({ reason }) => fail(reason));

if (variant.worker) {
  const worker = new Worker(`/${build}/worker.mjs`, { type: "module" });
  worker.onmessage = ({ data }) => void post(data);
  worker.onerror = ({ message }) => fail(message ?? "the worker could not be loaded");
  worker.postMessage(question);
} else {
  const facts = { worker: false, isolated: globalThis.crossOriginIsolated === true };
  void post({ result: task(question), facts });
}
