// Node, Deno and Bun, as packages of this folder.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { out } from "../bundles.js";
import { program } from "../installed.js";
import { script } from "../variants.js";

const env = { ...process.env, DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1", NODE_OPTIONS: "" };

function host(engine, file, args = []) {
  return {
    name: engine,
    variants: script,
    missing: () => program(engine, file).missing,
    async start() {
      const { path } = program(engine, file);
      return {
        async ask({ build, ...question }) {
          const command = [...args, `${out}/${build}/script.mjs`, JSON.stringify(question)];
          const options = { env, maxBuffer: 1 << 28, timeout: 180_000 };
          const { stdout } = await promisify(execFile)(path, command, options);
          return JSON.parse(stdout);
        },
        stop() {},
      };
    },
  };
}

export const scripts = [
  ...[20, 22, 24, 26].map((version) => host(`node${version}`, "bin/node")),
  host("deno", "deno", ["run", "--no-prompt", "--no-config", `--allow-read=${out}`]),
  host("bun", "bin/bun"),
];
