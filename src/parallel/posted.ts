/**
 * What losses, likelihoods and other options are on the way to a worker: a name and plain data.
 *
 * @module
 */

import { fail } from "../check.js";
import { gammaOf } from "../likelihoods/families/gamma.js";
import { gaussianOf } from "../likelihoods/families/gaussian.js";
import { asymmetricLaplaceOf, laplaceOf } from "../likelihoods/families/asymmetricLaplace.js";
import { tweedieFamily } from "../likelihoods/families/tweedie.js";
import { bernoulli } from "../likelihoods/bernoulli.js";
import type { BinaryLink } from "../likelihoods/families/bernoulli.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import { negativeBinomial } from "../likelihoods/negativeBinomial.js";
import * as losses from "../losses/index.js";
import type { Loss } from "../losses/loss.js";
import type { LossSettings } from "../losses/traits.js";
import type { Optimizer } from "../optimizers/optimizer.js";
import { makeOptimizer } from "../optimizers/registry.js";
import { penaltyFromJSON } from "../penalties/penaltyFromJSON.js";
import type { Prior } from "../priors/prior.js";
import { priorFromJSON } from "../priors/priorFromJSON.js";

/** A loss on its way. */
export interface PostedLoss {
  readonly name: string;
  readonly options: LossSettings;
  /** What it costs at a few scores: the one that is made of it must cost the same. */
  readonly probe: readonly number[];
}

/** A likelihood on its way. */
export interface PostedLikelihood {
  readonly name: string;
  readonly loss: PostedLoss;
  readonly link: string;
  readonly dispersion: number | null;
  readonly probe: readonly number[];
}

const makers = losses as unknown as Readonly<Record<string, (options?: object) => Loss>>;

/** A loss of this library by its name and options. */
function makeLossOf(name: string, options: LossSettings): Loss | null {
  if (name === "custom" || !Object.hasOwn(makers, name)) return null;
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return makers[name]!(given.length === 0 ? undefined : Object.fromEntries(given));
}

/** Scores at which a loss is looked at. */
const SCORES = [0.75, -1.25, 0.5, 2.125];

/** Options that have a number for every row of the data. */
const BY_ROW = ["exposure", "trials"];

const isByRow = ([name, value]: [string, unknown]): boolean => BY_ROW.includes(name) && typeof value === "object";

/** Numbers that tell a loss from others of its name; none where it is made for certain rows. */
function probeLoss(loss: Loss): number[] {
  const { classes, options } = loss;
  if (Object.entries(options ?? {}).some(isByRow)) return [];
  return SCORES.flatMap((_, at) => {
    const scores = Array.from({ length: classes }, (_, k) => SCORES[(at + k) % SCORES.length]! + k / 8);
    try {
      return [...loss.each(scores, [1])];
    } catch {
      return [...loss.each(scores, new Float64Array(classes).fill(1))];
    }
  });
}

/** Numbers that tell a likelihood from others of its name. */
function probeLikelihood(likelihood: Likelihood): number[] {
  const { loss, dispersion } = likelihood;
  if (probeLoss(loss).length === 0 || loss.classes > 1) return [];
  const options = dispersion === null ? { dispersion: 1 } : {};
  const seen: number[] = [];
  for (const look of [
    () => likelihood.constant([1], options),
    () => likelihood.mean(SCORES),
    () => likelihood.variance(SCORES, options),
  ]) {
    try {
      seen.push(...look());
    } catch {
      seen.push(NaN);
    }
  }
  return seen;
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, k) => Object.is(value, b[k]));
}

/** The loss as plain data; null where it holds functions that cannot be sent. */
export function tryPostLoss(loss: Loss): PostedLoss | null {
  const { name, options } = loss;
  if (options === null) return null;
  const posted = { name, options };
  try {
    const again = makeLossOf(name, options);
    const probe = probeLoss(loss);
    return again !== null && isSame(probe, probeLoss(again)) ? { ...posted, probe } : null;
  } catch {
    return null;
  }
}

/** The loss again. */
export function readLoss({ name, options, probe }: PostedLoss): Loss {
  const loss = makeLossOf(name, options);
  if (loss === null || !isSame(probeLoss(loss), probe)) fail("range", "loss", "a loss of this version", name);
  return loss;
}

/** The loss of some rows. */
export function lossOfRows(loss: PostedLoss, begin: number, end: number): PostedLoss {
  const options = Object.entries(loss.options).map((option) => {
    const [name, value] = option;
    return isByRow(option) ? [name, Array.from(value as ArrayLike<number>).slice(begin, end)] : [name, value];
  });
  return { ...loss, options: Object.fromEntries(options) as LossSettings };
}

