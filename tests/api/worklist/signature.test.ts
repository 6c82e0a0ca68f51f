import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asRadiologist, asStaff } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";
import {
  amend,
  claim,
  reads,
  request,
  showFirst,
} from "../second-reads/second-reading.ts";

const ROWS = `query { worklist(filter: { states: [SIGNED, READING, WAITING] }, first: 50) { edges { node { id
  signature { signer { id } signedAt firstSignedAt version isAmended } } } } }`;
const ADD = `mutation ($versionId: ID!, $text: String!) {
  addAddendum(versionId: $versionId, text: $text, language: EN) { id } }`;

const signature = z
  .object({
    signer: z.object({ id: z.string() }),
    signedAt: z.string(),
    firstSignedAt: z.string(),
    version: z.number(),
    isAmended: z.boolean(),
  })
  .nullable();
const rows = z.object({
  worklist: z.object({
    edges: z.array(z.object({ node: z.object({ id: z.string(), signature }) })),
  }),
});

describe("the signature on a line of the worklist", () => {
  let server: TestServer;
  let siteId: string;
  let reader: SignedIn;
  let second: SignedIn;
  let staff: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    reader = await asRadiologist(server, siteId);
    second = await asRadiologist(server, siteId);
    staff = await asStaff(server, siteId);
  });
  afterAll(() => server.stop());

  const aFilm = async (): Promise<string> =>
    (await aCase(server, siteId).notAssessed("lateral").create()).case.id;

  async function signatureFor(who: SignedIn, caseId: string) {
    const { worklist } = (await who.execute(ROWS)).data(rows);
    const row = worklist.edges.find(({ node }) => node.id === caseId);
    if (row === undefined) throw new Error("the case is not on the list");
    return row.node.signature;
  }

  it("says who signed, when, and that it was amended since", async () => {
    const id = await aFilm();
    expect(await signatureFor(staff, id)).toBeNull();
    (await claim(reader, id)).anyData();
    expect(await signatureFor(staff, id)).toBeNull();
    const versionId = await reads(server, reader, id, "NORMAL");
    const signedAt = server.clock.now().toISOString();
    const signer = { id: reader.userId };
    expect(await signatureFor(staff, id)).toEqual({
      signer,
      signedAt,
      firstSignedAt: signedAt,
      version: 1,
      isAmended: false,
    });
    server.clock.forward(600);
    (await amend(reader, versionId, "OTHER")).anyData();
    expect(await signatureFor(staff, id)).toEqual({
      signer,
      signedAt: server.clock.now().toISOString(),
      firstSignedAt: signedAt,
      version: 2,
      isAmended: true,
    });
  });

  it("tells an addendum from an amendment", async () => {
    const id = await aFilm();
    const versionId = await reads(server, reader, id, "NORMAL");
    const asked = { versionId, text: "Seen with the ward." };
    (await reader.execute(ADD, asked)).anyData();
    expect(await signatureFor(staff, id)).toMatchObject({
      version: 2,
      isAmended: false,
    });
  });

  it("is kept from who may read the case a second time, until he was shown it", async () => {
    const id = await aFilm();
    await reads(server, reader, id, "NORMAL");
    (await request(staff, id)).anyData();
    expect(await signatureFor(second, id)).toBeNull();
    expect(await signatureFor(reader, id)).not.toBeNull();
    expect(await signatureFor(staff, id)).not.toBeNull();
    (await showFirst(second, id)).anyData();
    expect(await signatureFor(second, id)).toMatchObject({
      signer: { id: reader.userId },
    });
  });
});
