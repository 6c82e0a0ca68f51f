import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { chestDicom, uploadOne } from "../../testkit/films.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";
import { amend, claim, signHeld } from "../second-reads/second-reading.ts";

const INBOX = `{ inbox { edges { node { kind case { id } } } } }`;
const END = `mutation ($id: ID!) { endRetake(caseId: $id, reason: NOT_NEEDED) { id } }`;
const NOTHING = {
  label: "NOT_DIAGNOSTIC",
  notDiagnosticReason: "POSITION",
  retakeAsked: true,
};

describe("a film that is asked for again", () => {
  let server: TestServer;
  let siteId: string;
  let sender: SignedIn;
  let colleague: SignedIn;
  let reader: SignedIn;
  let seed = 700;

  beforeAll(async () => {
    server = await startTestServer({ films: true });
  });
  afterAll(() => server.stop());

  beforeEach(async () => {
    siteId = (await aSite(server)).id;
    sender = await asStaff(server, siteId);
    colleague = await asStaff(server, siteId);
    reader = await asRadiologist(server, siteId);
  });

  const send = async (who: SignedIn, id: string, time: string) => {
    const patient = {
      familyName: "Ly",
      givenName: "Hoa",
      id,
      sex: "F" as const,
    };
    const study = { date: "20260301", time, accessionNumber: `${id}-${time}` };
    seed += 1;
    const film = chestDicom(seed, patient, {
      study: { ...study, description: "Chest" },
    });
    return (await uploadOne(who, film)).caseId;
  };

  async function signNothing(caseId: string): Promise<string> {
    (await claim(reader, caseId)).anyData();
    const answer = await signHeld(server, reader, caseId, NOTHING);
    return (answer.anyData()["signReading"] as { id: string }).id;
  }

  const told = async (who: SignedIn) => {
    const { edges } = (await who.execute(INBOX)).anyData()["inbox"] as {
      edges: { node: { kind: string; case: { id: string } } }[];
    };
    return edges.map(({ node }) => [node.kind, node.case.id]);
  };

  it("is told to who sent it, once, and its coming to who asked", async () => {
    const caseId = await send(sender, "N-1", "090000");
    const versionId = await signNothing(caseId);
    expect(await told(sender)).toEqual([["RETAKE_ASKED", caseId]]);
    expect(await told(colleague)).toEqual([]);
    // Asked already: an amendment of its words asks no second time.
    (
      await amend(reader, versionId, "NOT_DIAGNOSTIC", {
        notDiagnosticReason: "QUALITY",
        retakeAsked: true,
      })
    ).anyData();
    expect(await told(sender)).toHaveLength(1);
    expect(await told(reader)).toEqual([]);
    await send(colleague, "N-1", "093000");
    expect(await told(reader)).toEqual([["RETAKE_DONE", caseId]]);
    expect(await told(colleague)).toEqual([]);
  });

  it("is told to all staff of the site where no one of them sent it", async () => {
    const caseId = await send(reader, "N-2", "090000");
    await signNothing(caseId);
    const elsewhere = await asStaff(server, (await aSite(server)).id);
    for (const who of [sender, colleague])
      expect(await told(who)).toEqual([["RETAKE_ASKED", caseId]]);
    // A reader may be its second: he must not learn what was signed.
    for (const who of [elsewhere, await asRadiologist(server, siteId)])
      expect(await told(who)).toEqual([]);
    (await colleague.execute(END, { id: caseId })).anyData();
    expect(await told(reader)).toEqual([["RETAKE_DONE", caseId]]);
  });

  it("tells nobody of a signature that asks for none", async () => {
    const caseId = await send(sender, "N-3", "090000");
    (await claim(reader, caseId)).anyData();
    const said = { ...NOTHING, retakeAsked: false };
    (await signHeld(server, reader, caseId, said)).anyData();
    expect(await told(sender)).toEqual([]);
  });
});
