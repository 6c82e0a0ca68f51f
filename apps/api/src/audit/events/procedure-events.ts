import { z } from "zod";
import { event, someOf } from "./define-event.ts";

const text = z.string().nullable();

const ofStep = {
  version: 1,
  details: z.strictObject({ caseId: z.string(), runId: z.string() }),
  changed: someOf({
    state: z.enum(["OPEN", "DONE", "NOT_NEEDED"]),
    dueAt: z.string(),
    escalatedAt: text,
    /** "true", the code of an option, or a number. */
    answer: text,
    doneAt: text,
    doneByName: text,
    correctReason: text,
    correctedAt: text,
    correctedByName: text,
  }),
} as const;

/** What a site does beside the reading. */
export const procedureEvents = [
  event("procedure.saved", "procedure", {
    version: 1,
    details: z.strictObject({ reason: z.string() }),
    changed: someOf({
      version: z.number().int(),
      isOn: z.boolean(),
      /** All of it, as it was then. */
      document: z.record(z.string(), z.json()),
    }),
  }),
  event("procedure.begun", "procedure-run", {
    version: 1,
    details: z.strictObject({
      caseId: z.string(),
      procedureId: z.string(),
      versionId: z.string(),
      moment: z.enum(["ARRIVAL", "AI", "READING", "CRITICAL"]),
    }),
  }),
  event("procedure.step-done", "procedure-step", ofStep),
  event("procedure.step-corrected", "procedure-step", ofStep),
  event("procedure.step-escalated", "procedure-step", ofStep),
  event("procedure.step-dropped", "procedure-step", ofStep),
  event("procedure.step-reopened", "procedure-step", ofStep),
] as const;
