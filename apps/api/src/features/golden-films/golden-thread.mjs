// A thread does not take over the TypeScript loader of its parent on every
// supported Node, so it brings its own.
import { parentPort } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
const { makeGoldenFilms } = await import("./make-golden-films.ts");
parentPort?.postMessage(await makeGoldenFilms());
