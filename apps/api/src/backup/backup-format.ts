import { z } from "zod";
import { keyDerivation } from "./backup-key.ts";

/** Says what a copy is; written last, so that a copy without it is half one. */
export const SUMMARY_FILE = "backup.json";
/** One line a file of the copy. */
export const CONTENTS_FILE = "contents.jsonl";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const path = z
  .string()
  .regex(/^[\w.-]+(\/[\w.-]+)*$/)
  .refine((text) => !text.split("/").includes(".."));

/** A file of a copy, as it lies there: encrypted where the copy is. */
export const backupFile = z.strictObject({
  kind: z.enum(["table", "object", "secret", "checkpoint"]),
  /** A table's, an object's key, or the name of a file. */
  name: z.string().min(1),
  path,
  bytes: z.number().int().nonnegative(),
  sha256,
});
export type BackupFile = z.output<typeof backupFile>;

const table = z.strictObject({
  schema: z.enum(["public", "graphile_worker"]),
  name: z.string().min(1),
  columns: z.array(z.string().min(1)),
  rows: z.number().int().nonnegative(),
});
export type BackupTable = z.output<typeof table>;

export const backupSummary = z.strictObject({
  format: z.literal("lung-iris-backup"),
  version: z.literal(1),
  createdAt: z.iso.datetime(),
  /** The end of the audit chain in the copy. */
  head: z.strictObject({ seq: z.string(), hash: sha256 }),
  migrations: z.array(z.strictObject({ name: z.string(), checksum: sha256 })),
  /** Newest migration of the job queue. */
  queueMigration: z.number().int(),
  tables: z.array(table),
  sequences: z.array(
    z.strictObject({
      schema: z.string(),
      name: z.string(),
      value: z.string().regex(/^-?\d+$/),
    }),
  ),
  contents: z.strictObject({
    files: z.number().int(),
    bytes: z.number().int(),
    sha256,
  }),
  /** Null for a copy that anybody can read who has it. */
  encryption: keyDerivation.nullable(),
});
export type BackupSummary = z.output<typeof backupSummary>;

/** As it lies in `backup.json`: with what holds it against change. */
export const sealedSummary = z.strictObject({
  summary: backupSummary,
  seal: sha256,
});
