import { fail } from "../check.js";
import type { Label } from "../estimators/labels.js";
import { refuseJoint } from "../likelihoods/joint.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import { type Link, inverseLinkOf, isBinary } from "../likelihoods/link.js";
import type { Loss } from "../losses/loss.js";
import type { Optimizer } from "../optimizers/optimizer.js";

/** Names of columns, frozen. Throws naming what is wrong. */
export function checkNames(names: unknown): readonly string[] {
  if (!Array.isArray(names)) fail("type", "names", "an array of strings", names);
  if (names.length === 0) fail("range", "names", "at least one column", names);
  const own = Array.from(names as unknown[], (name, row) =>
    typeof name === "string" ? name : fail("type", "names", "a string", name, { row }),
  );
  if (new Set(own).size !== own.length) fail("range", "names", "strings that all differ", names);
  return Object.freeze(own);
}

/**
 * As many classes as the link has, frozen, or null. A loss without a likelihood has no link: two classes for one score.
 * Throws naming what is wrong.
 */
export function checkClasses(classes: unknown, link: Link | null, outputs: number): readonly Label[] | null {
  const several = link === "softmax" || link === null;
  const count = several ? Math.max(2, outputs) : isBinary(link) ? 2 : 0;
  if (!several && inverseLinkOf(link) === null) fail("type", "likelihood", "one without thresholds", link);
  if (classes === undefined) return null;
  if (count === 0) fail("type", "classes", "nothing beside a likelihood of numbers", classes);
  if (!Array.isArray(classes)) fail("type", "classes", `an array of ${count} labels`, classes);
  if (classes.length !== count) fail("range", "classes", `an array of ${count} labels`, classes);
  const own = Array.from(classes as unknown[], (label, row) =>
    typeof label === "string" || typeof label === "boolean" || (typeof label === "number" && Number.isFinite(label))
      ? label
      : fail("type", "classes", "strings, finite numbers or booleans", label, { row }),
  );
  if (new Set(own).size !== own.length) fail("range", "classes", "labels that all differ", classes);
  return Object.freeze(own);
}

/** The loss that is learned and the link of its likelihood, null where it has none. Throws naming what is wrong. */
export function checkLoss(options: { readonly likelihood?: unknown; readonly loss?: unknown }): {
  loss: Loss;
  link: Link | null;
} {
  const { likelihood, loss } = options as { readonly likelihood?: Likelihood; readonly loss?: Loss };
  const given = loss !== undefined ? loss : likelihood?.loss;
  if (typeof given?.kernels !== "function") {
    const argument = loss !== undefined ? "loss" : "likelihood";
    fail("type", argument, "one of this library's", loss !== undefined ? loss : likelihood);
  }
  if (loss !== undefined && likelihood !== undefined) fail("type", "loss", "nothing beside a likelihood", loss);
  refuseJoint(likelihood);
  return { loss: given, link: (likelihood ?? given.likelihood)?.link ?? null };
}

/** Throws a TypeError unless it steps by a gradient from elsewhere, on all rows it is given. */
export function checkOptimizer(optimizer: unknown): void {
  const { take, needs, options } = (optimizer ?? {}) as Partial<Optimizer>;
  const expected = "a stochastic optimizer without batchSize, epochs, validation and patience, such as sgd()";
  if (typeof take !== "function" || needs === undefined) fail("type", "optimizer", expected, optimizer);
  const given = Object.keys(options ?? {});
  const refused = ["batchSize", "epochs", "validation", "patience"].find((key) => given.includes(key));
  if (refused !== undefined) fail("type", "optimizer", expected, `one with ${refused}`);
}

/** Rows of x, after checking that both lengths fit. */
export function checkInto(x: unknown, out: unknown, columns: number, outputs: number): number {
  if (!(x instanceof Float64Array)) fail("type", "x", "a Float64Array", x);
  if (!(out instanceof Float64Array)) fail("type", "out", "a Float64Array", out);
  if (x.length === 0 || x.length % columns !== 0) fail("range", "x", `rows of ${columns} numbers`, x);
  const rows = x.length / columns;
  if (out.length !== rows * outputs) fail("range", "out", `a Float64Array of length ${rows * outputs}`, out);
  if (x.buffer === out.buffer) fail("range", "out", "another memory than that of x", "the same");
  return rows;
}
