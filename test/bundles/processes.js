// Children and servers of a run: what was started is ended, by its process id, whatever happens.
import { execFile, spawn } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import sirv from "sirv";

const groups = new Set();
const timeout = 120_000;

function end(pid) {
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
  groups.delete(pid);
}

process.on("exit", () => groups.forEach(end));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

/** The environment of tools: no telemetry, no colours, and their own files within the project. */
export function environment(project) {
  const home = join(project, "home");
  return {
    ...process.env,
    CI: "1",
    NODE_OPTIONS: "",
    NO_COLOR: "1",
    XDG_CONFIG_HOME: home,
    NEXT_TELEMETRY_DISABLED: "1",
    WRANGLER_SEND_METRICS: "false",
    WRANGLER_HIDE_BANNER: "true",
    WRANGLER_LOG_PATH: join(home, "logs"),
  };
}

/** What a program printed; rejects with what it said when it fails. */
export async function run(program, args, { cwd, project }) {
  const options = { cwd, env: environment(project), timeout, maxBuffer: 1 << 26 };
  try {
    return (await promisify(execFile)(program, args, options)).stdout;
  } catch (error) {
    throw new Error(`${program} ${args.join(" ")}\n${error.stdout}${error.stderr || error.message}`, { cause: error });
  }
}

/** What an app printed: the last line is its report. */
export async function report(program, args, where) {
  return JSON.parse((await run(program, args, where)).trim().split("\n").at(-1));
}

/** Calls `use` with the first address that a server prints, and ends the server. */
export async function withServer(program, args, { cwd, project }, use) {
  const child = spawn(program, args, {
    cwd,
    env: environment(project),
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  groups.add(child.pid);
  try {
    return await use(await address(child));
  } finally {
    end(child.pid);
  }
}

function address(child) {
  return new Promise((resolve, reject) => {
    let said = "";
    const late = setTimeout(() => reject(new Error(`No address after ${timeout} ms:\n${said}`)), timeout);
    const hear = (chunk) => {
      said += chunk;
      const found = /http:\/\/(localhost|127\.0\.0\.1):\d+/.exec(said);
      if (found) resolve(found[0]);
      if (found) clearTimeout(late);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("error", reject);
    child.on("exit", (code) => {
      clearTimeout(late);
      reject(new Error(`The server ended with ${code}:\n${said}`));
    });
  });
}

/** Calls `use` with the address of a server of the files of a folder. */
export async function withFiles(folder, use) {
  const server = createServer(sirv(folder, { dev: true }));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await use(`http://127.0.0.1:${server.address().port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
