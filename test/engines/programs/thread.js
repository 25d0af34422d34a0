// A thread of Node.
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { task } from "./task.js";

parentPort.postMessage({ result: task(workerData), facts: { worker: !isMainThread } });
