/**
 * Estimates passwords in a thread of its own: reading the word lists takes
 * half a second and a hostile password most of another, in which the API
 * would answer nobody. Plain JavaScript, so that the thread needs no loader.
 */
import { parentPort, workerData } from "node:worker_threads";
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import * as common from "@zxcvbn-ts/language-common";
import * as english from "@zxcvbn-ts/language-en";

const estimator = new ZxcvbnFactory({
  dictionary: {
    ...common.dictionary,
    ...english.dictionary,
    hospital: workerData.words,
  },
  graphs: common.adjacencyGraphs,
  // Cost grows with the length; what comes after is only more.
  maxLength: workerData.maxLength,
});

parentPort?.on("message", ({ id, password, personal }) => {
  const { guessesLog10 } = estimator.check(password, personal);
  parentPort?.postMessage({ id, guessesLog10 });
});
