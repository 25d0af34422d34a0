// Compiles the candidates, writes build/variants.mjs, which any engine can run by itself, and runs it here.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

process.chdir(fileURLToPath(new URL("../..", import.meta.url)));

const asc = "node_modules/assemblyscript/bin/asc.js";
const flags = ["--runtime", "stub", "--enable", "simd", "-O3", "--noAssert", "--use", "abort="];
execFileSync(process.execPath, [asc, "bench/variants/kernels.ts", "-o", "build/variants.wasm", ...flags]);
await build({
  entryPoints: ["bench/variants/measure.js"],
  outfile: "build/variants.mjs",
  bundle: true,
  format: "esm",
  target: "es2022",
  loader: { ".wasm": "binary" },
  logLevel: "warning",
});
execFileSync(process.execPath, ["build/variants.mjs", "--ulp"], { stdio: "inherit" });
