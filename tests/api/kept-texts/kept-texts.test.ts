import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AuditLog } from "../../../apps/api/src/audit/audit-log.ts";
import { KEEP_TEXT_SECONDS } from "../../../apps/api/src/features/kept-reasons/forget-untouched.ts";
import { purgeKeptTexts } from "../../../apps/api/src/features/kept-texts/kept-text-purge.ts";
import { MAX_TEXTS } from "../../../apps/api/src/features/kept-texts/kept-text.rules.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asAuditor,
  asRadiologist,
  asStaff,
  openSession,
} from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";
import { KEEP, keep, keptFor, signedBy } from "./kept-text-documents.ts";

describe("words that are typed and not sent", () => {
  let server: TestServer;
  let siteId: string;
  let staff: SignedIn;
  let reader: SignedIn;
  let caseId: string;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  beforeEach(async () => {
    siteId = (await aSite(server)).id;
    staff = await asStaff(server, siteId);
    reader = await asRadiologist(server, siteId);
    caseId = (await aCase(server, siteId).assessed(0.9).create()).case.id;
  });

  const comment = (text: string) => ({ caseId, kind: "COMMENT", text });
  const atAnotherDesk = ({ userId, name, email }: SignedIn) =>
    openSession(server, { id: userId, name, email });

  it("are there at another desk, the newest in place of those before", async () => {
    await keep(staff, comment("  Bed fou"));
    await keep(staff, comment("  Bed four, by the window "));
    const desk = await atAnotherDesk(staff);
    expect(await keptFor(desk, caseId)).toMatchObject([
      { kind: "COMMENT", aboutId: caseId, text: "  Bed four, by the window " },
    ]);
    await keep(desk, comment("Bed five"));
    expect(await keptFor(staff, caseId)).toMatchObject([{ text: "Bed five" }]);
  });

  it("are nobody else's: no colleague's, no admin's", async () => {
    await keep(reader, comment("I am not sure of this one"));
    const others = [
      staff,
      await asRadiologist(server, siteId),
      await asAdmin(server, siteId),
    ];
    for (const other of others)
      expect(await keptFor(other, caseId)).toEqual([]);
    expect(await keptFor(reader, caseId)).toHaveLength(1);
  });

  it("are one text though two desks keep at once", async () => {
    const both = ["One", "Other"].map((text) => keep(staff, comment(text)));
    await Promise.all(both);
    expect(await keptFor(staff, caseId)).toHaveLength(1);
  });

  it("leave an event each time, which says none of them", async () => {
    const { events } = await recordedBy(server, async () => {
      await keep(staff, comment("Zebra crossing"));
      await keep(staff, comment("Zebra crossing"));
      await keep(staff, comment(""));
      await keep(staff, comment(" "));
    });
    expect(
      events.filter(({ type }) => type.startsWith("case.text-")),
    ).toMatchObject([
      { type: "case.text-kept", subjectId: caseId, siteId },
      { type: "case.text-forgotten", actorId: staff.userId },
    ]);
    expect(JSON.stringify(events)).not.toContain("Zebra");
    expect(await keptFor(staff, caseId)).toEqual([]);
  });

  it.each([
    ["an amendment, of staff", "AMENDMENT", asStaff],
    ["a take-over, of staff", "TAKE_OVER", asStaff],
    ["a comment, of an admin", "COMMENT", asAdmin],
    ["a study's correction, of an admin", "STUDY_CORRECTION", asAdmin],
    ["a study's note, of an admin", "STUDY_NOTE", asAdmin],
    ["why that is undone, of an admin", "STUDY_UNDO", asAdmin],
    ["anything, of an auditor", "COMMENT", asAuditor],
  ])("are not kept for %s, who may not send it", async (_, kind, as) => {
    const viewer = await as(server, siteId);
    const input = { caseId, kind, text: "x" };
    (await viewer.execute(KEEP, { input })).refusedWith("FORBIDDEN");
  });

  it("are not kept about another hospital's case", async () => {
    const elsewhere = (await aSite(server)).id;
    const other = await asStaff(server, elsewhere);
    const input = comment("x");
    (await other.execute(KEEP, { input })).refusedWith("NOT_FOUND");
    await keep(staff, input);
    const { client } = server.database;
    await client.siteMember.deleteMany({ where: { userId: staff.userId } });
    const moved = await atAnotherDesk(staff);
    expect(await keptFor(moved, caseId)).toEqual([]);
  });

  it.each([
    ["too long a text", { text: "x".repeat(10_001) }],
    ["a draft that is no amendment's", { draft: { comment: "so far" } }],
    ["an id that is none", { aboutId: "nothing" }],
    [
      "a draft that no reading has",
      { kind: "AMENDMENT", draft: { comment: "x".repeat(4_001) } },
    ],
  ])("are refused with %s", async (_, wrong) => {
    const input = { ...comment("x"), ...wrong };
    (await reader.execute(KEEP, { input })).refusedWith("BAD_USER_INPUT");
  });

  it("are so many at most", async () => {
    await keep(staff, comment("The first"));
    const { userId } = staff;
    await server.database.client.keptText.createMany({
      data: Array.from({ length: MAX_TEXTS - 1 }, () => ({
        userId,
        siteId,
        caseId,
        kind: "CRITICAL_TOLD" as const,
        aboutId: randomUUID(),
        text: "x",
        keptAt: server.clock.now(),
      })),
    });
    const input = { ...comment("x"), kind: "COMMENT_EDIT", aboutId: caseId };
    (await staff.execute(KEEP, { input })).refusedWith("BAD_USER_INPUT");
    // Those that are there go on.
    await keep(staff, comment("The first, and more"));
  });

  it("of an amendment bring back what it would say, and why", async () => {
    const { case: row, versionId } = await signedBy(server, reader, siteId);
    const input = {
      caseId: row.id,
      kind: "AMENDMENT",
      aboutId: versionId,
      text: "Seen again with",
      draft: {
        label: "OTHER",
        comment: "Half a thought",
        findings: [{ code: "nodule-mass", presence: "PRESENT" }],
        report: {
          language: "EN",
          indication: "",
          technique: "",
          comparison: "",
          findings: "",
          impression: "A nodule.",
          edited: ["IMPRESSION"],
        },
      },
    };
    (await reader.execute(KEEP, { input })).anyData();
    expect(await keptFor(reader, row.id)).toMatchObject([
      {
        kind: "AMENDMENT",
        aboutId: versionId,
        text: "Seen again with",
        draft: {
          label: "OTHER",
          comment: "Half a thought",
          findings: [{ code: "nodule-mass" }],
          report: { impression: "A nodule." },
        },
      },
    ]);
    const { events } = await recordedBy(server, () =>
      reader.execute(KEEP, { input }),
    );
    expect(events.map(({ type }) => type)).not.toContain("case.text-kept");
  });

  it("of an amendment do not come to who reads the case blind again", async () => {
    await server.database.client.keptText.createMany({
      data: (["AMENDMENT", "COMMENT"] as const).map((kind) => ({
        userId: reader.userId,
        siteId,
        caseId,
        kind,
        aboutId: caseId,
        text: "The AI was wrong",
        keptAt: server.clock.now(),
      })),
    });
    expect(await keptFor(reader, caseId)).toMatchObject([{ kind: "COMMENT" }]);
  });

  it("are forgotten a month after the last letter, on record", async () => {
    await keep(staff, comment("Bed four"));
    await keep(reader, comment("Seen him"));
    const purge = () => {
      const { client } = server.database;
      const audit = new AuditLog(client, server.clock);
      return purgeKeptTexts({ client, audit, clock: server.clock });
    };
    server.clock.forward(KEEP_TEXT_SECONDS - 60);
    const again = await atAnotherDesk(reader);
    await keep(again, comment("Seen him today"));
    server.clock.forward(120);
    const { events } = await recordedBy(server, purge);
    expect(
      events.filter(({ subjectId }) => subjectId === caseId),
    ).toMatchObject([
      {
        type: "case.text-forgotten",
        actorRole: "SYSTEM",
        siteId,
        details: { kind: "COMMENT", aboutId: caseId },
      },
    ]);
    const { client } = server.database;
    const left = await client.keptText.findMany({ where: { caseId } });
    expect(left).toMatchObject([{ userId: reader.userId }]);
  });
});
