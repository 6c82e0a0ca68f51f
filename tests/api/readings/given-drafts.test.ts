import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asRadiologist, asStaff } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";
import {
  caseOf,
  claim,
  release,
  signHeld,
  takeOver,
} from "../second-reads/second-reading.ts";
import { REVEAL } from "./reading-documents.ts";

const WORDS = "half a thought";
const SAVE = `mutation ($id: ID!) { saveReadingDraft(caseId: $id, input: { label: PNEUMONIA, comment: "${WORDS}" }) { id } }`;
const GIVE = `mutation ($id: ID!, $to: ID!) { giveDraft(caseId: $id, toUserId: $to) { id } }`;
const TAKE_BACK = `mutation ($id: ID!) { takeBackDraft(caseId: $id) { id } }`;
const TAKE = `mutation ($id: ID!, $from: ID!) { takeGivenDraft(caseId: $id, fromUserId: $from) { id } }`;
const LEAVE = `mutation ($id: ID!, $from: ID!) { leaveGivenDraft(caseId: $id, fromUserId: $from) { id } }`;
const HAND_OVER = `mutation ($to: ID, $pool: ID) { handOver(toUserId: $to, toPoolId: $pool, withDrafts: true) { reading assigned } }`;
const READING = `opinion opinionStands draftGivenTo { id } draftIsLeft draft { label comment }`;
const SAVE_LABEL = `mutation ($id: ID!) { saveReadingDraft(caseId: $id, input: { label: OTHER }) { id } }`;
const SAY = `mutation ($id: ID!, $opinion: Label!) { recordOpinion(caseId: $id, opinion: $opinion) { id } }`;
const SEEN = `query ($id: ID!) { case(id: $id) {
  givenDrafts { reader { id } ${READING} } readings { ${READING} } viewerReading { ${READING} }
  history(first: 50) { edges { node { type before after details } } } } }`;

