import type { Benchmark, Measurement } from "./benchmark.ts";
import { PeerTwins } from "./mutation-peer.ts";
import { runMutations, type MutationTally } from "./mutation-run.ts";

/** Of each kind; `LUNG_IRIS_MUTATIONS` in the environment is another number. */
const FILMS = Number(process.env["LUNG_IRIS_MUTATIONS"] ?? 1000);
/** `LUNG_IRIS_MUTATION_SEED` is another beginning. */
const SEED = Number(process.env["LUNG_IRIS_MUTATION_SEED"] ?? 1);
/** `LUNG_IRIS_MUTATION_KINDS`: parts of names, with commas between; all without. */
const KINDS = (process.env["LUNG_IRIS_MUTATION_KINDS"] ?? "")
  .split(",")
  .map((part) => part.trim())
  .filter((part) => part !== "");
/** `LUNG_IRIS_MUTATION_PEER=1` compares with pydicom's picture of the whole film. */
const BESIDE_PEER = process.env["LUNG_IRIS_MUTATION_PEER"] === "1";

/**
 * Films cut, overwritten and bit-flipped, in every format and codec: how many
 * are shown as whole although their picture is another one. The bar is none.
 */
export const mutationsBenchmark: Benchmark = {
  name: "mutations",
  description: `${String(FILMS)} damaged films of each format and codec: refused, said, or wrong without a word`,
  async run(note) {
    const tallies = await (BESIDE_PEER
      ? runBesidePeer()
      : runMutations(FILMS, SEED, KINDS));
    for (const tally of tallies) for (const line of tally.silent) note(line);
    return tallies.flatMap(measurementsOf);
  },
};

async function runBesidePeer(): Promise<MutationTally[]> {
  const peer = new PeerTwins();
  try {
    return await runMutations(FILMS, SEED, KINDS, (twin, own) =>
      peer.film(twin, own),
    );
  } finally {
    peer.close();
  }
}

function measurementsOf(tally: MutationTally): Measurement[] {
  const { name, films, refused, damaged, warned, warnedWrong, whole, silent } =
    tally;
  const entry = (what: string, value: number) => ({
    what: `${name}: ${what}`,
    value,
    unit: "films",
  });
  return [
    entry("damaged films", films),
    entry("refused", refused),
    entry("shown as damaged", damaged),
    entry("assessed with another warning, picture within 2 %", warned),
    entry("assessed with another warning, picture wrong", warnedWrong),
    entry("shown as whole, picture within 2 %", whole),
    {
      ...entry("shown as whole, picture wrong", silent.length),
      budget: "0",
      met: silent.length === 0,
    },
  ];
}
