import type { SmoothTerm } from "./terms.js";
import type { Each } from "./each.js";

/** The numbers of a prior of one parameter, by name; `mean` is where it is centred. */
export type Numbers<K extends string> = Readonly<Record<K | "mean", number>>;

/** The numbers of a prior of every coefficient. */
export type EachNumber<K extends string> = Readonly<Record<K | "mean", Each>>;

/** What one parameter adds: ½·precision·r² + rate·|r| + smooth(r). */
export interface Term {
  readonly precision: number;
  readonly rate: number;
  readonly smooth: SmoothTerm | null;
}

/** A family of distributions of one parameter. */
export interface Family<K extends string> {
  readonly name: string;
  /** The penalty that members of it are. */
  readonly penalty: "l1" | "l2" | "elasticNet" | null;
  /** Which numbers users give. */
  readonly shown: readonly K[];
  readonly proper: boolean;
  /** True for one of a user's own, which JSON cannot hold. */
  readonly custom?: true;
  term(numbers: Numbers<K>): Term;
  /** log density at a distance from the mean, constant included. */
  logDensity(numbers: Numbers<K>, distance: number): number;
  /** The numbers of the density to the power k, but for its constant: in this family, unless `powers` is another. */
  power(numbers: Numbers<K>, k: number): Numbers<K>;
  readonly powers?: Family<K>;
}
