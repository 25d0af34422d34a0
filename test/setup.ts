import { backend } from "../src/index.js";

/** Each project of the test configuration forces one backend. */
backend.use(process.env["SURPRISAL_BACKEND"] as "wasm" | "typescript");
