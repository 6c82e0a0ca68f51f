import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { givenPolicy } from "../../testkit/policies.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";
import {
  amend,
  caseOf,
  claim,
  labelOf,
  reads,
  release,
  request,
  showFirst,
  signHeld,
  takeOver,
} from "./second-reading.ts";

const NOTICES = `{ signerNotices { edges { node { notice case { id } } } } }`;
const UNNAMED = `query ($id: ID!) { case(id: $id) { unnamedReadings { place label comment contradicted findings { code presence } } } }`;

describe("a second reading", () => {
  let server: TestServer;
  let siteId: string;
  let first: SignedIn;
  let second: SignedIn;
  let third: SignedIn;
  let staff: SignedIn;
  let admin: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    first = await asRadiologist(server, siteId);
    second = await asRadiologist(server, siteId);
    third = await asRadiologist(server, siteId);
    staff = await asStaff(server, siteId);
    admin = await asAdmin(server, siteId);
  });
  afterAll(() => server.stop());

  const aNotAssessed = async (): Promise<string> =>
    (await aCase(server, siteId).notAssessed("lateral").create()).case.id;

  /** Signed by the first reader, and asked for a second time. */
  async function aDue(label = "NORMAL", said = {}) {
    const id = await aNotAssessed();
    const versionId = await reads(server, first, id, label, said);
    (await request(staff, id)).anyData();
    return { id, versionId };
  }

  it("is asked for by its signer, staff or an admin, with a reason, once", async () => {
    for (const who of [first, staff, admin]) {
      const id = await aNotAssessed();
      (await request(who, id)).refusedWith("CASE_NOT_SIGNED");
      await reads(server, first, id, "NORMAL");
      (await request(second, id)).refusedWith("FORBIDDEN");
      (await request(who, id, " ")).refusedWith("BAD_USER_INPUT");
      (await request(who, id, "x".repeat(1001))).refusedWith("BAD_USER_INPUT");
      const { events } = await recordedBy(server, async () =>
        (await request(who, id, "faint shadow")).anyData(),
      );
      expect(
        events.filter(({ type }) => type !== "patient.viewed"),
      ).toMatchObject([
        {
          type: "case.second-read-asked",
          actorId: who.userId,
          subjectId: id,
          before: { secondRead: null },
          after: { secondRead: "SECOND_DUE", secondReadReasons: ["asked"] },
          details: { reason: "faint shadow" },
        },
      ]);
      (await request(who, id)).refusedWith("SECOND_READ_EXISTS");
      // What was signed first stays the result.
      expect(await caseOf(server, id)).toMatchObject({
        state: "SIGNED",
        decidedLabel: "NORMAL",
      });
    }
  });

  it("of another hospital's case is not there", async () => {
    const { id } = await aDue();
    const elsewhere = (await aSite(server)).id;
    const reader = await asRadiologist(server, elsewhere);
    const far = await asStaff(server, elsewhere);
    (await claim(reader, id)).refusedWith("NOT_FOUND");
    (await showFirst(reader, id)).refusedWith("NOT_FOUND");
    (await request(far, id)).refusedWith("NOT_FOUND");
  });

  it("is refused to the first reader and to who looked at what was signed", async () => {
    const { id } = await aDue();
    expect((await claim(first, id)).refusedWith("SECOND_READ_BARRED")).toEqual(
      expect.objectContaining({
        extensions: expect.objectContaining({ bar: "HAS_READ" }) as unknown,
      }),
    );
    const { events } = await recordedBy(server, async () =>
      (await showFirst(third, id)).anyData(),
    );
    expect(events).toContainEqual(
      expect.objectContaining({
        type: "case.first-reading-shown",
        actorId: third.userId,
        after: expect.objectContaining({
          "reading.firstShownAt": expect.any(String) as unknown,
        }) as unknown,
      }),
    );
    (await claim(third, id)).refusedWith("SECOND_READ_BARRED");
    (await claim(staff, id)).refusedWith("FORBIDDEN");
    (await claim(second, id)).anyData();
    (await showFirst(second, id)).refusedWith("SECOND_READ_HELD");
    (await release(second, id)).anyData();
  });

  it("is handed back, and its draft is there for who did it", async () => {
    const { id } = await aDue();
    (await claim(second, id)).anyData();
    (await release(third, id)).refusedWith("CASE_NOT_CLAIMED");
    const { events } = await recordedBy(server, async () =>
      (await release(second, id)).anyData(),
    );
    expect(events).toContainEqual(
      expect.objectContaining({
        type: "case.released",
        after: expect.objectContaining({
          secondRead: "SECOND_DUE",
        }) as unknown,
        details: { reason: "reader" },
      }),
    );
    expect(await caseOf(server, id)).toMatchObject({
      state: "SIGNED",
      secondRead: "SECOND_DUE",
      secondReaderId: null,
    });
    (await claim(third, id)).anyData();
  });

  it("is taken over with a reason by who may do it, and by nobody else", async () => {
    const { id } = await aDue();
    (await claim(second, id)).anyData();
    const asked = `{ case(id: "${id}") { viewerCanTakeOver } }`;
    const may = async (who: SignedIn) => (await who.execute(asked)).anyData();
    expect(await may(third)).toEqual({ case: { viewerCanTakeOver: true } });
    expect(await may(first)).toEqual({ case: { viewerCanTakeOver: false } });
    expect(await may(second)).toEqual({ case: { viewerCanTakeOver: false } });
    (await takeOver(third, id, " ")).refusedWith("BAD_USER_INPUT");
    (await takeOver(first, id)).refusedWith("SECOND_READ_BARRED");
    (await takeOver(staff, id)).refusedWith("FORBIDDEN");
    const { events } = await recordedBy(server, async () =>
      (await takeOver(third, id)).anyData(),
    );
    expect(events).toContainEqual(
      expect.objectContaining({
        type: "case.taken-over",
        actorId: third.userId,
        details: { reason: "gone home", from: second.userId },
      }),
    );
    expect(await caseOf(server, id)).toMatchObject({
      secondRead: "SECOND_READING",
      secondReaderId: third.userId,
    });
    const notes = await server.database.client.inboxItem.findMany({
      where: { caseId: id },
    });
    expect(notes.map(({ kind, userId }) => [kind, userId])).toEqual([
      ["TAKEN_OVER", second.userId],
    ]);
    const said = { label: "NORMAL" };
    (await signHeld(server, second, id, said)).refusedWith(
      "CASE_CLAIMED_BY_ANOTHER",
    );
    (await signHeld(server, third, id, said)).anyData();
    (await takeOver(second, id)).refusedWith("CASE_ALREADY_SIGNED");
  });

  it("is not of who was told what is critical, and who reads it is not told", async () => {
    const MARK = `mutation ($id: ID!) { markCritical(caseId: $id, input: { finding: "pneumothorax", reason: "Large" }) { id } }`;
    const TELL = `mutation ($id: ID!, $to: ID!) { tellCritical(id: $id, input: { way: DESK, toUserId: $to }) { id } }`;
    const { id } = await aDue();
    const { markCritical } = (await first.execute(MARK, { id })).data(
      z.object({ markCritical: z.object({ id: z.string() }) }),
    );
    const tell = (to: SignedIn) =>
      staff.execute(TELL, { id: markCritical.id, to: to.userId });
    (await claim(second, id)).anyData();
    (await tell(second)).refusedWith("SECOND_READER_TOLD");
    (await tell(third)).anyData();
    const refused = (await takeOver(third, id)).refusedWith(
      "SECOND_READ_BARRED",
    );
    expect(refused).toMatchObject({ extensions: { bar: "WAS_TOLD" } });
    (await release(second, id)).anyData();
    (await claim(third, id)).refusedWith("SECOND_READ_BARRED");
    // He knows it: nothing of it is kept from him.
    const asked = `{ case(id: "${id}") { firstIsKept viewerCanClaim } }`;
    expect((await third.execute(asked)).anyData()).toEqual({
      case: { firstIsKept: false, viewerCanClaim: false },
    });
    expect((await second.execute(asked)).anyData()).toEqual({
      case: { firstIsKept: true, viewerCanClaim: true },
    });
  });

  it("that says the same is done, and the label is two readers'", async () => {
    const { id } = await aDue("PNEUMONIA");
    (await claim(second, id)).anyData();
    const { result, events } = await recordedBy(server, () =>
      signHeld(server, second, id, { label: "PNEUMONIA" }),
    );
    expect(result.anyData()).toMatchObject({
      signReading: { stage: "SECOND" },
    });
    expect(events.filter(({ type }) => type === "reading.signed")).toHaveLength(
      1,
    );
    expect(await caseOf(server, id)).toMatchObject({
      state: "SIGNED",
      secondRead: "AGREED",
      secondReaderId: null,
    });
    expect(await labelOf(server, id)).toMatchObject({
      grade: "TWO_AGREE",
      label: "PNEUMONIA",
    });
    (await claim(third, id)).refusedWith("CASE_ALREADY_SIGNED");
  });

  it("that differs goes to a third reader, who sees both unnamed and decides", async () => {
    const { id, versionId } = await aDue("NORMAL", { comment: "clear" });
    await reads(server, second, id, "PNEUMONIA", { comment: "right lower" });
    expect(await caseOf(server, id)).toMatchObject({
      secondRead: "ADJUDICATION_DUE",
      decidedLabel: "NORMAL",
    });
    expect(await labelOf(server, id)).toBeNull();
    for (const who of [first, second])
      (await claim(who, id)).refusedWith("SECOND_READ_BARRED");
    const before = (await third.execute(UNNAMED, { id })).anyData();
    expect(before).toMatchObject({ case: { unnamedReadings: [] } });
    (await claim(third, id)).anyData();
    const { case: shown } = (
      await third.execute(UNNAMED, { id })
    ).anyData() as {
      case: { unnamedReadings: { place: number; comment: string }[] };
    };
    expect(shown.unnamedReadings.map(({ place }) => place)).toEqual([1, 2]);
    expect(shown.unnamedReadings.map(({ comment }) => comment).sort()).toEqual([
      "clear",
      "right lower",
    ]);
    (await signHeld(server, third, id, { label: "PNEUMONIA" })).anyData();
    expect(await labelOf(server, id)).toMatchObject({
      grade: "ADJUDICATED",
      label: "PNEUMONIA",
    });
    // The signer is told; what he signed stays until he amends it.
    expect(await caseOf(server, id)).toMatchObject({
      secondRead: "ADJUDICATED",
      decidedLabel: "NORMAL",
    });
    const told = JSON.stringify((await first.execute(NOTICES)).anyData());
    expect(told).toContain(`{"notice":"ADJUDICATED","case":{"id":"${id}"}}`);
    (await amend(first, versionId, "PNEUMONIA")).anyData();
    expect(await caseOf(server, id)).toMatchObject({
      secondRead: "ADJUDICATED",
      decidedLabel: "PNEUMONIA",
    });
  });

  it("tells the first reader nothing where the third one says the same", async () => {
    const { id } = await aDue("NORMAL");
    await reads(server, second, id, "OTHER");
    await reads(server, third, id, "NORMAL");
    const told = JSON.stringify((await first.execute(NOTICES)).anyData());
    expect(told).not.toContain(id);
    expect(await labelOf(server, id)).toMatchObject({ grade: "ADJUDICATED" });
  });

  it("differs over a finding that one calls there and the other denies", async () => {
    const nodule = (presence: string) => ({
      findings: [{ code: "nodule-mass", presence }],
    });
    const { id } = await aDue("OTHER", nodule("PRESENT"));
    await reads(server, second, id, "OTHER", nodule("ABSENT"));
    expect((await caseOf(server, id)).secondRead).toBe("ADJUDICATION_DUE");
    expect(await labelOf(server, id)).toBeNull();
  });

  it("is compared with what the first reader has amended meanwhile", async () => {
    const { id, versionId } = await aDue("NORMAL");
    (await claim(second, id)).anyData();
    const { version } = await caseOf(server, id);
    (await amend(first, versionId, "OTHER")).anyData();
    // The second reader is not told, and not asked to look again.
    expect((await caseOf(server, id)).version).toBe(version);
    (await signHeld(server, second, id, { label: "OTHER" })).anyData();
    expect((await caseOf(server, id)).secondRead).toBe("AGREED");
  });

  it("is compared anew when the first reader amends after it", async () => {
    const { id, versionId } = await aDue("NORMAL");
    await reads(server, second, id, "NORMAL");
    const { amendReading } = (
      await amend(first, versionId, "PNEUMONIA")
    ).anyData() as { amendReading: { id: string } };
    expect((await caseOf(server, id)).secondRead).toBe("ADJUDICATION_DUE");
    (await amend(first, amendReading.id, "NORMAL")).anyData();
    expect((await caseOf(server, id)).secondRead).toBe("AGREED");
    expect(await labelOf(server, id)).toMatchObject({ grade: "TWO_AGREE" });
  });

  it("counts as no first signature on the board", async () => {
    const here = (await aSite(server)).id;
    const one = await asRadiologist(server, here);
    const other = await asRadiologist(server, here);
    const { id } = (await aCase(server, here).notAssessed("lateral").create())
      .case;
    await reads(server, one, id, "NORMAL");
    (await request(one, id)).anyData();
    await reads(server, other, id, "NORMAL");
    const board = await one.execute(
      `{ board(siteId: "${here}") { days { signed } } }`,
    );
    const { days } = board.anyData()["board"] as { days: { signed: number }[] };
    expect(days.at(-1)).toEqual({ signed: 1 });
  });

  it("may not be amended: it is no report", async () => {
    const { id } = await aDue("NORMAL");
    const own = await reads(server, second, id, "NORMAL");
    (await amend(second, own, "OTHER")).refusedWith("READING_SUPERSEDED");
  });

  it("is found in the list and claimed as the next one by who may read it", async () => {
    const here = (await aSite(server)).id;
    const junior = await asRadiologist(server, here);
    const senior = await asRadiologist(server, here);
    const desk = await asStaff(server, here);
    await givenPolicy(server, here, {
      secondReads: { readers: [junior.userId] },
    });
    const id = (await aCase(server, here).notAssessed("lateral").create()).case
      .id;
    const { events } = await recordedBy(server, () =>
      reads(server, junior, id, "NORMAL"),
    );
    // The rule is part of the signature: no event of its own.
    expect(events.map(({ type }) => type)).not.toContain(
      "case.second-read-asked",
    );
    expect(
      events.find(({ type }) => type === "reading.signed")?.after,
    ).toMatchObject({ case: { secondReadReasons: ["reader"] } });
    const list = `{ worklist(filter: { secondReads: true }) { totalCount edges { node { id } } } worklistSummary { secondReads } }`;
    for (const [who, count] of [
      [junior, 0],
      [senior, 1],
      [desk, 1],
    ] as const)
      expect((await who.execute(list)).anyData()).toMatchObject({
        worklist: { totalCount: count },
        worklistSummary: { secondReads: count },
      });
    const next = `mutation { claimNextCase(secondReads: true) { id viewerStage } }`;
    expect((await junior.execute(next)).anyData()).toEqual({
      claimNextCase: null,
    });
    // Who asks for unread cases is given none that is signed.
    expect(
      (await senior.execute(`mutation { claimNextCase { id } }`)).anyData(),
    ).toEqual({ claimNextCase: null });
    expect(
      (
        await senior.execute(`{ nextCase(secondReads: true) { id } }`)
      ).anyData(),
    ).toEqual({ nextCase: { id } });
    expect((await senior.execute(next)).anyData()).toEqual({
      claimNextCase: { id, viewerStage: "SECOND" },
    });
    expect(
      (await senior.execute(`mutation { handOver { reading } }`)).anyData(),
    ).toEqual({ handOver: { reading: 1 } });
    expect((await caseOf(server, id)).secondRead).toBe("SECOND_DUE");
  });

  it("of many who claim it at once is one reader's", async () => {
    const { id } = await aDue();
    const readers = await Promise.all(
      Array.from({ length: 8 }, () => asRadiologist(server, siteId)),
    );
    const codes = await Promise.all(
      readers.map(async (who) => (await claim(who, id)).code),
    );
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(
      codes.filter((code) => code === "CASE_CLAIMED_BY_ANOTHER"),
    ).toHaveLength(7);
    const open = await server.database.client.reading.findMany({
      where: { caseId: id, state: "OPEN" },
    });
    expect(open).toHaveLength(1);
    expect(open[0]?.readerId).toBe((await caseOf(server, id)).secondReaderId);
  });

  it("is anybody's again when the lease runs out, the draft kept", async () => {
    const { id } = await aDue();
    (await claim(second, id)).anyData();
    (
      await second.execute(
        `mutation { saveReadingDraft(caseId: "${id}", input: { comment: "mine" }) { id } }`,
      )
    ).anyData();
    server.clock.forward(16 * 60);
    (await claim(third, id)).anyData();
    (await release(third, id)).anyData();
    (await claim(second, id)).anyData();
    const own = await second.execute(
      `{ case(id: "${id}") { viewerReading { stage draft { comment } } } }`,
    );
    expect(own.anyData()).toMatchObject({
      case: { viewerReading: { stage: "SECOND", draft: { comment: "mine" } } },
    });
    (await release(second, id)).anyData();
  });
});
