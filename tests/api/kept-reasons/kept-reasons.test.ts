import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AuditLog } from "../../../apps/api/src/audit/audit-log.ts";
import { purgeKeptReasons } from "../../../apps/api/src/features/kept-reasons/kept-reason-purge.ts";
import { MAX_REASONS } from "../../../apps/api/src/features/kept-reasons/kept-reason.rules.ts";
import { KEEP_TEXT_SECONDS } from "../../../apps/api/src/features/kept-reasons/forget-untouched.ts";
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
import { KEEP, keepReason, reasonFor } from "./kept-reason-documents.ts";
import type { About } from "./kept-reason-documents.ts";

describe("reasons that are typed and not given", () => {
  let server: TestServer;
  let siteId: string;
  let staff: SignedIn;
  let admin: SignedIn;
  let one: string;
  let other: string;
  let merge: About;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  beforeEach(async () => {
    siteId = (await aSite(server)).id;
    staff = await asStaff(server, siteId);
    admin = await asAdmin(server, siteId);
    const first = (await aCase(server, siteId).create()).patient.id;
    const second = (await aCase(server, siteId).create()).patient.id;
    one = first < second ? first : second;
    other = first < second ? second : first;
    merge = { kind: "MERGE", aboutId: one, part: other };
  });

  const atAnotherDesk = ({ userId, name, email }: SignedIn) =>
    openSession(server, { id: userId, name, email });

  it("are there at another desk, whichever of two records is named first", async () => {
    await keepReason(staff, merge, "  Two ca");
    await keepReason(staff, merge, "  Two cards ");
    const desk = await atAnotherDesk(staff);
    expect(await reasonFor(desk, merge)).toBe("  Two cards ");
    const turned = { kind: "MERGE", aboutId: other, part: one };
    expect(await reasonFor(desk, turned)).toBe("  Two cards ");
    await keepReason(desk, turned, "One person");
    expect(await reasonFor(staff, merge)).toBe("One person");
  });

  it("are of what they were typed for: another pair, another kind has none", async () => {
    const third = (await aCase(server, siteId).create()).patient.id;
    await keepReason(staff, merge, "Two cards");
    for (const elsewhere of [
      { ...merge, part: third },
      { ...merge, kind: "NOT_SAME" },
    ])
      expect(await reasonFor(staff, elsewhere)).toBeNull();
  });

  it("are nobody else's: no colleague's, no admin's", async () => {
    await keepReason(staff, merge, "I am not sure");
    for (const viewer of [await asStaff(server, siteId), admin])
      expect(await reasonFor(viewer, merge)).toBeNull();
    expect(await reasonFor(staff, merge)).toBe("I am not sure");
  });

  it("are one though two desks keep at once", async () => {
    await Promise.all(
      ["One", "Other"].map((text) => keepReason(staff, merge, text)),
    );
    const { client } = server.database;
    const { userId } = staff;
    expect(await client.keptReason.count({ where: { userId } })).toBe(1);
  });

  it("leave an event each time, which says none of them", async () => {
    const { events } = await recordedBy(server, async () => {
      await keepReason(staff, merge, "Zebra crossing");
      await keepReason(staff, merge, "Zebra crossing");
      await keepReason(staff, merge, "");
      await keepReason(staff, merge, " ");
    });
    expect(
      events.filter(({ type }) => type.startsWith("user.reason-")),
    ).toMatchObject([
      {
        type: "user.reason-kept",
        subjectId: staff.userId,
        siteId,
        patientId: one,
        details: merge,
      },
      { type: "user.reason-forgotten", actorId: staff.userId },
    ]);
    expect(JSON.stringify(events)).not.toContain("Zebra");
    expect(await reasonFor(staff, merge)).toBeNull();
  });

  it("are not kept by an auditor, who gives none", async () => {
    const auditor = await asAuditor(server, siteId);
    const input = { kind: "POLICY", aboutId: siteId, text: "x" };
    (await auditor.execute(KEEP, { input })).refusedWith("FORBIDDEN");
  });

  it("are not kept about what is another hospital's, or not there", async () => {
    const elsewhere = (await aSite(server)).id;
    const stranger = await asStaff(server, elsewhere);
    const theirs = (await aCase(server, elsewhere).create()).patient.id;
    const input = { ...merge, text: "x" };
    (await stranger.execute(KEEP, { input })).refusedWith("NOT_FOUND");
    for (const part of [theirs, one, randomUUID(), "nobody", ""])
      (await staff.execute(KEEP, { input: { ...input, part } })).refusedWith(
        "NOT_FOUND",
      );
    await keepReason(staff, merge, "Two cards");
    const { client } = server.database;
    await client.siteMember.deleteMany({ where: { userId: staff.userId } });
    expect(await reasonFor(await atAnotherDesk(staff), merge)).toBeNull();
  });

  it.each([
    ["too long a text", { text: "x".repeat(1_001) }],
    ["a part that nothing has", { part: "<age>" }],
  ])("are refused with %s", async (_, wrong) => {
    const input = { ...merge, text: "x", ...wrong };
    (await staff.execute(KEEP, { input })).refusedWith("BAD_USER_INPUT");
  });

  it("are as long as a macro is, where they are one", async () => {
    const reader = await asRadiologist(server, siteId);
    const macro = { kind: "OWN_MACRO", aboutId: siteId };
    await keepReason(reader, macro, "x".repeat(60_000));
    const input = { ...macro, text: "x".repeat(60_001) };
    (await reader.execute(KEEP, { input })).refusedWith("BAD_USER_INPUT");
  });

  it("are of no colleague's macro", async () => {
    const reader = await asRadiologist(server, siteId);
    const { id } = await server.database.client.reportMacro.create({
      data: { siteId, ownerId: reader.userId, name: "mine", texts: [] },
    });
    const input = { kind: "OWN_MACRO", aboutId: id, text: "x" };
    const other = await asRadiologist(server, siteId);
    (await other.execute(KEEP, { input })).refusedWith("NOT_FOUND");
    const ofSite = { ...input, kind: "SITE_MACRO" };
    (await admin.execute(KEEP, { input: ofSite })).refusedWith("NOT_FOUND");
    await keepReason(reader, input, "x");
  });

  it("are listed by kind, of whichever part, for their author alone", async () => {
    const note = { kind: "FILM_NOTE", aboutId: siteId };
    const film = "a".repeat(64);
    await keepReason(staff, note, "All from the ward");
    await keepReason(staff, { ...note, part: film }, "Fell yesterday");
    await keepReason(staff, { ...note, kind: "DETAILS_TABLE" }, "file;mrn");
    const listed = async (who: SignedIn) =>
      (
        await who.execute(
          `query ($kind: KeptReasonKind!, $aboutId: ID!) {
            keptReasons(kind: $kind, aboutId: $aboutId) { part text } }`,
          note,
        )
      ).anyData()["keptReasons"];
    expect(await listed(await atAnotherDesk(staff))).toEqual(
      expect.arrayContaining([
        { part: "", text: "All from the ward" },
        { part: film, text: "Fell yesterday" },
      ]),
    );
    expect(await listed(staff)).toHaveLength(2);
    expect(await listed(await asStaff(server, siteId))).toEqual([]);
    const auditor = await asAuditor(server, siteId);
    const input = { ...note, text: "x" };
    (await auditor.execute(KEEP, { input })).refusedWith("FORBIDDEN");
  });

  it.each([
    ["FILM_NOTE", 4_000],
    ["DETAILS_TABLE", 100_000],
  ])("are as long as what they are: %s", async (kind, most) => {
    const about = { kind, aboutId: siteId };
    await keepReason(staff, about, "x".repeat(most));
    const input = { ...about, text: "x".repeat(most + 1) };
    (await staff.execute(KEEP, { input })).refusedWith("BAD_USER_INPUT");
  });

  it("are so many at most", async () => {
    await keepReason(staff, merge, "The first");
    const { userId } = staff;
    await server.database.client.keptReason.createMany({
      data: Array.from({ length: MAX_REASONS - 1 }, () => ({
        userId,
        siteId,
        kind: "MERGE_UNDO" as const,
        aboutId: randomUUID(),
        part: "",
        text: "x",
        keptAt: server.clock.now(),
      })),
    });
    const input = { ...merge, kind: "NOT_SAME", text: "x" };
    (await staff.execute(KEEP, { input })).refusedWith("BAD_USER_INPUT");
    // Those that are there go on.
    await keepReason(staff, merge, "The first, and more");
  });

  it("are a look at whose record they are about, where they are about one", async () => {
    const policy = { kind: "POLICY", aboutId: siteId };
    const withdrawal = { kind: "WITHDRAWAL", aboutId: one };
    await keepReason(admin, policy, "Winter");
    await keepReason(admin, withdrawal, "Asked for it");
    const desk = await atAnotherDesk(admin);
    server.clock.forward(61);
    const { events } = await recordedBy(server, async () => {
      expect(await reasonFor(desk, policy)).toBe("Winter");
      expect(await reasonFor(desk, withdrawal)).toBe("Asked for it");
    });
    expect(events.map(({ patientId }) => patientId)).toEqual([one]);
  });

  it("are forgotten a month after the last letter, on record", async () => {
    const reader = await asRadiologist(server, siteId);
    await keepReason(staff, merge, "Two cards");
    await keepReason(reader, merge, "One woman");
    const purge = () => {
      const { client } = server.database;
      const audit = new AuditLog(client, server.clock);
      return purgeKeptReasons({ client, audit, clock: server.clock });
    };
    server.clock.forward(KEEP_TEXT_SECONDS - 60);
    const again = await atAnotherDesk(reader);
    await keepReason(again, merge, "One woman, two cards");
    server.clock.forward(120);
    const { events } = await recordedBy(server, purge);
    expect(
      events.filter(({ subjectId }) => subjectId === staff.userId),
    ).toMatchObject([
      {
        type: "user.reason-forgotten",
        actorRole: "SYSTEM",
        siteId,
        patientId: one,
        details: merge,
      },
    ]);
    const { client } = server.database;
    const left = await client.keptReason.findMany({ where: { siteId } });
    expect(left).toMatchObject([{ userId: reader.userId }]);
  });
});
