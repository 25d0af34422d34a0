import * as exports from "../index.js";
import * as special from "../special/index.js";
import type { Library } from "./entry.js";

/** This build of the library: all of its entry, and the entries beside it. */
export const library: Library = { ...exports, special };
