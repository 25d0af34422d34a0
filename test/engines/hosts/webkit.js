// WebKitGTK through its WebDriver, which needs a display and a bus.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { find } from "../installed.js";
import { page } from "../variants.js";

const folders = ["x86_64", "aarch64"].flatMap((cpu) =>
  ["4.1", "4.0"].map((version) => `/usr/lib/${cpu}-linux-gnu/webkit2gtk-${version}/MiniBrowser`),
);
const browser = () => find(...folders);
const tools = ["WebKitWebDriver", "xvfb-run", "dbus-run-session"];

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** A command of the WebDriver protocol. */
async function call(port, method, path, body) {
  const signal = AbortSignal.timeout(120_000);
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    signal,
    ...(body && { body: JSON.stringify(body) }),
  });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

async function session(port, child) {
  const capabilities = {
    alwaysMatch: { "webkitgtk:browserOptions": { binary: browser(), args: ["--automation"] } },
  };
  for (let attempt = 0; ; attempt++) {
    if (child.exitCode !== null) throw new Error("WebKitWebDriver ended at once");
    try {
      await call(port, "GET", "/status");
      break;
    } catch (error) {
      if (attempt === 100) throw error;
      await sleep(100);
    }
  }
  return call(port, "POST", "/session", { capabilities });
}

export const webkit = {
  name: "webkit",
  variants: page,
  missing() {
    const absent = tools.filter((name) => find(name) === null);
    if (absent.length === 0 && browser() !== null) return null;
    return "apt-get install webkit2gtk-driver xvfb xauth dbus";
  },
  async start(server) {
    const port = await freePort();
    const env = { ...process.env, WEBKIT_DISABLE_DMABUF_RENDERER: "1", WEBKIT_DISABLE_COMPOSITING_MODE: "1" };
    const command = ["-a", "dbus-run-session", "--", "WebKitWebDriver", `--port=${port}`];
    // A process group of its own, so that the display, the bus and the driver end together.
    const child = spawn("xvfb-run", command, { env, stdio: "ignore", detached: true });
    const exit = once(child, "exit");
    const end = async () => {
      if (child.exitCode === null) process.kill(-child.pid);
      await exit;
    };
    try {
      const { sessionId, capabilities } = await session(port, child);
      return {
        version: capabilities.browserVersion,
        ask: (question) =>
          server.ask(question, async (url) => {
            await call(port, "POST", `/session/${sessionId}/url`, { url });
          }),
        async stop() {
          await call(port, "DELETE", `/session/${sessionId}`);
          await end();
        },
      };
    } catch (error) {
      await end();
      throw error;
    }
  },
};
