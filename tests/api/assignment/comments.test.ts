import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { givenPolicy } from "../../testkit/policies.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  asStaff,
} from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const ADD = `mutation ($id: ID!, $text: String!, $named: [ID!]! = []) {
  addComment(caseId: $id, text: $text, mentionIds: $named) { id } }`;
const EDIT = `mutation ($id: ID!, $text: String!) {
  editComment(id: $id, text: $text) { id versions { number text } } }`;
const SEEN = `query ($id: ID!) { case(id: $id) {
  commentsKept comments { author { id } versions { text } viewerCanEdit } } }`;
const CLAIM = `mutation ($id: ID!) { claimCase(caseId: $id) { id } }`;
const OPINION = `mutation ($id: ID!) { recordOpinion(caseId: $id, opinion: NORMAL) { id } }`;
const REVEAL = `mutation ($id: ID!) { revealPrediction(caseId: $id) { id } }`;
const INBOX = `{ unreadInbox inbox { edges { node { id kind readAt case { id } } } } }`;
const READ = `mutation ($ids: [ID!]) { readInbox(ids: $ids) }`;

interface Seen {
  commentsKept: number;
  comments: { versions: { text: string }[]; viewerCanEdit: boolean }[];
}
interface Inbox {
  unreadInbox: number;
  inbox: { edges: { node: { id: string; kind: string } }[] };
}

describe("comments on a case", () => {
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
    caseId = (await aCase(server, siteId).assessed(0.91).create()).case.id;
  });

  const add = async (who: SignedIn, text: string, id = caseId) => {
    const answer = await who.execute(ADD, { id, text });
    return (answer.anyData()["addComment"] as { id: string }).id;
  };
  const seenBy = async (who: SignedIn, id = caseId) =>
    (await who.execute(SEEN, { id })).anyData()["case"] as Seen;
  const texts = ({ comments }: Seen) =>
    comments.map(({ versions: [newest] }) => newest?.text);
  // The document above selects it.
  const inboxOf = async (who: SignedIn) =>
    (await who.execute(INBOX)).anyData() as unknown as Inbox;

  it("of who sees the AI reach no blind reader until he has revealed it", async () => {
    await add(staff, "The AI is sure of this one");
    expect(await seenBy(reader)).toMatchObject({
      commentsKept: 1,
      comments: [],
    });
    for (const step of [CLAIM, OPINION, REVEAL])
      (await reader.execute(step, { id: caseId })).anyData();
    expect(texts(await seenBy(reader))).toEqual(["The AI is sure of this one"]);
  });

  it("of who knows nothing of the AI reach everybody at once", async () => {
    const other = await asRadiologist(server, siteId);
    await add(other, "Seen him on the ward");
    const pending = (await aCase(server, siteId).create()).case.id;
    await add(staff, "Bed 4", pending);
    expect(texts(await seenBy(reader))).toEqual(["Seen him on the ward"]);
    expect(texts(await seenBy(reader, pending))).toEqual(["Bed 4"]);
    await givenPolicy(server, siteId, { reading: { mode: "open" } });
    await add(staff, "91 %");
    expect(texts(await seenBy(reader))).toHaveLength(2);
  });

  it("are kept whole once a later wording knows the AI", async () => {
    const other = await asRadiologist(server, siteId);
    const id = await add(other, "Seen him");
    for (const step of [CLAIM, OPINION, REVEAL])
      (await other.execute(step, { id: caseId })).anyData();
    (await other.execute(EDIT, { id, text: "Seen him, 91 %" })).anyData();
    expect(await seenBy(reader)).toMatchObject({
      commentsKept: 1,
      comments: [],
    });
    expect(texts(await seenBy(other))).toEqual(["Seen him, 91 %"]);
  });

  it("written while it was read reach no second reader before he has signed", async () => {
    await givenPolicy(server, siteId, { reading: { mode: "open" } });
    const first = await asRadiologist(server, siteId);
    const { client } = server.database;
    const early = await add(staff, "Bed 4");
    (await first.execute(CLAIM, { id: caseId })).anyData();
    await add(first, "Looks like a nodule");
    const now = server.clock.now();
    await client.reading.updateMany({
      where: { caseId },
      data: { state: "SIGNED", leaseExpiresAt: null, endedAt: now },
    });
    await client.case.update({
      where: { id: caseId },
      data: {
        state: "SIGNED",
        claimedById: null,
        claimExpiresAt: null,
        decidedLabel: "OTHER",
        signedAt: now,
        secondRead: "SECOND_DUE",
        secondReadDueAt: now,
      },
    });
    expect(early).not.toBe("");
    // The staff saw the AI, which the second reader may not, either.
    expect(await seenBy(reader)).toMatchObject({
      commentsKept: 2,
      comments: [],
    });
    expect(texts(await seenBy(first))).toContain("Looks like a nodule");
  });

  it("keep every wording, and are changed by their author alone", async () => {
    const id = await add(staff, " Bed 4 ");
    const edited = await staff.execute(EDIT, { id, text: "Bed 5" });
    expect(edited.anyData()["editComment"]).toMatchObject({
      versions: [
        { number: 2, text: "Bed 5" },
        { number: 1, text: "Bed 4" },
      ],
    });
    const other = await asStaff(server, siteId);
    expect((await other.execute(EDIT, { id, text: "x" })).code).toBe(
      "NOT_FOUND",
    );
    const [comment] = (await seenBy(other)).comments;
    expect(comment?.viewerCanEdit).toBe(false);
    await expect(
      server.database.client.caseCommentVersion.updateMany({
        data: { text: "other" },
      }),
    ).rejects.toThrow();
    await expect(
      server.database.client.caseComment.deleteMany({}),
    ).rejects.toThrow();
  });

  it("tell whom they name, once, and nobody of another hospital", async () => {
    const named = [reader.userId];
    const words = { id: caseId, text: "@Reader please", named };
    (await staff.execute(ADD, words)).anyData();
    const told = await inboxOf(reader);
    expect(told).toMatchObject({
      unreadInbox: 1,
      inbox: {
        edges: [
          { node: { kind: "MENTIONED", readAt: null, case: { id: caseId } } },
        ],
      },
    });
    const ids = told.inbox.edges.map(({ node }) => node.id);
    // Another's note is not read by who asks for it.
    expect((await staff.execute(READ, { ids })).anyData()["readInbox"]).toBe(0);
    expect((await reader.execute(READ, { ids })).anyData()["readInbox"]).toBe(
      1,
    );
    expect((await inboxOf(reader)).unreadInbox).toBe(0);
    const stranger = await asRadiologist(server, (await aSite(server)).id);
    for (const wrong of [[stranger.userId], ["nobody"]])
      expect((await staff.execute(ADD, { ...words, named: wrong })).code).toBe(
        "BAD_USER_INPUT",
      );
    expect((await stranger.execute(ADD, words)).code).toBe("NOT_FOUND");
  });

  it("refuse admins, emptiness and whole books", async () => {
    const admin = await asAdmin(server, siteId);
    expect((await admin.execute(ADD, { id: caseId, text: "x" })).code).toBe(
      "FORBIDDEN",
    );
    for (const text of [" ", "x".repeat(2_001)])
      expect((await staff.execute(ADD, { id: caseId, text })).code).toBe(
        "BAD_USER_INPUT",
      );
  });
});
