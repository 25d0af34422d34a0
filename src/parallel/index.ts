/**
 * Fits, cross-validation and paths by several workers, with the same bits as by one.
 *
 * @module
 */

export { type PoolOptions, type WorkerPool, workerPool } from "./pool.js";
export type { CallOptions } from "./calls.js";
export type { WorkerLike } from "./lane.js";
