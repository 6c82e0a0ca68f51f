/**
 * Draws the reference films in a thread of its own: one takes half a second,
 * in which the worker would tell nobody that it is alive. A thread does not
 * take over its parent's TypeScript loader on every supported Node.
 */
import { parentPort } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
const { encodePhantomPng, makePhantom } = await import("@lung-iris/phantom");

parentPort?.on("message", async (options) => {
  const phantom = makePhantom(options);
  const bytes = await encodePhantomPng(phantom, { bits: 8 });
  parentPort?.postMessage({
    bytes,
    boxes: phantom.boxes,
    sex: phantom.truth.sex,
    ageYears: phantom.truth.ageYears,
  });
});
