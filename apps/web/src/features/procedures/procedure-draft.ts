import type {
  ProcedureDocumentFieldsFragment,
  ProcedureDocumentInput,
  ProcedureEvidenceKind,
} from "../../gql/graphql.ts";

export type ProcedureDraft = ProcedureDocumentInput;
export type PlanDraft = ProcedureDraft["steps"][number];
export type TriggerDraft = ProcedureDraft["trigger"];

const NO_WORDS = { en: "", vi: "" };

/** A step as it is added: ticked by staff within half an hour. */
export function newPlan(): PlanDraft {
  return {
    name: NO_WORDS,
    role: "STAFF",
    minutes: 30,
    evidence: evidenceOf("TICK"),
  };
}

/** Evidence of a kind with nothing filled in yet. */
export function evidenceOf(kind: ProcedureEvidenceKind): PlanDraft["evidence"] {
  const options =
    kind === "CHOICE"
      ? ["yes", "no"].map((code) => ({ code, name: NO_WORDS }))
      : [];
  const unit = kind === "NUMBER" ? "" : null;
  return { kind, options, unit, min: null, max: null };
}

/** A procedure that nobody has written yet. */
export function newProcedure(): ProcedureDraft {
  return {
    name: NO_WORDS,
    trigger: {
      moment: "ARRIVAL",
      findings: [],
      flags: [],
      ageFrom: null,
      ageTo: null,
      modalities: [],
      wards: [],
    },
    steps: [newPlan()],
  };
}

/** A stored document as the API takes it back: without Apollo's own names. */
export function draftOf(
  document: ProcedureDocumentFieldsFragment,
): ProcedureDraft {
  const words = ({ en, vi }: { en: string; vi: string }) => ({ en, vi });
  const { moment, findings, flags, ageFrom, ageTo, modalities, wards } =
    document.trigger;
  return {
    name: words(document.name),
    trigger: { moment, findings, flags, ageFrom, ageTo, modalities, wards },
    steps: document.steps.map(({ name, role, minutes, evidence }) => ({
      name: words(name),
      role,
      minutes,
      evidence: {
        kind: evidence.kind,
        options: evidence.options.map((option) => ({
          code: option.code,
          name: words(option.name),
        })),
        unit: evidence.unit,
        min: evidence.min,
        max: evidence.max,
      },
    })),
  };
}

/** The trigger at another moment: without what that one cannot ask for. */
export function atMoment(
  trigger: TriggerDraft,
  moment: TriggerDraft["moment"],
): TriggerDraft {
  return {
    ...trigger,
    moment,
    findings: moment === "ARRIVAL" ? [] : trigger.findings,
  };
}

/** Options with a code each, made of the place, so that old answers stay. */
export function withOption(plan: PlanDraft): PlanDraft {
  const { evidence } = plan;
  const taken = new Set(evidence.options.map(({ code }) => code));
  let number = evidence.options.length + 1;
  while (taken.has(`option-${String(number)}`)) number += 1;
  const added = { code: `option-${String(number)}`, name: NO_WORDS };
  const options = [...evidence.options, added];
  return { ...plan, evidence: { ...evidence, options } };
}

/** Whether every text that is needed is there. */
export function isWritten({ name, steps }: ProcedureDraft): boolean {
  const isSaid = ({ en, vi }: { en: string; vi: string }) =>
    en.trim() !== "" && vi.trim() !== "";
  return (
    isSaid(name) &&
    steps.length > 0 &&
    steps.every(
      (plan) =>
        isSaid(plan.name) &&
        plan.minutes > 0 &&
        plan.evidence.options.every((option) => isSaid(option.name)) &&
        (plan.evidence.kind !== "NUMBER" ||
          (plan.evidence.unit ?? "").trim() !== ""),
    )
  );
}
