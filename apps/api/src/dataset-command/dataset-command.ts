import { createHash } from "node:crypto";
import { createWriteStream, existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { basename } from "node:path";
import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { ImportEnvironment } from "../config.ts";
import {
  DeskClient,
  DeskError,
  type DatasetProgress,
} from "../import/desk-client.ts";
import { signInWith } from "../import/desk-sign-in.ts";
import { UsageError } from "../import/import-options.ts";
import type { Terminal } from "../import/import-progress.ts";
import { parseDatasetOptions } from "./dataset-options.ts";

const DEMO_EMAIL = "admin@demo.lung-iris";
/** Each look is an entry of the audit trail. */
const ASK_EVERY_MS = 2_000;

/**
 * The whole command but its process: a dataset is made, waited for, brought
 * here under another name, held to its hash, and only then called as asked.
 *
 * @throws UsageError, DeskError
 */
export async function datasetCommand(
  args: readonly string[],
  environment: Pick<ImportEnvironment, "defaultUrl" | "email" | "password">,
  io: { out: Terminal; err: Terminal; signal: AbortSignal },
): Promise<void> {
  const options = parseDatasetOptions(args);
  const { out } = options;
  assertFree(out);
  const desk = new DeskClient(options.url ?? environment.defaultUrl);
  const { email } = options;
  const who = { email, environment, demoEmail: DEMO_EMAIL, does: "exports" };
  await (
    await signInWith(desk, who)
  )();
  const siteId = await desk.siteId(options.site);
  const name = options.name ?? basename(out).replace(/\.zip$/i, "");
  const { filter, format } = options;
  const id = await desk.createDataset(name, { ...filter, siteId }, format);
  const { sha256, downloadPath } = await untilReady(desk, id, io);
  const part = `${out}.part`;
  try {
    const found = await save(
      await desk.download(downloadPath),
      part,
      io.signal,
    );
    if (found !== sha256) {
      throw new DeskError(
        `What came is damaged: its SHA-256 is ${found}, the desk says ${sha256}. Nothing was kept.`,
        0,
        true,
      );
    }
    assertFree(out);
    await rename(part, out);
  } finally {
    await rm(part, { force: true });
  }
  io.out.write(`${sha256}  ${out}\n`);
}

function assertFree(out: string): void {
  if (existsSync(out)) {
    throw new UsageError(`${out} is there already; nothing is overwritten.`);
  }
}

async function untilReady(
  desk: DeskClient,
  id: string,
  { err, signal }: { err: Terminal; signal: AbortSignal },
): Promise<{ sha256: string; downloadPath: string }> {
  let told = "";
  for (;;) {
    const dataset = await desk.dataset(id);
    const { state, sha256, downloadPath, error } = dataset;
    const text = progressText(dataset);
    if (text !== told) err.write(`${text}\n`);
    told = text;
    if (state === "FAILED") {
      throw new DeskError(error ?? "The desk gave no reason.", 0, false);
    }
    if (state === "READY" && sha256 !== null && downloadPath !== null) {
      return { sha256, downloadPath };
    }
    await sleep(ASK_EVERY_MS, undefined, { signal });
  }
}

function progressText({ state, done, total }: DatasetProgress): string {
  const films = `${String(done)} of ${String(total)} films`;
  return state === "QUEUED" ? `waits for a worker, ${films}` : films;
}

/** Writes a stream to a file; its SHA-256. */
async function save(
  source: NodeJS.ReadableStream,
  path: string,
  signal: AbortSignal,
): Promise<string> {
  const hash = createHash("sha256");
  const hashing = new PassThrough();
  hashing.on("data", (chunk: Buffer) => hash.update(chunk));
  await pipeline(source, hashing, createWriteStream(path), { signal });
  return hash.digest("hex");
}
