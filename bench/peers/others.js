// Plain loops, @stdlib and ml-logistic-regression: float64.
import expit from "@stdlib/math-base-special-expit";
import LogisticRegression from "ml-logistic-regression";
import { Matrix } from "ml-matrix";
import * as plain from "../plain.js";

/** Name of the peer → kind of work → way. */
export const others = {
  plain: {
    logisticGradient({ x, y, columns, w }) {
      const out = new Float64Array(columns + 1);
      return () => plain.logisticGradient(x, y, columns, w, out);
    },
    softmaxCrossEntropy({ x, y, columns }) {
      const out = new Float64Array(x.length);
      return () => plain.softmaxCrossEntropy(x, y, columns, out);
    },
    binaryCrossEntropy({ x, y }) {
      const out = new Float64Array(x.length);
      return () => plain.binaryCrossEntropy(x, y, out);
    },
    logSumExp:
      ({ x }) =>
      () =>
        plain.logSumExp(x),
  },
  stdlib: {
    sigmoid({ x }) {
      const out = new Float64Array(x.length);
      return () => {
        for (let i = 0; i < x.length; i++) out[i] = expit(x[i]);
        return out[0];
      };
    },
  },
  "ml-logistic-regression": {
    logisticFit({ x, y, rows, columns }) {
      if (rows * columns > 1e4) return null;
      const X = Matrix.from1DArray(rows, columns, Array.from(x));
      const Y = Matrix.columnVector(Array.from(y));
      return () => {
        const model = new LogisticRegression();
        model.train(X, Y);
        return model.classifiers[0].weights.get(0, 0);
      };
    },
  },
};
