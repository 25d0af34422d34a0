import { priors, type Prior } from "../index.js";
import { UserError, didYouMean } from "./errors.js";
import { parseNumber } from "./table.js";
import type { LikelihoodName } from "./target.js";

/** A likelihood as the command line writes it: `bernoulli`, `categorical`, `gaussian` or `gaussian:sd=2`. */
export interface LikelihoodSpec {
  readonly name: LikelihoodName;
  /** Known standard deviation of gaussian noise. */
  readonly sd: number | undefined;
}

const likelihoods = ["bernoulli", "categorical", "gaussian"] as const;

export function parseLikelihood(text: string): LikelihoodSpec {
  const { kind, sd } = parseSpec("--likelihood", text, likelihoods);
  if (sd !== undefined && kind !== "gaussian") throw new UserError(`--likelihood ${text}: ${kind} has no sd`);
  return { name: kind, sd };
}

/** A prior as the command line writes it: `flat` or `normal:sd=1`. */
export function parsePrior(text: string): Prior {
  const { kind, sd } = parseSpec("--prior", text, ["flat", "normal"] as const);
  if (kind === "flat") {
    if (sd !== undefined) throw new UserError(`--prior ${text}: flat has no sd`);
    return priors.flat();
  }
  if (sd === undefined) throw new UserError(`--prior ${text}: say how wide, as in normal:sd=1`);
  return priors.normal({ sd });
}

/** `kind` or `kind:sd=<number above 0>`. */
function parseSpec<Kind extends string>(
  option: string,
  text: string,
  kinds: readonly Kind[],
): { kind: Kind; sd: number | undefined } {
  const colon = text.indexOf(":");
  const kind = kinds.find((known) => known === (colon < 0 ? text : text.slice(0, colon)).trim());
  if (kind === undefined) {
    throw new UserError(`${option} ${text}: expected ${kinds.join(", ")}${didYouMean(text.split(":")[0], kinds)}`);
  }
  if (colon < 0) return { kind, sd: undefined };
  const [, value] = /^\s*sd\s*=(.*)$/.exec(text.slice(colon + 1)) ?? [];
  const sd = value === undefined ? undefined : parseNumber(value.trim());
  if (sd === undefined || !(sd > 0 && sd < Infinity)) {
    throw new UserError(`${option} ${text}: expected ${kind}:sd=<number above 0>`);
  }
  return { kind, sd };
}
