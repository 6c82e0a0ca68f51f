export { createViewer } from "./viewer.ts";