describe("a draft that is given along", () => {
  let server: TestServer;
  let siteId: string;
  let author: SignedIn;
  let holder: SignedIn;
  let third: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    author = await asRadiologist(server, siteId);
    holder = await asRadiologist(server, siteId);
    third = await asRadiologist(server, siteId);
  });
  afterAll(() => server.stop());

  const give = (who: SignedIn, id: string, to: SignedIn) =>
    who.execute(GIVE, { id, to: to.userId });
  const take = (who: SignedIn, id: string) =>
    who.execute(TAKE, { id, from: author.userId });
  const leave = (who: SignedIn, id: string) =>
    who.execute(LEAVE, { id, from: author.userId });
  const reveal = (who: SignedIn, id: string) =>
    who.execute(REVEAL, { id, blind: "NORMAL" });
  const say = (who: SignedIn, id: string, opinion: string) =>
    who.execute(SAY, { id, opinion });
  const seenBy = async (who: SignedIn, id: string) =>
    JSON.stringify((await who.execute(SEEN, { id })).anyData());
  const givenTo = async (id: string) => {
    const row = await server.database.client.reading.findFirstOrThrow({
      where: { caseId: id, readerId: author.userId },
    });
    return row.draftGivenToId;
  };

  /** The author's draft of a case that the holder took from him. */
  async function aTaken(
    film = (made: ReturnType<typeof aCase>) => made.assessed(0.9),
  ): Promise<string> {
    const { case: row } = await film(aCase(server, siteId)).create();
    (await claim(author, row.id)).anyData();
    (await author.execute(SAVE, { id: row.id })).anyData();
    (await takeOver(holder, row.id)).anyData();
    return row.id;
  }

  async function aGiven(): Promise<string> {
    const id = await aTaken();
    (await give(author, id, holder)).anyData();
    return id;
  }

  it("reaches the holder behind his own opinion, and then says all of it", async () => {
    const id = await aGiven();
    expect(await seenBy(author, id)).toContain(holder.userId);
    const before = await seenBy(holder, id);
    expect(before).not.toContain(WORDS);
    expect(before).toContain('"givenDrafts":[]');
    expect(before).not.toContain("draft-given");
    (await take(holder, id)).refusedWith("DRAFT_NOT_GIVEN");
    (await reveal(holder, id)).anyData();
    const { case: open } = (await holder.execute(SEEN, { id })).anyData();
    expect(open).toMatchObject({
      givenDrafts: [
        {
          reader: { id: author.userId },
          // Whose it is given to is its author's to know.
          draftGivenTo: null,
          draft: { label: "PNEUMONIA", comment: WORDS },
        },
      ],
      viewerReading: { opinion: "NORMAL", draft: null },
    });
    for (const who of [third, await asStaff(server, siteId)])
      expect(await seenBy(who, id)).not.toContain(WORDS);
  });

  it("needs no more than his own opinion where the AI has no answer", async () => {
    const id = await aTaken((film) => film.notAssessed("lateral"));
    (await give(author, id, holder)).anyData();
    const before = await seenBy(holder, id);
    expect(before).not.toContain(WORDS);
    expect(before).toContain('"givenDrafts":[]');
    expect(before).not.toContain("draft-given");
    (await take(holder, id)).refusedWith("DRAFT_NOT_GIVEN");
    // A mere label in his draft is no opinion on record.
    (await holder.execute(SAVE_LABEL, { id })).anyData();
    expect(await seenBy(holder, id)).not.toContain(WORDS);
    (await say(holder, id, "OTHER")).anyData();
    const { case: open } = (await holder.execute(SEEN, { id })).anyData();
    expect(open).toMatchObject({
      givenDrafts: [{ reader: { id: author.userId }, opinionStands: false }],
      viewerReading: { opinion: "OTHER", opinionStands: true },
    });
    // What he said before he saw the colleague's stands.
    (await say(holder, id, "PNEUMONIA")).refusedWith("BAD_USER_INPUT");
    (await say(holder, id, "OTHER")).anyData();
    for (const who of [third, await asStaff(server, siteId)])
      expect(await seenBy(who, id)).not.toContain(WORDS);
    (await take(holder, id)).anyData();
  });

  it("stays hidden while the AI still works, and his opinion stays open", async () => {
    const id = await aTaken((film) => film);
    (await give(author, id, holder)).anyData();
    (await say(holder, id, "OTHER")).anyData();
    expect(await seenBy(holder, id)).not.toContain(WORDS);
    (await take(holder, id)).refusedWith("DRAFT_NOT_GIVEN");
    (await say(holder, id, "PNEUMONIA")).anyData();
  });

  it("is taken once, with whose it was in the trail, and stays its author's", async () => {
    const id = await aGiven();
    (await reveal(holder, id)).anyData();
    const { events } = await recordedBy(server, async () =>
      (await take(holder, id)).anyData(),
    );
    expect(events).toMatchObject([
      {
        type: "reading.draft-taken",
        actorId: holder.userId,
        subjectId: id,
        before: { "reading.draftGivenToId": holder.userId },
        after: { "reading.draftGivenToId": null },
        details: { from: author.userId },
      },
    ]);
    (await take(holder, id)).refusedWith("DRAFT_NOT_GIVEN");
    (await author.execute(TAKE_BACK, { id })).refusedWith("DRAFT_NOT_GIVEN");
    expect(await seenBy(holder, id)).not.toContain(WORDS);
    expect(await seenBy(author, id)).toContain(WORDS);
  });

  it("raises no version: the holder signs what he looked at", async () => {
    const id = await aTaken();
    const { version } = await caseOf(server, id);
    (await give(author, id, holder)).anyData();
    (await reveal(holder, id)).anyData();
    (await take(holder, id)).anyData();
    expect((await caseOf(server, id)).version).toBe(version);
  });

  it("is given by its author alone, once, to the holder alone", async () => {
    const id = await aTaken();
    (await give(author, id, third)).refusedWith("NOT_THE_HOLDER");
    (await give(third, id, holder)).refusedWith("NO_DRAFT");
    (await give(holder, id, holder)).refusedWith("NO_DRAFT");
    (await author.execute(GIVE, { id, to: "nonsense" })).refusedWith(
      "NOT_THE_HOLDER",
    );
    const staff = await asStaff(server, siteId);
    (await give(staff, id, holder)).refusedWith("FORBIDDEN");
    const stranger = await asRadiologist(server, (await aSite(server)).id);
    (await give(stranger, id, holder)).refusedWith("NOT_FOUND");
    (await take(stranger, id)).refusedWith("NOT_FOUND");
    (await give(author, id, stranger)).refusedWith("NOT_THE_HOLDER");
    (await give(author, id, holder)).anyData();
    (await give(author, id, holder)).refusedWith("DRAFT_GIVEN");
    (await reveal(holder, id)).anyData();
    (await take(third, id)).refusedWith("CASE_NOT_CLAIMED");
  });

  it("is taken back until it is taken", async () => {
    const id = await aGiven();
    (await reveal(holder, id)).anyData();
    const { events } = await recordedBy(server, async () =>
      (await author.execute(TAKE_BACK, { id })).anyData(),
    );
    expect(events.map(({ type }) => type)).toContain(
      "reading.draft-taken-back",
    );
    expect(await seenBy(holder, id)).not.toContain(WORDS);
    (await take(holder, id)).refusedWith("DRAFT_NOT_GIVEN");
  });

  it("is taken or taken back, never both at once", async () => {
    const id = await aGiven();
    (await reveal(holder, id)).anyData();
    const { events } = await recordedBy(server, () =>
      Promise.all([take(holder, id), author.execute(TAKE_BACK, { id })]),
    );
    expect(
      events.filter(({ type }) => type.startsWith("reading.draft-taken")),
    ).toHaveLength(1);
  });

  it("is left for good by who does without it, as its author sees", async () => {
    const id = await aGiven();
    (await leave(holder, id)).refusedWith("DRAFT_NOT_GIVEN");
    (await reveal(holder, id)).anyData();
    (await leave(third, id)).refusedWith("CASE_NOT_CLAIMED");
    const { events } = await recordedBy(server, async () =>
      (await leave(holder, id)).anyData(),
    );
    expect(events).toMatchObject([
      {
        type: "reading.draft-left",
        actorId: holder.userId,
        subjectId: id,
        after: { "reading.draftAnsweredById": holder.userId },
        details: { from: author.userId },
      },
    ]);
    expect(await seenBy(holder, id)).not.toContain(WORDS);
    (await take(holder, id)).refusedWith("DRAFT_NOT_GIVEN");
    (await leave(holder, id)).refusedWith("DRAFT_NOT_GIVEN");
    // Put back and claimed again, it is not offered again.
    (await release(holder, id)).anyData();
    (await claim(holder, id)).anyData();
    expect(await seenBy(holder, id)).not.toContain(WORDS);

    expect((await author.execute(SEEN, { id })).anyData()).toMatchObject({
      case: {
        viewerReading: {
          draftGivenTo: { id: holder.userId },
          draftIsLeft: true,
        },
      },
    });
    (await give(author, id, holder)).refusedWith("DRAFT_GIVEN");
    (await author.execute(TAKE_BACK, { id })).anyData();
    (await give(author, id, holder)).anyData();
    expect(await seenBy(holder, id)).toContain(WORDS);
  });

  it.each([
    ["taken", TAKE],
    ["left", LEAVE],
  ])("leaves the opinion as it was once it is %s", async (_how, document) => {
    const id = await aTaken((film) => film.notAssessed("lateral"));
    (await give(author, id, holder)).anyData();
    (await say(holder, id, "OTHER")).anyData();
    (await holder.execute(document, { id, from: author.userId })).anyData();
    (await say(holder, id, "PNEUMONIA")).refusedWith("BAD_USER_INPUT");
  });

  it("is of no control case, whose holder would never see it", async () => {
    const id = await aTaken((film) =>
      film.assessed(0.9).with({ isControl: true }),
    );
    (await give(author, id, holder)).refusedWith("AI_CLOSED");
  });

  it("ends when somebody else holds the case, and when it is signed", async () => {
    const passed = await aGiven();
    (await reveal(holder, passed)).anyData();
    (await takeOver(third, passed)).anyData();
    expect(await givenTo(passed)).toBeNull();
    (await takeOver(holder, passed)).anyData();
    expect(await seenBy(holder, passed)).not.toContain(WORDS);

    const signed = await aGiven();
    (await reveal(holder, signed)).anyData();
    const said = { label: "PNEUMONIA", decision: "CONFIRM" };
    (
      await signHeld(server, holder, signed, {
        ...said,
        changeReason: "SECOND_LOOK",
      })
    ).anyData();
    expect(await givenTo(signed)).toBeNull();
    expect(await seenBy(holder, signed)).not.toContain(WORDS);
    (await give(author, signed, holder)).refusedWith("CASE_ALREADY_SIGNED");
  });

  it("waits for the holder who puts the case back and claims it again", async () => {
    const id = await aGiven();
    (await reveal(holder, id)).anyData();
    (await release(holder, id)).anyData();
    expect(await seenBy(holder, id)).not.toContain(WORDS);
    (await claim(holder, id)).anyData();
    expect(await seenBy(holder, id)).toContain(WORDS);
  });

  it("is none of a further reading", async () => {
    const { case: row } = await aCase(server, siteId)
      .notAssessed("lateral")
      .with({
        state: "SIGNED",
        decidedLabel: "NORMAL",
        signedAt: server.clock.now(),
        secondRead: "SECOND_DUE",
        secondReadDueAt: server.clock.now(),
      })
      .create();
    (await claim(author, row.id)).anyData();
    (await author.execute(SAVE, { id: row.id })).anyData();
    (await takeOver(holder, row.id)).anyData();
    (await give(author, row.id, holder)).refusedWith("CASE_ALREADY_SIGNED");
    (await take(holder, row.id)).refusedWith("CASE_ALREADY_SIGNED");
    expect(await seenBy(holder, row.id)).not.toContain(WORDS);
  });

  it("goes along at the end of a shift where its author says so", async () => {
    const leaving = await asRadiologist(server, siteId);
    const make = async (isControl: boolean) => {
      const { case: row } = await aCase(server, siteId)
        .assessed(0.9)
        .with({ isControl })
        .create();
      (await claim(leaving, row.id)).anyData();
      (await leaving.execute(SAVE, { id: row.id })).anyData();
      return row.id;
    };
    const id = await make(false);
    await make(true);
    (await leaving.execute(HAND_OVER)).refusedWith("BAD_USER_INPUT");
    const { events } = await recordedBy(server, async () =>
      (await leaving.execute(HAND_OVER, { to: holder.userId })).anyData(),
    );
    const given = events.filter(({ type }) => type === "reading.draft-given");
    expect(given).toMatchObject([
      { subjectId: id, details: { to: holder.userId } },
    ]);
    (await claim(holder, id)).anyData();
    expect(await seenBy(holder, id)).not.toContain(WORDS);
    (await reveal(holder, id)).anyData();
    expect(await seenBy(holder, id)).toContain(WORDS);
  });
});
