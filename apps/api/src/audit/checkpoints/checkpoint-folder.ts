import { createReadStream } from "node:fs";
import { appendFile, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { ChainBreak, ChainEnd, KnownEvent } from "../chain.ts";
import { checkpointLine, readCheckpointLine } from "./checkpoint.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { makeCheckpointKey, readCheckpointKey } from "./checkpoint-key.ts";

export interface KnownCheckpoints {
  /** What the chain must contain. */
  known: KnownEvent[];
  /** The one with the highest number; null where there is none. */
  newest: Checkpoint | null;
  /** A checkpoint that cannot be trusted, with what is wrong. */
  problem: ChainBreak | null;
}

/**
 * `checkpoints` of the data folder: a file a month, to which any number of
 * processes append (a short line is written in one piece). The key lies in
 * `secrets`, so that whoever rules the database alone can neither take a
 * checkpoint back nor write one.
 */
export class CheckpointFolder {
  readonly #dataFolder: string;

  constructor(dataFolder: string) {
    this.#dataFolder = dataFolder;
  }

  get path(): string {
    return join(this.#dataFolder, "checkpoints");
  }

  async append({ seq, hash }: ChainEnd, now: Date): Promise<Checkpoint> {
    const key = await makeCheckpointKey(this.#dataFolder);
    const checkpoint = { seq, hash, at: now.toISOString() };
    await mkdir(this.path, { recursive: true, mode: 0o700 });
    const file = join(this.path, `${checkpoint.at.slice(0, 7)}.jsonl`);
    await appendFile(file, checkpointLine(key, checkpoint), { mode: 0o600 });
    return checkpoint;
  }

  /** All that were ever noted down; a line torn by a kill is passed over. */
  async read(): Promise<KnownCheckpoints> {
    const result: KnownCheckpoints = { known: [], newest: null, problem: null };
    const files = await this.#files();
    if (files.length === 0) return result;
    const key = await readCheckpointKey(this.#dataFolder);
    if (key === null) {
      const problem =
        "there are checkpoints, but secrets/checkpoint-key of the data folder is missing: put it back from a copy";
      return { ...result, problem: { seq: null, problem } };
    }
    for (const file of files) await this.#readFile(file, key, result);
    return result;
  }

  async #readFile(
    file: string,
    key: string,
    result: KnownCheckpoints,
  ): Promise<void> {
    const input = createReadStream(join(this.path, file));
    for await (const text of createInterface({ input })) {
      if (text === "") continue;
      const checkpoint = readCheckpointLine(key, text);
      if (checkpoint === "torn") continue;
      if (checkpoint === "forged") {
        result.problem ??= {
          seq: null,
          problem: `a line of checkpoints/${file} was not written with this desk's key: edited, or the key was changed`,
        };
        continue;
      }
      const { seq, hash, at } = checkpoint;
      result.known.push({ seq, hash, source: `checkpoint of ${at}` });
      const newest = result.newest;
      if (newest === null || BigInt(seq) > BigInt(newest.seq))
        result.newest = checkpoint;
    }
  }

  async #files(): Promise<string[]> {
    try {
      const names = await readdir(this.path);
      return names.filter((name) => name.endsWith(".jsonl")).sort();
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT")
        return [];
      throw error;
    }
  }
}