function makeLikelihoodOf({
  name,
  loss: posted,
  link,
  dispersion,
}: Omit<PostedLikelihood, "probe">): Likelihood | null {
  if (name === "bernoulli") return bernoulli({ link: link as BinaryLink });
  if (name === "negativeBinomial" && dispersion === null) return negativeBinomial();
  const loss = readLoss(posted);
  if (name === "gaussian" && loss.name === "squaredError") return gaussianOf(loss, dispersion);
  if (name === "gamma") return gammaOf(loss, dispersion);
  if (name === "laplace") return laplaceOf(loss, dispersion!);
  if (name === "asymmetricLaplace") return asymmetricLaplaceOf(loss, loss.options!["level"] as number, dispersion!);
  if (name === "tweedie") return tweedieFamily(loss, loss.options!["power"] as number, dispersion);
  return loss.likelihood;
}

function tryPostLikelihood(likelihood: Likelihood): PostedLikelihood | null {
  const { name, link, dispersion } = likelihood;
  const unknown = name === "negativeBinomial" && dispersion === null;
  const loss = unknown ? { name, options: { dispersion: 1 }, probe: [] } : tryPostLoss(likelihood.loss);
  if (loss === null || likelihood.joint !== undefined) return null;
  const posted = { name, loss, link, dispersion };
  if (unknown) return { ...posted, probe: [] };
  const again = makeLikelihoodOf(posted);
  const probe = probeLikelihood(likelihood);
  const same = again !== null && again.name === name && again.link === link && again.dispersion === dispersion;
  return same && isSame(probe, probeLikelihood(again)) ? { ...posted, probe } : null;
}

/** An option on its way. */
type Posted =
  | { readonly as: "plain"; readonly value: unknown }
  | { readonly as: "prior" | "penalty"; readonly value: unknown }
  | { readonly as: "loss"; readonly value: PostedLoss }
  | { readonly as: "likelihood"; readonly value: PostedLikelihood }
  | { readonly as: "optimizer"; readonly value: { readonly name: string; readonly options: unknown } };

/** Options on their way. */
export type PostedOptions = Readonly<Record<string, Posted>>;

function refuse(name: string, value: unknown): never {
  const expected = "one of this library's: functions of your own cannot be sent to a worker";
  return fail("type", name, expected, value);
}

/** Whether it is, or holds, what cannot be sent: functions and symbols. */
function staysHere(value: unknown, depth = 0): boolean {
  if (typeof value === "function" || typeof value === "symbol") return true;
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value) || depth > 3) return false;
  return Object.values(value).some((part) => staysHere(part, depth + 1));
}

function postOption(name: string, value: unknown): Posted {
  const plain = { as: "plain", value } as const;
  if (typeof value !== "object" || value === null) return staysHere(value) ? refuse(name, value) : plain;
  if (name === "prior" || name === "penalty") {
    const { toJSON } = value as Partial<Prior>;
    if (typeof toJSON === "function")
      return { as: name, value: tryToJSON(name, value as Prior) ?? refuse(name, value) };
  }
  if (name === "loss" && typeof (value as Partial<Loss>).kernels === "function") {
    return { as: name, value: tryPostLoss(value as Loss) ?? refuse(name, (value as Loss).name) };
  }
  if (name === "likelihood" && typeof (value as Partial<Likelihood>).logDensity === "function") {
    return { as: name, value: tryPostLikelihood(value as Likelihood) ?? refuse(name, (value as Likelihood).name) };
  }
  if (name === "optimizer") return postOptimizer(value as Optimizer) ?? refuse(name, value);
  // What makes no sense is refused where it is read, in words of its own.
  return staysHere(value) ? refuse(name, value) : plain;
}

/** A prior or penalty as JSON that can be read again; null for one's own. */
function tryToJSON(name: "prior" | "penalty", value: Prior): unknown {
  try {
    const json = value.toJSON();
    if (name === "prior") priorFromJSON(name, json);
    else penaltyFromJSON(name, json);
    return json;
  } catch {
    return null;
  }
}

function postOptimizer(optimizer: Optimizer): Posted | null {
  const { name, options } = optimizer;
  if ((name as string) === "auto") return { as: "plain", value: undefined };
  try {
    makeOptimizer(name, options);
  } catch {
    return null;
  }
  return { as: "optimizer", value: { name, options } };
}

/** Options as plain data, without those left out; refuses, by name, what holds functions of one's own. */
export function postOptions(options: object, without: readonly string[] = []): PostedOptions {
  const entries = Object.entries(options).filter(([name, value]) => value !== undefined && !without.includes(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, postOption(name, value)]));
}

/** The options again. */
export function readOptions(posted: PostedOptions): Record<string, unknown> {
  const read = Object.entries(posted).map(([name, option]) => [name, readOption(option)] as const);
  return Object.fromEntries(read.filter(([, value]) => value !== undefined));
}

function readOption(option: Posted): unknown {
  switch (option.as) {
    case "prior":
      return priorFromJSON("prior", option.value);
    case "penalty":
      return penaltyFromJSON("penalty", option.value);
    case "loss":
      return readLoss(option.value);
    case "likelihood":
      return makeLikelihoodOf(option.value);
    case "optimizer":
      return makeOptimizer(option.value.name, option.value.options);
    default:
      return option.value;
  }
}
