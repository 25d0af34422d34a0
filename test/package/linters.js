// What the package linters say of the tarball.
import { readFileSync } from "node:fs";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { manifest, run, tool } from "./project.js";
import { check, none } from "./report.js";

export async function linters({ folder, tarball }) {
  await check("publint has nothing to say", async () => {
    const { buffer, byteOffset, byteLength } = readFileSync(tarball);
    const data = buffer.slice(byteOffset, byteOffset + byteLength);
    const { messages } = await publint({ pack: { tarball: data }, strict: true, level: "suggestion" });
    none(messages.map((message) => formatMessage(message, manifest) ?? message.code));
  });
  await check("attw finds the types of every entry", async () => {
    const args = [tool("@arethetypeswrong/cli/dist/index.js"), tarball, "--profile", "esm-only", "--no-emoji"];
    // It exits with an error if the profile finds a problem; an entry it does not know of is no problem to it.
    const { analysis } = JSON.parse(await run(process.execPath, [...args, "--format", "json"], { cwd: folder }));
    none(Object.keys(manifest.exports).filter((entry) => analysis.entrypoints[entry] === undefined));
  });
}
