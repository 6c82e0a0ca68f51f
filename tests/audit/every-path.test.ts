import { getNamedType, isObjectType } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  LISTED,
  PATIENT_TYPES,
} from "../../apps/api/src/audit/watched-types.ts";
import { recordedBy } from "../testkit/audit-trail.ts";
import { aCase } from "../testkit/scenario.ts";
import type { Scenario } from "../testkit/scenario.ts";
import { startTestServer } from "../testkit/server.ts";
import type { TestServer } from "../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  asStaff,
  signedInAs,
} from "../testkit/viewers.ts";
import type { SignedIn } from "../testkit/viewers.ts";

/** Object types that say nothing of one patient by themselves. */
const HARMLESS = new RegExp(
  `(Connection|Edge|Payload|Info)$|^(${[
    "Actor",
    "AiState",
    String.raw`Alarm\w*`,
    "Audit(Seal|Export)",
    "AuditActor",
    "AuditOrigin",
    "AurocPair",
    "Bar",
    "BarOutcome",
    String.raw`Bars\w+`,
    String.raw`Board\w*`,
    "CatalogueFinding",
    "CriticalSummary",
    String.raw`Dataset\w*`,
    "Erasure(Counts|Export)?",
    "FindingAgreement",
    "FindingNames",
    "GoldenRun",
    "GroupAgreement",
    "InHand",
    String.raw`Judgement\w*`,
    "MacroText",
    "MetricValue",
    String.raw`Model\w*`,
    String.raw`Monitoring\w*`,
    "Mutation",
    "MyReading",
    "Notification(Ways|Delivery|Choices|KindChoice|Test)",
    "Origin",
    "OwnWindow",
    "PeriodFacts",
    String.raw`Policy\w*`,
    "Procedure(Version|Document|Words|Trigger|Option|Evidence|Plan|Preview|Adherence)",
    String.raw`Promotion\w*`,
    "Query",
    "QuietHours",
    "ReaderAgainstAi",
    "ReaderAgreement",
    "ReaderGroup",
    "ReaderLoad",
    "ReaderPair",
    "ReaderPool",
    "ReadingAgreement",
    "ReadingFigure",
    "ReadingOutcome",
    "ReadingWeek",
    "RecalibrationError",
    String.raw`Replay\w*`,
    "ReportMacro",
    "RecalibratedGroup",
    "ReliabilityBin",
    "Retention(Version|Preview)",
    "ShadowComparison",
    "ShadowPlacement",
    "SignInFailures",
    "Site",
    "Subscription",
    "SubscriptionTicket",
    String.raw`Threshold\w*`,
    "Training(Run|Setting|Point|LogLine)",
    "User",
    "Viewer",
    "WatchFacts",
    "WorklistSummary",
    "WorklistView(Settings)?",
  ].join("|")})$`,
);
/** Parts of a watched type; they are in no answer without it. */
const PARTS =
  /^(ActivationMap|Box|MergeUndoPreview|Concept|Finding|Mark|PatientIdentifier|PatientName|CaseAuthorisation|CaseSignature|ReadingDraft|ReadingFinding|Report|ReportDraft|ReportAddendum|Rect|CaseChange|UnnamedReading|FilmHeaderElement|FilmHeaderWithheld|FilmPose)$/;

/**
 * Where a user or an export is shown and no list of them is: the one who did
 * what is shown, who is signed in, and what was just made or changed.
 */
const NO_LISTS = [
  "Case.assignee",
  "Case.claimedBy",
  "Case.secondReader",
  "CaseAuthorisation.by",
  "CaseComment.author",
  "CaseComment.mentions",
  "CaseSignature.signer",
  "Dataset.createdBy",
  "Mutation.createDataset",
  "Mutation.createUser",
  "Mutation.retryDataset",
  "Mutation.setLocale",
  "Mutation.updateUser",
  "PreliminaryReport.reader",
  "Reading.draftGivenTo",
  "Reading.reader",
  "ReadingVersion.reader",
  "SignInPayload.user",
  "Subscription.datasetChanged",
  "Viewer.user",
];

