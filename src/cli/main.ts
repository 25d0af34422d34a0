import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { UserError, didYouMean, isRefusal } from "./errors.js";
import { fitCommand, type FitOptions } from "./fit.js";
import { predictCommand } from "./predict.js";
import { tour } from "./tour.js";

function version(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

function list(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.includes("")) throw new UserError(`--features ${text}: expected names separated by commas`);
  return names;
}

const program = new Command("surprisal")
  .description("Fits of likelihoods, priors and losses, with the same bits everywhere. Without a command: a tour.")
  .version(version(), "-v, --version", "print the version")
  .helpOption("-h, --help", "print this help")
  .helpCommand("help [command]", "print the help of a command")
  .configureOutput({ outputError: (text, write) => write(`${text.trim().replaceAll(/\s*\n\s*/g, " ")}\n`) })
  .exitOverride()
  .allowExcessArguments()
  .action(() => {
    const [unknown] = program.args;
    if (unknown === undefined) return tour();
    throw new UserError(`unknown command "${unknown}"${didYouMean(unknown, ["fit", "predict", "help"])}`);
  });

program
  .command("fit")
  .description("fit a model to a CSV file with a header row, and print it")
  .allowExcessArguments(false)
  .argument("<file.csv>", "the table")
  .option("--target <column>", "the column to explain")
  .option("--likelihood <name>", "bernoulli, categorical, gaussian or gaussian:sd=<number> (default: by the target)")
  .option("--prior <prior>", "of the coefficients: flat or normal:sd=<number>", "flat")
  .option("--features <columns>", "columns to explain it by, separated by commas (default: all others)", list)
  .option("--weights <column>", "the column of row weights")
  .option("--standardize", "let the prior act per standard deviation of each column")
  .option("--out <model.json>", "write the fitted model to this file")
  .action((path: string, { target, ...options }: Partial<FitOptions> & { prior: string }) => {
    if (target === undefined) throw new UserError("say which column to explain: --target <column>");
    fitCommand(path, { target, ...options });
  });

program
  .command("predict")
  .description("predict the rows of a CSV file by a fitted model")
  .allowExcessArguments(false)
  .argument("<model.json>", "a model written by fit --out")
  .argument("<file.csv>", "a table with the columns of the model")
  .option("--out <predictions.csv>", "write to this file instead of standard output")
  .action(predictCommand);

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

try {
  program.parse();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else if (error instanceof UserError || isRefusal(error)) {
    process.stderr.write(`error: ${error.message.replaceAll("\n", " ")}\n`);
    process.exitCode = 1;
  } else throw error;
}
