export { exp } from "./t";
