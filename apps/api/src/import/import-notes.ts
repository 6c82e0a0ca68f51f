import { createHash } from "node:crypto";
import { appendFile, mkdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { FoundFile } from "./find-films.ts";

const lineSchema = z.object({
  path: z.string(),
  size: z.number(),
  changedAt: z.number(),
  outcome: z.enum(["accepted", "duplicate", "refused", "set-aside"]),
});

export type NotedOutcome = z.output<typeof lineSchema>["outcome"];

/**
 * What earlier runs have brought to an end, one line a file, so that a run
 * that was killed goes on. A line cut off by the kill is not counted.
 */
export class ImportNotes {
  readonly #file: string;
  readonly #done: Map<string, NotedOutcome>;

  private constructor(file: string, done: Map<string, NotedOutcome>) {
    this.#file = file;
    this.#done = done;
  }

  /** Opens the notes of imports to one address, in the folder. */
  static async open(
    folder: string,
    url: string,
    isFresh: boolean,
  ): Promise<ImportNotes> {
    const name = createHash("sha256").update(url).digest("hex").slice(0, 16);
    const file = join(folder, `${name}.jsonl`);
    await mkdir(dirname(file), { recursive: true });
    if (isFresh) await rm(file, { force: true });
    const text = await readFile(file, "utf8").catch(() => "");
    // A line without its end would run into the next one.
    if (text !== "" && !text.endsWith("\n")) await appendFile(file, "\n");
    const done = new Map<string, NotedOutcome>();
    for (const line of text.split("\n")) {
      const noted = parseLine(line);
      if (noted) done.set(keyOf(noted), noted.outcome);
    }
    return new ImportNotes(file, done);
  }

  /** How the file ended in an earlier run, if it is unchanged since. */
  outcomeOf(file: FoundFile): NotedOutcome | null {
    return this.#done.get(keyOf(file)) ?? null;
  }

  async add(file: FoundFile, outcome: NotedOutcome): Promise<void> {
    const { path, size, changedAt } = file;
    const line = JSON.stringify({ path, size, changedAt, outcome });
    await appendFile(this.#file, `${line}\n`);
    this.#done.set(keyOf(file), outcome);
  }
}

function keyOf({ path, size, changedAt }: FoundFile): string {
  return `${path}\n${String(size)}\n${String(changedAt)}`;
}

function parseLine(line: string): z.output<typeof lineSchema> | null {
  if (line === "") return null;
  try {
    const parsed = lineSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
