import { getNamedType, isObjectType } from "graphql";
import type { GraphQLNamedType } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PATIENT_TYPES } from "../../apps/api/src/audit/watched-types.ts";
import { recordedBy } from "../testkit/audit-trail.ts";
import {
  aDocument,
  aProcedure,
  aStep,
  CHOICE,
} from "../api/procedures/procedure-kit.ts";
import { aCase } from "../testkit/scenario.ts";
import type { Scenario } from "../testkit/scenario.ts";
import { startTestServer } from "../testkit/server.ts";
import type { TestServer } from "../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  asStaff,
  openSession,
} from "../testkit/viewers.ts";
import type { SignedIn } from "../testkit/viewers.ts";

const CLAIM = `claimCase(caseId: $case) { id }`;
const RELEASE = `releaseCase(caseId: $case) { id }`;
const ASSIGN = `assignCase(caseId: $case, userId: $user) { id }`;
const COMMENT = `addComment(caseId: $case, text: "Bed 4") { id }`;
const KEEP = `keepText(input: { caseId: $case, kind: COMMENT, text: "Bed" }) { id }`;
const KEEP_REASON = `keepReason(input: { kind: WITHDRAWAL, aboutId: $patient, text: "He" }) { id }`;
const ESCALATE = `escalateCase(caseId: $case, reason: OTHER) { id }`;
const WITHDRAW = `withdrawFromLearning(patientId: $patient, reason: "asked to") { id }`;
const PROPOSE_ERASURE = `proposeErasure(patientId: $patient, reason: "asked to") { id }`;
const REJECT_ERASURE = `rejectErasure(id: $erasure, reason: "taken back") { id }`;
const REASSESS = `reassessCase(caseId: $case) { id }`;
const REVEAL = `revealPrediction(caseId: $case) { id }`;
const OPINION = `recordOpinion(caseId: $case, opinion: NORMAL) { id }`;
const DRAFT = `saveReadingDraft(caseId: $case, input: { comment: "so far" }) { id }`;
const SIGN = `signReading(input: { caseId: $case, caseVersion: 2, label: PNEUMONIA, decision: CONFIRM }) { id }`;
const AMEND = `amendReading(input: { versionId: $version, amendReason: "the same", label: PNEUMONIA, decision: CONFIRM }) { id }`;
const ADD = `addAddendum(versionId: $version, text: "the same", language: EN) { id }`;

const ISSUE = `issuePreliminary(input: { caseId: $case, label: NORMAL, report: { language: EN, indication: "", technique: "", comparison: "", findings: "Clear.", impression: "" } }) { id }`;
const MARK = `markCritical(caseId: $case, input: { finding: "pneumothorax" }) { id }`;
const TELL = `tellCritical(id: $critical, input: { way: PHONE, to: "Ward sister" }) { id }`;
const READ_BACK = `acknowledgeCritical(id: $critical, readBack: "Pneumothorax") { id }`;
const DO_STEP = `completeProcedureStep(id: $step, answer: "yes") { id }`;
const CORRECT_STEP = `correctProcedureStep(id: $step, answer: "not-possible", reason: "Asked again") { id }`;
const TAKE_BACK = `withdrawCritical(id: $critical, reason: "By mistake") { id }`;
const NOTHING = `signReading(input: { caseId: $case, caseVersion: 2, label: NOT_DIAGNOSTIC, decision: INDEPENDENT, notDiagnosticReason: QUALITY, retakeAsked: true }) { id }`;
const ASK_SECOND = `requestSecondReading(caseId: $case, reason: "to be sure") { id }`;
const SHOW_FIRST = `showFirstReading(caseId: $case) { id }`;
const END_RETAKE = `endRetake(caseId: $case, reason: NOT_NEEDED) { id }`;

interface Repeat {
  by: "reader" | "staff" | "admin";
  /** What is done before, so that the last act has nothing left to change. */
  before: readonly string[];
  act: string;
  /** The case is not assessed by the AI. */
  notAssessed?: true;
  /** Repeating is a refusal, which shows nothing. */
  refused?: string;
  /** It answers with nobody. */
  isNull?: true;
}

