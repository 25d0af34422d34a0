import { type Part, entry } from "../entry.js";
import { ordinary } from "../inputs.js";

/** Sparse rows: evaluations, products and fits, with few columns and with many. */
export const sparseRows: Part = function* (library) {
  const { random, dataset, sparse, fromSvmlight, toSvmlight, objective, minimize, optimizers, losses, penalties } =
    library;
  const generator = random(61);
  for (const [rows, columns, share] of [
    [300, 12, 0.3],
    [500, 3000, 0.004],
  ] as const) {
    const [values, columnIndices, rowPointers]: number[][] = [[], [], [0]];
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        if (generator.uniform() >= share) continue;
        values!.push(ordinary(generator, 1)[0]);
        columnIndices!.push(j);
      }
      rowPointers!.push(values!.length);
    }
    const x = sparse({ values: values!, columnIndices: columnIndices!, rowPointers: rowPointers!, columns });
    const weights = ordinary(generator, rows).map((value) => value * value);
    for (const classes of [2, 3]) {
      const y = Float64Array.from({ length: rows }, () => generator.integer(classes));
      const loss = classes === 2 ? losses.binaryCrossEntropy() : losses.softmaxCrossEntropy({ classes });
      const target = objective({ data: dataset(x, y, { weights }), loss, penalty: penalties.l2(0.01) });
      const theta = ordinary(generator, target.size).map((value) => value / 8);
      const along = ordinary(generator, target.size);
      const of = `${rows} x ${columns}, ${classes} classes`;
      const { value, gradient } = target.valueAndGradient(theta);
      yield entry(
        `sparse rows: evaluation of ${of}`,
        "objective({ data: dataset(sparse(...), y), ... })",
        value,
        gradient,
      );
      const product = target.hessianVector(theta, along);
      yield entry(`sparse rows: product of ${of}`, "objective.hessianVector(θ, direction)", product);
      if (columns < 100) {
        yield entry(`sparse rows: Hessian of ${of}`, "objective.hessian(θ)", target.hessian(theta));
      }
      for (const optimizer of [optimizers.lbfgs(), optimizers.newtonCG()]) {
        const { parameters } = minimize(target, { optimizer, tolerance: 1e-8 });
        yield entry(`sparse rows: ${optimizer.name} of ${of}`, "minimize(objective)", parameters);
      }
      if (target.outputs > 1) continue;
      const kinked = objective({ data: target.data, loss: target.loss, penalty: penalties.l1(0.01) });
      const { parameters } = minimize(kinked, { optimizer: optimizers.coordinateDescent() });
      yield entry(`sparse rows: coordinateDescent of ${of}`, "minimize(objective)", parameters);
    }
    const read = fromSvmlight(toSvmlight(x, weights));
    yield entry(`sparse rows: svmlight of ${rows} x ${columns}`, "fromSvmlight(text)", read.x.values, read.y);
    const scaled = dataset(x, weights, { standardize: true }).moments!;
    yield entry(`sparse rows: scale of ${rows} x ${columns}`, "dataset(sparse(...), y).moments", scaled.scale);
  }
};
