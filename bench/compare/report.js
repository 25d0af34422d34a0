// One line per work and peer, and the same as JSON.
import { writeFileSync } from "node:fs";
import Table from "cli-table3";

const number = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

/** Collects results and prints them as a table at the end. */
export function reporter(title) {
  const results = [];
  return {
    add(result) {
      results.push(result);
      for (const [peer, { ratio }] of Object.entries(result.peers)) {
        console.error(`${result.name}: ${number(ratio)} times as fast as ${peer}`);
      }
    },
    end({ json }) {
      const table = new Table({
        head: ["work", "copies", "surprisal ms", "peer", "peer ms", "times as fast", "middle half", "aim"],
        style: { head: [], border: [] },
      });
      for (const { name, copies, ours, peers, aims } of results) {
        for (const [peer, { ms, ratio, from, to, detail }] of Object.entries(peers)) {
          const aim = aims[peer.split(" ")[0]];
          const label = detail === undefined ? peer : `${peer} (${detail})`;
          table.push([
            name,
            copies,
            number(ours),
            label,
            number(ms),
            number(ratio),
            `${number(from)} to ${number(to)}`,
            aim == null ? "" : `${aim}${ratio >= aim ? "" : ", missed"}`,
          ]);
        }
      }
      console.log(`${title}, Node ${process.versions.node}, ${process.platform} ${process.arch}, one thread\n${table}`);
      if (json !== undefined)
        writeFileSync(json, `${JSON.stringify({ title, node: process.version, results }, null, 2)}\n`);
    },
  };
}
