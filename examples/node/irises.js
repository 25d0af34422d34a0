// Tells three kinds of irises apart and says how sure it is of a new one.
import { readFileSync } from "node:fs";
import { priors, softmaxRegression } from "surprisal";

const kinds = ["setosa", "versicolor", "virginica"];
const csv = readFileSync(new URL("../data/iris.csv", import.meta.url), "utf8");
const rows = csv
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => line.split(",").map(Number));

// Sepal length and width, petal length and width, in cm.
const X = rows.map(([, ...measurements]) => measurements);
const y = rows.map(([target]) => kinds[target]);

const fit = softmaxRegression(X, y, { prior: priors.normal({ sd: 2 }), standardize: true });
console.log(fit.status, "after", fit.iterations, "iterations:", fit.reason);

const right = fit.predict(X).filter((kind, i) => kind === y[i]).length;
console.log(`${right} of ${y.length} are told right`);

const flower = [6.1, 2.8, 4.9, 1.7];
const probabilities = fit.predictProbabilities([flower]);
fit.classes.forEach((kind, i) => console.log(kind.padEnd(12), probabilities[i].toFixed(3)));
