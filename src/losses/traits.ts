/** What a loss declares of itself as a function of a row's scores; every trait is tested. */
export interface Traits {
  /** Its Hessian is positive semidefinite everywhere. */
  readonly convex: boolean;
  /** No second minimiser: its Hessian is positive definite everywhere (for several scores: but for a common shift). */
  readonly strictlyConvex: boolean;
  /** It has a continuous second derivative. */
  readonly smooth: boolean;
  /** Its expectation is least where the scores state the distribution of the target that they stand for. */
  readonly proper: boolean;
  /** Least bound on the length of its gradient, Infinity where there is none. */
  readonly lipschitz: number;
}

/** Options of a factory of losses as plain data. */
export type LossSettings = Readonly<Record<string, number | ArrayLike<number> | undefined>>;