/** Every mutation that answers with a patient's data, done with nothing to change. */
const REPEATS: Readonly<Record<string, Repeat>> = {
  acknowledgeNotice: {
    by: "reader",
    before: [CLAIM],
    act: `acknowledgeNotice(caseId: $case) { id }`,
  },
  // A second version that says the same is a version: it is recorded as one.
  amendReading: { by: "reader", before: [CLAIM, REVEAL, SIGN], act: AMEND },
  // So is an addendum in the same words.
  addAddendum: { by: "reader", before: [CLAIM, REVEAL, SIGN], act: ADD },
  restoreSignature: {
    by: "reader",
    before: [CLAIM, REVEAL, SIGN],
    act: `restoreSignature(caseId: $case) { id }`,
    refused: "NOTHING_TO_RESTORE",
  },
  // Given out again is given out again: it has the next number.
  issuePreliminary: {
    by: "reader",
    before: [CLAIM, ISSUE],
    act: ISSUE,
  },
  markCritical: {
    by: "reader",
    before: [CLAIM, REVEAL, SIGN, MARK],
    act: MARK,
    refused: "CRITICAL_OPEN",
  },
  // Told again is told again: it is recorded.
  tellCritical: {
    by: "reader",
    before: [CLAIM, REVEAL, SIGN, MARK, TELL],
    act: TELL,
  },
  acknowledgeCritical: {
    by: "reader",
    before: [CLAIM, REVEAL, SIGN, MARK, TELL, READ_BACK],
    act: READ_BACK,
    refused: "CRITICAL_CLOSED",
  },
  withdrawCritical: {
    by: "reader",
    before: [CLAIM, REVEAL, SIGN, MARK, TAKE_BACK],
    act: TAKE_BACK,
    refused: "CRITICAL_CLOSED",
  },
  keepText: { by: "staff", before: [KEEP], act: KEEP },
  keepReason: { by: "admin", before: [KEEP_REASON], act: KEEP_REASON },
  // Said again is said again: it is another comment.
  addComment: { by: "staff", before: [COMMENT], act: COMMENT },
  // Nobody has said anything on the case yet.
  editComment: {
    by: "staff",
    before: [],
    act: `editComment(id: $case, text: "Bed 4") { id }`,
    refused: "NOT_FOUND",
  },
  escalateCase: {
    by: "staff",
    before: [ESCALATE],
    act: ESCALATE,
    refused: "CASE_ESCALATED",
  },
  completeProcedureStep: {
    by: "reader",
    before: [CLAIM, REVEAL, SIGN, DO_STEP],
    act: DO_STEP,
    refused: "STEP_CLOSED",
  },
  correctProcedureStep: {
    by: "reader",
    before: [CLAIM, REVEAL, SIGN, DO_STEP, CORRECT_STEP],
    act: CORRECT_STEP,
    refused: "STEP_SAME",
  },
  assignCase: { by: "staff", before: [ASSIGN], act: ASSIGN },
  claimCase: { by: "reader", before: [CLAIM], act: CLAIM },
  endRetake: {
    by: "reader",
    before: [CLAIM, NOTHING, END_RETAKE],
    act: END_RETAKE,
    refused: "RETAKE_NOT_ASKED",
  },
  requestSecondReading: {
    by: "reader",
    before: [CLAIM, REVEAL, SIGN, ASK_SECOND],
    act: ASK_SECOND,
    refused: "SECOND_READ_EXISTS",
  },
  // Its signer looks at his own reading again: on record, as every look is.
  showFirstReading: {
    by: "reader",
    before: [CLAIM, REVEAL, SIGN, ASK_SECOND, SHOW_FIRST],
    act: SHOW_FIRST,
  },
  // Nothing waits at a site that is none.
  claimNextCase: {
    by: "reader",
    before: [],
    act: `claimNextCase(siteId: $case) { id }`,
    isNull: true,
  },
  liftLearningWithdrawal: {
    by: "admin",
    before: [],
    act: `liftLearningWithdrawal(patientId: $patient, reason: "again") { id }`,
    refused: "CONFLICT",
  },
  mergePatients: {
    by: "staff",
    before: [],
    act: `mergePatients(survivorId: $patient, mergedId: $patient, reason: "the same") { id }`,
    refused: "BAD_USER_INPUT",
  },
  moveFilm: {
    by: "staff",
    before: [],
    act: `moveFilm(imageId: $case, patientId: $patient, reason: "no film") { id }`,
    refused: "NOT_FOUND",
  },
  removeFilm: {
    by: "staff",
    before: [],
    act: `removeFilm(imageId: $case, reason: "no film") { id }`,
    refused: "NOT_FOUND",
  },
  turnFilm: {
    by: "staff",
    before: [],
    act: `turnFilm(imageId: $case, quarterTurns: 1, isMirrored: false, reason: "no film") { id }`,
    refused: "NOT_FOUND",
  },
  undoFilmCorrection: {
    by: "staff",
    before: [],
    act: `undoFilmCorrection(id: $case, reason: "never made") { id }`,
    refused: "NOT_FOUND",
  },
  undoStudyCorrection: {
    by: "staff",
    before: [],
    act: `undoStudyCorrection(id: $case, reason: "never made") { id }`,
    refused: "NOT_FOUND",
  },
  undoMerge: {
    by: "staff",
    before: [],
    act: `undoMerge(id: $case, reason: "never merged") { id }`,
    refused: "NOT_FOUND",
  },
  denySamePatient: {
    by: "staff",
    before: [],
    act: `denySamePatient(patientId: $patient, otherId: $patient, reason: "the same") { id }`,
    refused: "BAD_USER_INPUT",
  },
  takeBackDenial: {
    by: "staff",
    before: [],
    act: `takeBackDenial(id: $case, reason: "never said") { id }`,
    refused: "NOT_FOUND",
  },
  reassessCase: {
    by: "staff",
    before: [REASSESS],
    act: REASSESS,
    notAssessed: true,
    refused: "ASSESSMENT_PENDING",
  },
  recordOpinion: { by: "reader", before: [CLAIM, OPINION], act: OPINION },
  releaseCase: {
    by: "reader",
    before: [CLAIM, RELEASE],
    act: RELEASE,
    refused: "CASE_NOT_CLAIMED",
  },
  revealPrediction: { by: "reader", before: [CLAIM, REVEAL], act: REVEAL },
  giveDraft: {
    by: "reader",
    before: [CLAIM, DRAFT],
    act: `giveDraft(caseId: $case, toUserId: $user) { id }`,
    refused: "NOT_THE_HOLDER",
  },
  takeBackDraft: {
    by: "reader",
    before: [CLAIM, DRAFT],
    act: `takeBackDraft(caseId: $case) { id }`,
    refused: "DRAFT_NOT_GIVEN",
  },
  takeGivenDraft: {
    by: "reader",
    before: [CLAIM, REVEAL],
    act: `takeGivenDraft(caseId: $case, fromUserId: $user) { id }`,
    refused: "DRAFT_NOT_GIVEN",
  },
  leaveGivenDraft: {
    by: "reader",
    before: [CLAIM, REVEAL],
    act: `leaveGivenDraft(caseId: $case, fromUserId: $user) { id }`,
    refused: "DRAFT_NOT_GIVEN",
  },
  saveReadingDraft: { by: "reader", before: [CLAIM, DRAFT], act: DRAFT },
  signReading: {
    by: "reader",
    before: [CLAIM, REVEAL, SIGN],
    act: SIGN,
    refused: "CASE_ALREADY_SIGNED",
  },
  takeOverCase: {
    by: "reader",
    before: [CLAIM],
    act: `takeOverCase(caseId: $case, reason: "mine already") { id }`,
  },
  withdrawFromLearning: {
    by: "admin",
    before: [WITHDRAW],
    act: WITHDRAW,
    refused: "CONFLICT",
  },
  proposeErasure: {
    by: "admin",
    before: [PROPOSE_ERASURE],
    act: PROPOSE_ERASURE,
    refused: "PROPOSAL_OPEN",
  },
  // By whom it was proposed: nobody approves alone.
  approveErasure: {
    by: "admin",
    before: [PROPOSE_ERASURE],
    act: `approveErasure(id: $erasure, reason: "agreed") { id }`,
    refused: "NOT_INDEPENDENT",
  },
  rejectErasure: {
    by: "admin",
    before: [PROPOSE_ERASURE, REJECT_ERASURE],
    act: REJECT_ERASURE,
    refused: "PROPOSAL_CLOSED",
  },
  updateStudyDetails: {
    by: "staff",
    before: [],
    act: `updateStudyDetails(input: { studyId: $study }) { id }`,
  },
};