describe("every path that answers with a patient's data", () => {
  let server: TestServer;
  let siteId: string;
  let shown: Scenario;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    shown = await aCase(server, siteId).assessed(0.9).create();
    await aCase(server, siteId).of(shown.patient).create();
  });

  afterAll(() => server.stop());

  /** What a new session leaves of the patient by this operation. */
  async function looksLeft(
    viewer: SignedIn,
    document: string,
    variables: Record<string, unknown> = {},
  ): Promise<string[]> {
    const { events } = await recordedBy(server, async () =>
      (await viewer.execute(document, variables)).anyData(),
    );
    return events
      .filter(({ patientId, actorId }) => {
        return patientId === shown.patient.id && actorId === viewer.userId;
      })
      .map(({ type }) => type);
  }

  it("goes through a type that is watched", () => {
    const types = Object.values(server.api.schema.getTypeMap()).filter(
      (type) => isObjectType(type) && !type.name.startsWith("__"),
    );
    const unknown = types
      .map(({ name }) => name)
      .filter((name) => !(name in PATIENT_TYPES))
      .filter((name) => !HARMLESS.test(name) && !PARTS.test(name));
    expect(unknown).toEqual([]);
    const names = types.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(PATIENT_TYPES)));
  });

  it("leaves a look though the change changes nothing", async () => {
    const document = `mutation ($id: ID!) { updateStudyDetails(input: { studyId: $id }) {
      description patient { name birthDate } case { readings { id } } } }`;
    const staff = await asStaff(server, siteId);
    const study = { id: shown.study.id };
    expect(await looksLeft(staff, document, study)).toEqual(["patient.viewed"]);
    const other = await asStaff(server, siteId);
    expect(await looksLeft(other, document, study)).toHaveLength(1);
  });

  it.each([
    ["assignCase", `assignCase(caseId: $case, userId: null) { id }`, "STAFF"],
    ["claimCase", `claimCase(caseId: $case) { id }`, "RADIOLOGIST"],
    [
      "updateStudyDetails",
      `updateStudyDetails(input: { studyId: $study }) { id }`,
      "STAFF",
    ],
  ] as const)(
    "leaves a look by %s, done twice, asked for nothing but the id",
    async (_name, field, role) => {
      const uses = [
        field.includes("$case") ? "$case: ID!" : "",
        field.includes("$study") ? "$study: ID!" : "",
      ].join(" ");
      const document = `mutation (${uses}) { ${field} }`;
      const ids = { case: shown.case.id, study: shown.study.id };
      const viewer = await signedInAs(server, role, [siteId]);
      expect(await looksLeft(viewer, document, ids)).toHaveLength(1);
      const again = await looksLeft(viewer, document, ids);
      // What changed nothing and was recorded a moment ago may be left out.
      expect(again.length).toBeLessThanOrEqual(1);
      await server.database.client.case.update({
        where: { id: shown.case.id },
        data: { state: "WAITING", claimedById: null, claimExpiresAt: null },
      });
    },
  );

  it("leaves one for what lies deeper than a row of the worklist", async () => {
    const reader = await asRadiologist(server, siteId);
    const row = `{ worklist { edges { node { id patient { name } } } } }`;
    expect(await looksLeft(reader, row)).not.toContain("patient.viewed");
    for (const deeper of [
      "priors { id }",
      "patient { studies { edges { node { id } } } }",
      "history { edges { node { id } } }",
      "study { images { prediction { engine } } }",
    ]) {
      const document = `{ worklist { edges { node { ${deeper} } } } }`;
      const viewer = await asStaff(server, siteId);
      const looks = await looksLeft(viewer, document);
      expect(looks, deeper).toContain("patient.viewed");
    }
  });

  it("leaves one a minute for a page that refreshes itself", async () => {
    const reader = await asRadiologist(server, siteId);
    const document = `query ($id: ID!) { case(id: $id) { patient { name } priors { id } } }`;
    const id = { id: shown.case.id };
    expect(await looksLeft(reader, document, id)).toEqual(["case.opened"]);
    expect(await looksLeft(reader, document, id)).toEqual([]);
    server.clock.forward(61);
    expect(await looksLeft(reader, document, id)).toHaveLength(1);
  });

  it("is a list of users or exports that is a look, or said to be none", () => {
    const places = Object.values(server.api.schema.getTypeMap())
      .filter((type) => isObjectType(type))
      .flatMap((type) =>
        Object.values(type.getFields())
          .filter((field) => getNamedType(field.type).name in LISTED)
          .map((field) => `${type.name}.${field.name}`),
      );
    const watched = Object.values(LISTED).flatMap((list) => list.places);
    expect(places.sort()).toEqual([...watched, ...NO_LISTS].sort());
  });

  it("leaves one for a page of exports, and for one of them", async () => {
    const admin = await asAdmin(server, siteId);
    const { id } = await server.database.client.dataset.create({
      data: { siteId, name: "Ours", filter: {}, createdById: admin.userId },
    });
    const looks = async (viewer: SignedIn, document: string) =>
      (await recordedBy(server, () => viewer.execute(document))).events;
    for (const field of [
      "datasets { edges { node { id } } }",
      `dataset(id: "${id}") { id }`,
    ]) {
      // Another admin each: one who saw it a moment ago leaves no second look.
      const viewer = await asAdmin(server, siteId);
      expect(await looks(viewer, `{ ${field} }`), field).toMatchObject([
        {
          type: "datasets.viewed",
          actorId: viewer.userId,
          siteId,
          details: { ids: [id] },
        },
      ]);
    }
  });

  it("leaves one for lists of users", async () => {
    const admin = await asAdmin(server, siteId);
    const staff = await asStaff(server, siteId);
    const typesOf = async (viewer: SignedIn, document: string) =>
      (await recordedBy(server, () => viewer.execute(document))).events.map(
        ({ type }) => type,
      );
    expect(await typesOf(admin, `{ users { edges { node { id } } } }`)).toEqual(
      ["users.viewed"],
    );
    const readers = `{ assignableUsers(siteId: "${siteId}") { id name } }`;
    await asRadiologist(server, siteId);
    expect(await typesOf(staff, readers)).toEqual(["users.viewed"]);
    expect(await typesOf(staff, readers)).toEqual([]);
  });
});
