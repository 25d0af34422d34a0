// workerd, the engine of Cloudflare's workers: at its newest compatibility date, and at one that forbids compilation.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { out } from "../bundles.js";
import { program } from "../installed.js";
import { workerd } from "../variants.js";

const kernels = fileURLToPath(new URL("../../../dist/kernels.wasm", import.meta.url));
const builds = ["workerd", "default", "js"];

function config(date) {
  const services = builds.map((build) => `(name = "${build}", worker = .${build}Worker)`);
  const sockets = builds.map(
    (build) => `(name = "${build}", address = "127.0.0.1:0", http = (), service = "${build}")`,
  );
  const workers = builds.map((build) => {
    const wasm = build === "workerd" ? ', (name = "kernels.wasm", wasm = embed "kernels.wasm")' : "";
    const main = `(name = "worker.mjs", esModule = embed "${build}/workerd.mjs")`;
    return `const ${build}Worker :Workerd.Worker = (modules = [${main}${wasm}], compatibilityDate = "${date}");`;
  });
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [${services.join(", ")}], sockets = [${sockets.join(", ")}]);
${workers.join("\n")}\n`;
}

/** The port of every socket, which workerd tells line by line on descriptor 3. */
async function portsOf(child) {
  const ports = {};
  let text = "";
  for await (const piece of child.stdio[3]) {
    text += piece;
    const lines = text.split("\n");
    text = lines.pop();
    for (const { socket, port } of lines.map((line) => JSON.parse(line))) ports[socket] = port;
    if (builds.every((build) => build in ports)) return ports;
  }
  throw new Error("workerd ended before it listened");
}

function host(name, dateOf, bytes) {
  const { path, missing } = program("workerd", "bin/workerd");
  return {
    name,
    variants: workerd(bytes),
    missing: () => missing,
    async start() {
      const version = execFileSync(path, ["--version"], { encoding: "utf8" }).trim().split(" ").at(-1);
      const date = dateOf(version);
      copyFileSync(kernels, `${out}/kernels.wasm`);
      const file = `${out}/${date}.capnp`;
      writeFileSync(file, config(date));
      const child = spawn(path, ["serve", file, "--control-fd=3"], { stdio: ["ignore", "ignore", "pipe", "pipe"] });
      let complaints = "";
      child.stderr.on("data", (piece) => (complaints += piece));
      const exit = once(child, "exit");
      let ports;
      try {
        ports = await portsOf(child);
      } catch (error) {
        throw new Error(`${error.message}: ${complaints}`);
      }
      return {
        version: version === date ? version : `${version} as of ${date}`,
        async ask({ build, ...question }) {
          const url = `http://127.0.0.1:${ports[build]}/`;
          const signal = AbortSignal.timeout(120_000);
          const response = await fetch(url, { method: "POST", body: JSON.stringify(question), signal });
          if (!response.ok) throw new Error(`${response.status} ${await response.text()} ${complaints}`);
          return response.json();
        },
        async stop() {
          child.kill();
          await exit;
        },
      };
    },
  };
}

export const workerds = [
  host("workerd", (version) => version, "wasm"),
  host("workerd-old", () => "2024-09-23", "typescript"),
];