/** True where an answer of this type can hold an object of one patient. */
function leadsToPatient(
  type: GraphQLNamedType,
  seen = new Set<string>(),
): boolean {
  if (type.name in PATIENT_TYPES) return true;
  if (!isObjectType(type) || seen.has(type.name)) return false;
  seen.add(type.name);
  return Object.values(type.getFields()).some((field) =>
    leadsToPatient(getNamedType(field.type), seen),
  );
}

describe("every mutation of the schema that answers with a patient's data", () => {
  let server: TestServer;
  let siteId: string;
  let people: Record<Repeat["by"], SignedIn>;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    people = {
      reader: await asRadiologist(server, siteId),
      staff: await asStaff(server, siteId),
      admin: await asAdmin(server, siteId),
    };
    const plan = aDocument("READING", {}, [aStep("RADIOLOGIST", CHOICE)]);
    await aProcedure(people.admin, siteId, plan);
  });
  afterAll(() => server.stop());

  it("is in the list below", () => {
    const fields = server.api.schema.getMutationType()?.getFields() ?? {};
    const telling = Object.values(fields)
      .filter((field) => leadsToPatient(getNamedType(field.type)))
      .map(({ name }) => name);
    expect(telling.length).toBeGreaterThan(0);
    expect(Object.keys(REPEATS).sort()).toEqual(telling.sort());
  });

  async function send(viewer: SignedIn, field: string, shown: Scenario) {
    const version = field.includes("$version")
      ? await server.database.client.readingVersion.findFirstOrThrow({
          where: { reading: { caseId: shown.case.id } },
        })
      : null;
    const critical = field.includes("$critical")
      ? await server.database.client.criticalResult.findFirstOrThrow({
          where: { caseId: shown.case.id },
        })
      : null;
    const step = field.includes("$step")
      ? await server.database.client.procedureStep.findFirstOrThrow({
          where: { caseId: shown.case.id },
        })
      : null;
    const erasure = field.includes("$erasure")
      ? await server.database.client.erasure.findFirstOrThrow({
          where: { patientId: shown.patient.id },
        })
      : null;
    const names = [
      "erasure",
      "critical",
      "step",
      "case",
      "patient",
      "study",
      "user",
      "version",
    ] as const;
    const used = names.filter((name) => field.includes(`$${name}`));
    const document = `mutation (${used.map((name) => `$${name}: ID!`).join(", ")}) { ${field} }`;
    const values = {
      case: shown.case.id,
      patient: shown.patient.id,
      study: shown.study.id,
      user: people.reader.userId,
      version: version?.id ?? "",
      erasure: erasure?.id ?? "",
      critical: critical?.id ?? "",
      step: step?.id ?? "",
    };
    return viewer.execute(
      document,
      Object.fromEntries(used.map((name) => [name, values[name]])),
    );
  }

  it.each(Object.entries(REPEATS))(
    "leaves a look or shows nothing: %s",
    async (_name, { by, before, act, notAssessed, refused, isNull }) => {
      const made = aCase(server, siteId);
      const shown = await (
        notAssessed ? made.notAssessed("lateral") : made.assessed(0.9)
      ).create();
      // A session of its own: a signature needs a password given lately.
      const first = await openSession(server, {
        ...people[by],
        id: people[by].userId,
      });
      for (const field of before) (await send(first, field, shown)).anyData();
      // Past the minute in which a look is not noted twice.
      server.clock.forward(61);
      const again = await openSession(server, { ...first, id: first.userId });
      const { result, events } = await recordedBy(server, () =>
        send(again, act, shown),
      );
      if (refused !== undefined) {
        const said = JSON.stringify(result.refusedWith(refused));
        for (const of of [shown.patient.name, shown.patient.mrn])
          expect(said).not.toContain(of);
        return;
      }
      const [answer] = Object.values(result.anyData());
      if (isNull) {
        expect(answer).toBeNull();
        return;
      }
      const looks = events.filter(
        ({ patientId, actorId }) =>
          patientId === shown.patient.id && actorId === first.userId,
      );
      expect(looks.map(({ type }) => type)).not.toEqual([]);
    },
  );
});
