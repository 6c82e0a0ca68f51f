import * as z from "zod/mini";
import type { UploadFilm } from "./upload-state.ts";

/** This tab's memory; it ends with the tab and at sign-out. */
const KEY = "lung-iris:uploads";
/** More than anybody looks through, and far below the storage's limit. */
const MAX_FILMS = 500;

const filmSchema = z.object({
  id: z.string(),
  name: z.string(),
  bytes: z.number(),
  result: z.nullable(
    z.object({
      outcome: z.enum(["accepted", "duplicate", "refused", "set-aside"]),
      caseId: z.nullable(z.string()),
      imageId: z.nullable(z.string()),
      code: z.nullable(z.string()),
      message: z.nullable(z.string()),
      canBeTaken: z._default(z.boolean(), false),
      modality: z._default(z.nullable(z.string()), null),
    }),
  ),
});

const recordSchema = z.object({
  userId: z.string(),
  films: z.array(filmSchema),
});

/** What is kept of the films: what became of each, nothing of the patient. */
export function toRecord(userId: string, films: readonly UploadFilm[]): string {
  const brought = films.filter(({ status }) => status.step !== "aside");
  const kept = brought.slice(-MAX_FILMS).map(({ id, name, bytes, status }) => ({
    id,
    name,
    bytes,
    result: status.step === "done" ? status.result : null,
  }));
  return JSON.stringify({ userId, films: kept });
}

/**
 * The films of before a reload. Those that had no answer yet are shown as
 * interrupted: their bytes are gone, and they must be chosen again.
 */
export function fromRecord(userId: string, text: string | null): UploadFilm[] {
  if (!text) return [];
  const record = recordSchema.safeParse(parse(text));
  if (!record.success || record.data.userId !== userId) return [];
  return record.data.films.map(({ id, name, bytes, result }) => ({
    id,
    name,
    bytes,
    kind: null,
    details: {},
    status: result
      ? { step: "done", result }
      : { step: "failed", code: "INTERRUPTED", message: null },
  }));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Written by something else; as good as nothing.
    return null;
  }
}

export function loadRecord(userId: string): UploadFilm[] {
  return fromRecord(userId, sessionStorage.getItem(KEY));
}

export function saveRecord(userId: string, films: readonly UploadFilm[]): void {
  if (films.length === 0) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, toRecord(userId, films));
}
