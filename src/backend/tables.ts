import { expTable, log1pTable } from "./typescript/math/tables.js";

/** The tables of the kernels by name, as every WebAssembly memory holds them. */
export const tables = { exp: expTable, log1p: log1pTable };
