// Cross-validates softmax regression by a pool of workers, and checks that the bits are those of one thread.
import { readFileSync } from "node:fs";
import { crossValidate, priors, softmaxRegression } from "surprisal";
import { workerPool } from "surprisal/parallel";

const csv = readFileSync(new URL("../data/iris.csv", import.meta.url), "utf8");
const rows = csv
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => line.split(",").map(Number));
const X = rows.map(([, ...measurements]) => measurements);
const y = rows.map(([kind]) => kind);

const pool = workerPool({ size: 2 });
for (const sd of [0.3, 1, 3]) {
  const call = [
    softmaxRegression,
    X,
    y,
    { prior: priors.normal({ sd }), standardize: true },
    { folds: 10, stratify: y },
  ];
  const together = await pool.crossValidate(...call);
  const alone = crossValidate(...call);
  const same = JSON.stringify(together) === JSON.stringify(alone);
  const loss = `${together.mean.toFixed(4)} nats a flower`;
  console.log(`sd ${sd}: ${loss}, ${same ? "the bits of one thread" : "other bits"}`);
}
pool.close();
