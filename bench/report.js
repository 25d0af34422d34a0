// npm run bench:report [-- FILE.json ... [--against OLD.json]]: the page docs/benchmarks.md with a picture of each table, from
// what the benchmarks wrote with --json; or, with --against, only which ratios of two runs differ by more than 25 %.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { basename } from "node:path";
import { format } from "prettier";
import { losses } from "../dist/index.js";
import { curvePicture, ratioPicture } from "./pictures.js";
import { REPEAT, compareRuns, ratiosOf } from "./ratios.js";

const { values: options, positionals: files } = parseArgs({
  allowPositionals: true,
  options: { against: { type: "string", multiple: true, default: [] } },
});

const read = (file) => JSON.parse(readFileSync(file, "utf8"));
const number = (value) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

/** Says which ratios a repeat did not give again. */
function against(olds) {
  const before = olds.flatMap((file) => ratiosOf(read(file), file));
  const common = compareRuns(
    files.flatMap((file) => ratiosOf(read(file), file)),
    before,
  );
  const far = common.filter((one) => one.far);
  for (const { work, peer, ratio, before: old, change } of far) {
    console.log(`${work} / ${peer}: ${number(old)} before, ${number(ratio)} now, ${number(change)} times`);
  }
  console.log(`${common.length} ratios in both runs, ${far.length} of them apart by more than ${100 * REPEAT} %`);
  if (common.length === 0 || far.length > 0) process.exitCode = 1;
}

const folder = new URL("../docs/benchmarks/", import.meta.url);

/** Four points on a line: the squared error of a sigmoid has two minima where cross-entropy has one. */
function twoMinima() {
  const [x, y] = [
    [-0.5, -1, 1, 8],
    [1, 0, 1, 0],
  ];
  const risk = (loss) => (w) =>
    loss.value(
      x.map((xi) => w * xi),
      y,
    );
  const curves = [
    { name: "cross-entropy", f: risk(losses.binaryCrossEntropy()), minima: [-0.258976828882297] },
    { name: "squared error of the sigmoid", f: risk(losses.brier()), minima: [-0.189841062605649, 1.2777165090888] },
  ];
  const caption = "Mean loss of four points by the weight w: one minimum, and two";
  return curvePicture("Two minima", { from: -2, to: 3, top: 1.3, curves, caption });
}

function tableOf(rows) {
  const lines = rows.map(({ work, peer, copies, ours, ratio, from, to, aim }) => {
    const spread = from === null ? "" : `${number(from)} to ${number(to)}`;
    const met = aim === null ? "" : `${number(aim)}${ratio >= aim ? "" : ", missed"}`;
    return `| ${[work, copies, ours === null ? "" : number(ours), peer, number(ratio), spread, met].join(" | ")} |`;
  });
  return [
    "| work | copies | ms | peer | times as fast | middle half | aim |",
    "| --- | --- | --: | --- | --: | --- | --- |",
    ...lines,
  ].join("\n");
}

const INTRODUCTION = `# Benchmarks

Medians of runs by turns in one process or beside one, one thread each side; a ratio above 1 says how many times as fast
this library is. "Copies" is what crosses into WebAssembly and back within the time; X is copied once, before. The middle
half holds half of the ratios of single rounds.

## To repeat them

\`\`\`sh
npm run bench -- --json kernels.json       # kernels beside plain loops, and starting up
npm run bench:native -- --json native.json # numpy, scipy, scikit-learn, torch (python3)
npm run bench:peers -- --json peers.json   # other JavaScript libraries
npm run bench:mlp -- --json mlp.json       # networks beside other libraries; products beside the peak of the core
npm run bench:roofline -- --json roofline.json # a pass over X beside reading it
npm run bench:report -- native.json peers.json mlp.json roofline.json
npm run bench:report -- native.json --against native-before.json
\`\`\`

The last line compares two runs: a repeat on an idle machine gives the same ratios within ${100 * REPEAT} %, and it says which
did not. Absolute times are those of the machine; only ratios are compared.
`;

const WHY = `## Where an aim is missed, and why

- **Passes over X** (aim: 85 % of reading, 3 to 5 times scikit-learn). A pass is a dot product and an addition of a multiple for
  every number. Scores are taken from memory in 0.5 to 0.6 ns a number, four rows as four streams, as fast as one stream is
  merely summed; the gradient then takes its 0.25 to 0.3 from the second-level cache, while memory waits. With few columns
  e^x and the logarithm of each row are most of it. \`npm run bench:roofline\`.
- **Softmax and binary cross-entropy** (aim: 2.5 to 7 times torch and scikit-learn). What is left are e^x and log x themselves,
  to within an ulp and with the same bits everywhere, in vectors of two. \`npm run bench:native -- --only cross-entropy\`.
- **Fits to 1e-8** (aim: 2 to 3 times the best solver of scikit-learn). Columns of these tables have nothing to do with each other,
  which is the best case of a method without second derivatives. X is copied once (about 60 ms of 100000 x 100, as long as six
  passes), the run goes on to a decrement² of 1e-16 unless told otherwise, and a certificate takes five to fifteen evaluations
  more. On correlated columns, 20000 x 100, the Hessian of a sample takes 22 evaluations where L-BFGS alone takes 299.
  \`npm run bench:native -- --only fit\`.
- **An epoch of MNIST** (aim: faster than jax-js and torch). jax-js computes in 32 bits, four to a vector, where this library has two of 64;
  products run at 0.9 and more of what such vectors can do. \`npm run bench:mlp\`.
`;

async function page() {
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL("two-minima.svg", folder), twoMinima());
  const sections = files.map((file) => {
    const json = read(file);
    const rows = ratiosOf(json, file);
    const name = basename(file, ".json");
    const title = json.title ?? (name === "kernels" ? "Kernels and plain loops" : name);
    writeFileSync(new URL(`${name}.svg`, folder), ratioPicture(title, rows));
    const where = json.node === undefined ? "" : `Node ${json.node}. `;
    return `## ${title}\n\n${where}\n\n![${title}](benchmarks/${name}.svg)\n\n${tableOf(rows)}\n`;
  });
  const curves =
    "## Two losses on four points\n\nWhat [theory.md](theory.md) says of S18 and S22, as curves: through a sigmoid the squared " +
    "error is bounded, and has a second minimum.\n\n![Two minima](benchmarks/two-minima.svg)\n";
  const text = [INTRODUCTION, ...sections, ...(files.length > 0 ? [WHY] : []), curves].join("\n");
  writeFileSync(
    new URL("../docs/benchmarks.md", import.meta.url),
    await format(text, { parser: "markdown", printWidth: 120 }),
  );
  console.log(`docs/benchmarks.md, ${files.length + 1} pictures`);
}

if (options.against.length > 0) against(options.against);
else await page();
