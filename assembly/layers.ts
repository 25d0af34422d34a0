export {
  packLayer,
  layerForward,
  layerBackward,
  layerGradient,
  multiply,
  carryNode,
} from "./layer";
export {
  rectify,
  tanhSlopes,
  sigmoidSlopes,
} from "./activation";
