import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { once } from "node:events";
import { out } from "./bundles.js";

const types = { html: "text/html; charset=utf-8", mjs: "text/javascript; charset=utf-8" };

async function bodyOf(request) {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

/**
 * Serves pages on the loopback interface and takes their answers: `ask(question, open)` has a page opened and resolves
 * with what it posts.
 */
export async function serve() {
  const waiting = new Map();
  let count = 0;

  /** The headers that the variant of a page asks for, on all that the page loads. */
  const headersFor = (url, { referer }) => {
    const search = url.search || (referer === undefined ? "" : new URL(referer).search);
    return search === "" ? {} : (JSON.parse(decodeURIComponent(search.slice(1))).variant.headers ?? {});
  };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://localhost");
    try {
      if (request.method === "POST") {
        waiting.get(url.pathname.split("/").at(-1))?.(JSON.parse(await bodyOf(request)));
        response.end();
      } else if (url.pathname === "/page") {
        const { build } = JSON.parse(decodeURIComponent(url.search.slice(1)));
        response.writeHead(200, { "Content-Type": types.html, ...headersFor(url, request.headers) });
        response.end(`<!doctype html><title>surprisal</title><script type="module" src="/${build}/page.mjs"></script>`);
      } else {
        const file = await readFile(`${out}/${url.pathname.replaceAll("..", "")}`);
        response.writeHead(200, { "Content-Type": types.mjs, ...headersFor(url, request.headers) });
        response.end(file);
      }
    } catch (error) {
      response.writeHead(404).end(String(error));
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${server.address().port}`;

  return {
    origin,
    async ask(question, open) {
      const id = String(++count);
      let timer;
      const answer = new Promise((resolve, reject) => {
        waiting.set(id, resolve);
        timer = setTimeout(() => reject(new Error("no answer within 120 s")), 120_000);
      });
      const command = encodeURIComponent(JSON.stringify({ id, ...question }));
      try {
        const close = await open(`${origin}/page?${command}`);
        try {
          return await answer;
        } finally {
          await close?.();
        }
      } finally {
        clearTimeout(timer);
        waiting.delete(id);
      }
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
