export {
  packLayer,
  layerForward,
  layerBackward,
  layerGradient,
  multiply,
  carryNode,
} from "./layer";
