import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { UserError } from "./errors.js";
import { type Print, wrap } from "./format.js";
import { digits } from "./tourDigits.js";
import { threeSchools } from "./tourSchools.js";

/** `surprisal` without a command: what it is, shown by fits of two real data sets. */
export function tour(): void {
  const cancer = locate("breast_cancer.csv");
  const pixels = locate("digits.csv");
  print(
    "",
    wrap(
      "Surprisal is -log p: what an observation costs under a model, in nats. Maximum likelihood pays as little as possible for the data; MAP pays for the parameters too; empirical risk calls the first a loss and the second a penalty. One objective, three schools.",
    ),
    "",
  );
  threeSchools(cancer, print);
  digits(pixels, print);
  print(wrap("Your own data: surprisal fit <file.csv> --target <column>      All commands: surprisal --help"), "");
}

/** Writes lines of the tour. */
const print: Print = (...lines) => {
  process.stdout.write(lines.map((line) => `${line}\n`).join(""));
};

/** An example file: beside the package, or under the current directory. */
function locate(name: string): string {
  const places = [fileURLToPath(new URL(`../examples/data/${name}`, import.meta.url)), `examples/data/${name}`];
  const found = places.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new UserError(
    `the tour reads examples/data/${name}, which comes with the source repository and is not here; for a fit of your own data: surprisal fit <file.csv> --target <column>`,
  );
}
