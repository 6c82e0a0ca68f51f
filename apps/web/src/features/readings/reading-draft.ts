import type {
  ChangeReason,
  Decision,
  Label,
  MarkInput,
  NotDiagnosticReason,
  OverrideReason,
  OwnReadingFragment,
  ReadingDraftInput,
} from "../../gql/graphql.ts";
import type { ViewerMark } from "../marks/shape.ts";
import { type ReportDraft, reportText } from "../report-text/report-draft.ts";
import {
  type DraftFinding,
  findingsUnder,
  fromKept,
  toFindingInput,
} from "../findings/draft-findings.ts";

/** What the reader drew on a film; its `id` names it on the screen only. */
export interface DraftMark extends ViewerMark {
  imageId: string;
  /** what a region shows; null for a measurement */
  finding: string | null;
}

/** A mark that the server keeps, with a name for its time on the screen. */
export function fromKeptMark(id: string, kept: KeptMark): DraftMark {
  const { imageId, kind, points, finding } = kept;
  return { id, imageId, kind, points, finding: finding ?? null };
}

/** A mark as the API takes it: without its name on the screen. */
export function toMarkInput({
  imageId,
  kind,
  points,
  finding,
}: DraftMark): MarkInput {
  return { imageId, kind, points: [...points], finding };
}

interface KeptMark extends Omit<DraftMark, "id" | "finding"> {
  finding?: string | null;
}

/** What a reader has done with a case and not signed yet. */
export interface ReadingDraft {
  /** the opinion given before the AI was shown */
  blindLabel: Label | null;
  /** what is going to be signed */
  label: Label | null;
  decision: Decision | null;
  overrideReason: OverrideReason | null;
  /** why the AI is followed against the own opinion */
  changeReason: ChangeReason | null;
  /** why the film answers nothing; counts with that label only */
  notDiagnosticReason: NotDiagnosticReason | null;
  retakeAsked: boolean;
  /** 1, a guess, to 5, sure; null where it is not said */
  confidence: number | null;
  comment: string;
  /** null until the reader typed in it or chose its language */
  report: ReportDraft | null;
  findings: readonly DraftFinding[];
  marks: DraftMark[];
}

export const EMPTY_DRAFT: ReadingDraft = {
  blindLabel: null,
  label: null,
  decision: null,
  overrideReason: null,
  changeReason: null,
  notDiagnosticReason: null,
  retakeAsked: false,
  confidence: null,
  comment: "",
  report: null,
  findings: [],
  marks: [],
};

/** Whether there is anything in a draft that its reader would miss. */
export function isEmptyDraft(draft: ReadingDraft): boolean {
  return (
    draft.blindLabel === null &&
    draft.label === null &&
    draft.comment.trim() === "" &&
    draft.report === null &&
    draft.findings.length === 0 &&
    draft.marks.length === 0
  );
}

/**
 * The draft that the server keeps of one's own reading; empty where it keeps
 * none, or where what was there is signed.
 */
export function draftFrom(
  reading: OwnReadingFragment | null | undefined,
): ReadingDraft {
  if (!reading || reading.state === "SIGNED") return EMPTY_DRAFT;
  const { draft, opinion } = reading;
  const label = draft?.label ?? opinion ?? null;
  const marks = (draft?.marks ?? []).map((mark, index) =>
    fromKeptMark(`kept-${index}`, mark),
  );
  return {
    blindLabel: opinion ?? null,
    label,
    decision: draft?.decision ?? null,
    overrideReason: draft?.overrideReason ?? null,
    changeReason: draft?.changeReason ?? null,
    notDiagnosticReason: draft?.notDiagnosticReason ?? null,
    retakeAsked: draft?.retakeAsked ?? false,
    confidence: draft?.confidence ?? null,
    comment: draft?.comment ?? "",
    report: draft?.report ? draftReport(draft.report) : null,
    findings: findingsUnder(label, fromKept(draft?.findings ?? [], marks)),
    marks,
  };
}

/** When the server last took something of an unsigned reading, in milliseconds. */
export function takenAt(
  reading: TakenReading | null | undefined,
): number | null {
  if (!reading || reading.state === "SIGNED") return null;
  const times = [reading.opinionAt, reading.draftSavedAt].flatMap((time) =>
    time == null ? [] : [Date.parse(time)],
  );
  return times.length === 0 ? null : Math.max(...times);
}

type TakenReading = Pick<
  OwnReadingFragment,
  "state" | "opinionAt" | "draftSavedAt"
>;

/** Whether two drafts say the same; marks have other names on each screen. */
export function isSameDraft(one: ReadingDraft, other: ReadingDraft): boolean {
  const said = (draft: ReadingDraft) =>
    JSON.stringify([draft.blindLabel, toDraftInput(draft)]);
  return said(one) === said(other);
}

/**
 * What another browser of the same reader has brought to the server since;
 * null where that is nothing, or where it says the same as this one.
 * @param knownAt when the server last took something that this browser knows
 */
export function draftFromElsewhere(
  reading: OwnReadingFragment | null | undefined,
  here: ReadingDraft,
  knownAt: number | null,
): ReadingDraft | null {
  const at = takenAt(reading);
  if (at === null || at <= (knownAt ?? 0)) return null;
  const there = draftFrom(reading);
  return isSameDraft(there, here) ? null : there;
}

function draftReport(kept: ReportDraft): ReportDraft {
  return { ...reportText(kept), edited: kept.edited };
}

/** What is sent of a draft to be kept; the opinion is recorded by itself. */
export function toDraftInput(draft: ReadingDraft): ReadingDraftInput {
  return {
    label: draft.label,
    decision: draft.decision,
    overrideReason: draft.overrideReason,
    changeReason: draft.changeReason,
    notDiagnosticReason: draft.notDiagnosticReason,
    retakeAsked: draft.retakeAsked,
    confidence: draft.confidence,
    comment: draft.comment,
    report: draft.report
      ? { ...reportText(draft.report), edited: [...draft.report.edited] }
      : null,
    findings: toFindingInput(draft.findings, draft.marks),
    marks: draft.marks.map(toMarkInput),
  };
}

/** What is signed of a film that answers nothing; nothing with other labels. */
export function notDiagnosticInput(
  draft: Pick<ReadingDraft, "notDiagnosticReason" | "retakeAsked"> & {
    label: Label | null;
  },
) {
  return draft.label === "NOT_DIAGNOSTIC"
    ? {
        notDiagnosticReason: draft.notDiagnosticReason,
        retakeAsked: draft.retakeAsked,
      }
    : { notDiagnosticReason: null, retakeAsked: false };
}

/** Drafts of versions before lay in the browser, where nothing may stay. */
export function forgetLocalDrafts(storage: Storage): void {
  const keys = Array.from({ length: storage.length }, (_, index) =>
    storage.key(index),
  );
  for (const key of keys) {
    if (key?.startsWith("lung-iris:draft:")) storage.removeItem(key);
  }
}
