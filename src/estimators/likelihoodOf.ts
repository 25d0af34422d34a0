import { bernoulli } from "../likelihoods/bernoulli.js";
import { categorical } from "../likelihoods/categorical.js";
import { gamma } from "../likelihoods/gamma.js";
import { gaussian } from "../likelihoods/gaussian.js";
import type { Likelihood } from "../likelihoods/likelihood.js";
import { type Link, isBinary } from "../likelihoods/link.js";
import { negativeBinomial } from "../likelihoods/negativeBinomial.js";
import { ordinal } from "../likelihoods/ordinal.js";
import { poisson } from "../likelihoods/poisson.js";
import type { FitRecord } from "./fit.js";

/** The likelihood that a fit names, with what the fit knows of its numbers; null where it names a loss, or needs more. */
export function likelihoodOf(fit: FitRecord): Likelihood | null {
  const { name, link, sd, shape, dispersion, thresholds, statement } = fit;
  switch (name) {
    case "bernoulli":
      return isBinary(link) ? bernoulli({ link: link as Link & ("logit" | "probit" | "complementaryLogLog") }) : null;
    case "categorical":
      return categorical({ classes: fit.intercepts.length });
    case "gaussian":
      return statement.estimated || sd === null ? gaussian() : gaussian({ sd });
    case "gamma":
      return statement.estimated || shape === null ? gamma() : gamma({ shape });
    case "negativeBinomial":
      if (dispersion === null) return null;
      return dispersion === 0 ? poisson() : negativeBinomial({ dispersion });
    case "ordinal":
      return thresholds === null ? null : ordinal({ classes: thresholds.length + 1, thresholds });
    case "poisson":
      return poisson();
    default:
      return null;
  }
}
