import { z } from "zod";
import { LABELS, OVERRIDE_REASONS } from "./decision-rules.ts";

const mark = z.object({
  id: z.string(),
  imageId: z.string(),
  finding: z.string(),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});

const reviewDraft = z.object({
  /** the opinion given before the AI was shown */
  blindLabel: z.enum(LABELS).nullable(),
  isRevealed: z.boolean(),
  /** what is going to be signed */
  label: z.enum(LABELS).nullable(),
  decision: z.enum(["CONFIRM", "OVERRIDE", "INDEPENDENT"]).nullable(),
  overrideReason: z.enum(OVERRIDE_REASONS).nullable(),
  comment: z.string(),
  marks: z.array(mark),
});

/** A region the reader marked, in film coordinates (source pixels). */
export type DraftMark = z.infer<typeof mark>;

/** A mark as the API takes it: without its name on the screen. */
export function toMarkInput({
  imageId,
  finding,
  x,
  y,
  width,
  height,
}: DraftMark): Omit<DraftMark, "id"> {
  return { imageId, finding, x, y, width, height };
}

/** What a reader has done with a case and not signed yet. */
export type ReviewDraft = z.infer<typeof reviewDraft>;

const storedDraft = z.object({
  version: z.literal(1),
  savedAt: z.number(),
  draft: reviewDraft,
});

export type StoredDraft = z.infer<typeof storedDraft>;

export const EMPTY_DRAFT: ReviewDraft = {
  blindLabel: null,
  isRevealed: false,
  label: null,
  decision: null,
  overrideReason: null,
  comment: "",
  marks: [],
};

/** Whether there is anything in a draft that its reader would miss. */
export function isEmptyDraft(draft: ReviewDraft): boolean {
  return (
    draft.blindLabel === null &&
    draft.label === null &&
    draft.comment.trim() === "" &&
    draft.marks.length === 0
  );
}

type DraftStorage = Pick<
  Storage,
  "getItem" | "setItem" | "removeItem" | "key" | "length"
>;

const PREFIX = "lung-iris:draft:";
/** A draft older than a shift and a weekend is nobody's work any more. */
const KEEP_MS = 7 * 24 * 60 * 60 * 1000;

/** Drafts on this computer, one for each reader and case. */
export class DraftStore {
  readonly #storage: DraftStorage;
  readonly #prefix: string;

  /** @param userId whose drafts; another reader does not see them */
  constructor(storage: DraftStorage, userId: string) {
    this.#storage = storage;
    this.#prefix = `${PREFIX}${userId}:`;
  }

  /** null where there is none, or one that cannot be read any more */
  read(caseId: string): StoredDraft | null {
    const text = this.#storage.getItem(this.#prefix + caseId);
    return text === null ? null : parseDraft(text);
  }

  /**
   * Keeps a draft; an empty one is forgotten instead.
   * @returns false when the browser has no room or keeps nothing
   */
  write(caseId: string, draft: ReviewDraft, now: number): boolean {
    if (isEmptyDraft(draft)) {
      this.forget(caseId);
      return true;
    }
    const stored: StoredDraft = { version: 1, savedAt: now, draft };
    try {
      this.#storage.setItem(this.#prefix + caseId, JSON.stringify(stored));
      return true;
    } catch {
      return false;
    }
  }

  forget(caseId: string): void {
    this.#storage.removeItem(this.#prefix + caseId);
  }

  /** Removes drafts, of any reader, that are older than a week or broken. */
  removeOld(now: number): void {
    const keys = Array.from({ length: this.#storage.length }, (_, index) =>
      this.#storage.key(index),
    );
    for (const key of keys) {
      if (!key?.startsWith(PREFIX)) continue;
      const stored = parseDraft(this.#storage.getItem(key) ?? "");
      if (!stored || now - stored.savedAt > KEEP_MS) {
        this.#storage.removeItem(key);
      }
    }
  }
}

function parseDraft(text: string): StoredDraft | null {
  try {
    return storedDraft.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
