import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedBy } from "../testkit/audit-trail.ts";
import { startTestServer } from "../testkit/server.ts";
import type { TestServer } from "../testkit/server.ts";
import { aSite, asAdmin, asRadiologist, asStaff } from "../testkit/viewers.ts";
import type { Stage } from "./acts.ts";
import { ALARM_ACTS } from "./alarm-acts.ts";
import { ASSIGNMENT_ACTS } from "./assignment-acts.ts";
import { CASE_ACTS } from "./case-acts.ts";
import { CRITICAL_ACTS } from "./critical-acts.ts";
import { PROCEDURE_ACTS } from "./procedure-acts.ts";
import { LEARNING_ACTS } from "./learning-acts.ts";
import { FILM_ACTS } from "./film-acts.ts";
import { MACRO_ACTS } from "./macro-acts.ts";
import { MERGE_ACTS } from "./merge-acts.ts";
import { NOTIFICATION_ACTS } from "./notification-acts.ts";
import { PEOPLE_ACTS } from "./people-acts.ts";
import { READING_ACTS } from "./reading-acts.ts";
import { THRESHOLD_ACTS } from "./threshold-acts.ts";
import { VIEW_ACTS } from "./view-acts.ts";

// Those of people give the staff another password, which ends the session.
const acts = {
  ...CASE_ACTS,
  ...ASSIGNMENT_ACTS,
  ...READING_ACTS,
  ...CRITICAL_ACTS,
  ...PROCEDURE_ACTS,
  ...LEARNING_ACTS,
  ...MACRO_ACTS,
  ...FILM_ACTS,
  ...MERGE_ACTS,
  ...VIEW_ACTS,
  ...NOTIFICATION_ACTS,
  ...PEOPLE_ACTS,
  ...ALARM_ACTS,
  ...THRESHOLD_ACTS,
};

describe("every mutation leaves exactly one event", () => {
  let server: TestServer;
  let stage: Stage;

  beforeAll(async () => {
    server = await startTestServer();
    const siteId = (await aSite(server)).id;
    stage = {
      server,
      siteId,
      reader: await asRadiologist(server, siteId),
      staff: await asStaff(server, siteId),
      admin: await asAdmin(server, siteId),
    };
  });

  afterAll(() => server.stop());

  /** Tested with all their rules in tests/api/{readings,film-corrections,auth,models,policies,promotions,training}. */
  const elsewhere = [
    "signReading",
    "amendReading",
    "addAddendum",
    "restoreSignature",
    "signInWithIdToken",
    "saveBars",
    "judgeCandidate",
    "startShadow",
    "endShadow",
    "proposePromotion",
    "approvePromotion",
    "rejectPromotion",
    "rollBackPromotion",
    "savePolicy",
    "saveThreshold",
    "proposeSingleApproval",
    "startTraining",
    "pauseTraining",
    "resumeTraining",
    "stopTraining",
  ];

  it("knows every mutation of the schema", () => {
    const fields = server.api.schema.getMutationType()?.getFields() ?? {};
    expect([...Object.keys(acts), ...elsewhere].sort()).toEqual(
      Object.keys(fields).sort(),
    );
  });

  /** The snapshot without the columns of the reading beside the case. */
  const caseColumns = (snapshot: unknown) =>
    Object.fromEntries(
      Object.entries(snapshot ?? {}).filter(
        ([name]) => !name.startsWith("reading."),
      ),
    );

  it.each(Object.keys(acts))("%s", async (name) => {
    const act = await acts[name]?.(stage);
    if (act === undefined) throw new Error(`no act for ${name}`);
    const { result, events } = await recordedBy(server, async () => {
      const { actorId, ok } = act.run();
      await ok;
      return actorId;
    });
    const own = events.filter(({ type }) => !act.beside?.includes(type));
    expect(events).toHaveLength(1 + (act.beside?.length ?? 0));
    expect(own).toHaveLength(1);
    expect(own[0]).toMatchObject({ actorId: result, ...act.expected });
    // toMatchObject lets more keys through: before and after must be exact.
    if (act.expected.before)
      expect(caseColumns(own[0]?.before)).toEqual(act.expected.before);
    if (act.expected.after)
      expect(caseColumns(own[0]?.after)).toEqual(act.expected.after);
    const text = JSON.stringify(events);
    expect(text).not.toContain("three horses");
    expect(text).not.toContain("argon2");
  });
});
