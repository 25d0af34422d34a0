import { type Choice, type Choosable, NEWTON_SIZE } from "./choice.js";
import { dualCoordinateDescent } from "./dualCoordinateDescent.js";
import { isSquared } from "./dualTable.js";
import { interiorPoint } from "./interiorPoint.js";

/**
 * What minimises a sum of pieces without a Hessian; null where something else does. Losses of pieces bring this along, so
 * that fits by smooth losses carry none of it.
 */
export function choosePieces({ size, capabilities, pieces }: Choosable): Choice | null {
  if (pieces !== undefined && isSquared(pieces) && (pieces.sparse !== undefined || size > NEWTON_SIZE)) {
    const why = pieces.sparse === undefined ? `${size} parameters are more than ${NEWTON_SIZE}` : "the rows are sparse";
    return {
      optimizer: dualCoordinateDescent(),
      reason: `dualCoordinateDescent, because the loss has kinks and ${why}.`,
    };
  }
  // A smooth loss of many sparse columns has products with its Hessian.
  if (capabilities.includes("hessianVector")) return null;
  return {
    optimizer: interiorPoint(),
    reason: "interiorPoint, because the loss has kinks, at which gradients say too little.",
  };
}
