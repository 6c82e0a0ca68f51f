import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chestDicom, uploadOne } from "../../testkit/films.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";
import { caseOf, claim, reads, request, signHeld } from "./second-reading.ts";

const PERSON = {
  familyName: "Lan",
  givenName: "T",
  id: "S-1",
  sex: "F",
  ageYears: 61,
} as const;

describe("a case that a new film opens", () => {
  let server: TestServer;
  let first: SignedIn;
  let second: SignedIn;
  let staff: SignedIn;

  beforeAll(async () => {
    server = await startTestServer({ films: true });
    const { id: siteId } = await aSite(server);
    first = await asRadiologist(server, siteId);
    second = await asRadiologist(server, siteId);
    staff = await asStaff(server, siteId);
  });
  afterAll(() => server.stop());

  it("ends the second reading that runs, and is read for the first time again", async () => {
    const study = { accessionNumber: "ACC-1" };
    const { caseId } = await uploadOne(staff, chestDicom(1, PERSON, { study }));
    await reads(server, first, caseId, "NORMAL");
    (await request(first, caseId)).anyData();
    (await claim(second, caseId)).anyData();
    await uploadOne(staff, chestDicom(2, PERSON, { study }));
    expect(await caseOf(server, caseId)).toMatchObject({
      state: "WAITING",
      secondRead: null,
      secondReaderId: null,
    });
    const open = await server.database.client.reading.count({
      where: { caseId, state: "OPEN" },
    });
    expect(open).toBe(0);
    (await signHeld(server, second, caseId, { label: "NORMAL" })).refusedWith(
      "CASE_NOT_CLAIMED",
    );
    // Both may read it now, as a first reading.
    await reads(server, second, caseId, "OTHER");
    expect(await caseOf(server, caseId)).toMatchObject({
      state: "SIGNED",
      decidedLabel: "OTHER",
      secondRead: null,
    });
  });
});
