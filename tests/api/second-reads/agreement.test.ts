import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";
import { amend, reads, request } from "./second-reading.ts";

const AGREEMENT = `query ($siteId: ID!, $weeks: Int, $drawnOnly: Boolean) {
  readerAgreement(siteId: $siteId, weeks: $weeks, drawnOnly: $drawnOnly) {
    cases drawn isCapped group { cases isTooFew share { value } kappa { value } }
    pairs { one other cases share { value } isTooFew }
    findings { code calls }
    readersAgainstAi { reader cases }
  }
}`;

describe("the agreement of a site's readers", () => {
  let server: TestServer;
  let siteId: string;
  let first: SignedIn;
  let second: SignedIn;
  let staff: SignedIn;
  let admin: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    first = await asRadiologist(server, siteId);
    second = await asRadiologist(server, siteId);
    staff = await asStaff(server, siteId);
    admin = await asAdmin(server, siteId);
  });
  afterAll(() => server.stop());

  const ask = (who: SignedIn, more = {}) =>
    who.execute(AGREEMENT, { siteId, ...more });

  const byPool = (who: SignedIn, more = {}) =>
    who.execute(
      `query ($siteId: ID!, $weeks: Int, $drawnOnly: Boolean) {
        groupAgreement(siteId: $siteId, by: POOL, weeks: $weeks, drawnOnly: $drawnOnly) {
          key name readers cases isTooFew share { value } kappa { value }
        }
      }`,
      { siteId, ...more },
    );

  it("says that there is nothing before anything is read twice", async () => {
    expect((await ask(admin)).anyData()["readerAgreement"]).toMatchObject({
      cases: 0,
      group: { cases: 0, isTooFew: true, share: null, kappa: null },
      pairs: [],
      findings: [],
    });
  });

  it("rests on what each signed first, and names no patient", async () => {
    const readTwice = async (label: string, other: string) => {
      const { id } = (
        await aCase(server, siteId).notAssessed("lateral").create()
      ).case;
      const versionId = await reads(server, first, id, label);
      (await request(staff, id)).anyData();
      await reads(server, second, id, other);
      return versionId;
    };
    await readTwice("NORMAL", "NORMAL");
    await readTwice("PNEUMONIA", "PNEUMONIA");
    const differs = await readTwice("NORMAL", "PNEUMONIA");
    // An amendment may follow from the other's word.
    (await amend(first, differs, "PNEUMONIA")).anyData();
    expect((await ask(admin)).anyData()["readerAgreement"]).toMatchObject({
      cases: 3,
      drawn: 0,
      isCapped: false,
      group: { cases: 3, isTooFew: true, share: { value: 2 / 3 }, kappa: null },
      pairs: [{ one: first.name, other: second.name, cases: 3 }],
    });
    expect(
      (await ask(admin, { drawnOnly: true })).anyData()["readerAgreement"],
    ).toMatchObject({ cases: 0 });
  });

  it("is told pool by pool, of those that are open", async () => {
    const outsider = await asRadiologist(server, siteId);
    const pool = async (name: string, ...members: SignedIn[]) =>
      (
        await admin.execute(
          "mutation ($input: ReaderPoolInput!) { savePool(input: $input) { id } }",
          {
            input: {
              siteId,
              name,
              memberIds: members.map(({ userId }) => userId),
            },
          },
        )
      ).data(z.object({ savePool: z.object({ id: z.string() }) })).savePool.id;
    const days = await pool("Days", first, second);
    const nights = await pool("Nights", first, outsider);
    const closed = await pool("Closed", first, second);
    (
      await admin.execute(`mutation { closePool(id: "${closed}") { id } }`)
    ).anyData();
    expect((await byPool(admin)).anyData()["groupAgreement"]).toEqual([
      {
        key: days,
        name: "Days",
        readers: 2,
        cases: 3,
        isTooFew: true,
        share: { value: 2 / 3 },
        kappa: null,
      },
      {
        key: nights,
        name: "Nights",
        readers: 0,
        cases: 0,
        isTooFew: true,
        share: null,
        kappa: null,
      },
    ]);
    expect(
      (await byPool(admin, { drawnOnly: true })).anyData()["groupAgreement"],
    ).toMatchObject([{ cases: 0 }, { cases: 0 }]);
    for (const who of [first, staff])
      (await byPool(who)).refusedWith("FORBIDDEN");
    (await byPool(admin, { weeks: 0 })).refusedWith("BAD_USER_INPUT");
  });

  it("is told by the grades that the two signed with", async () => {
    const answer = await admin.execute(
      `query ($siteId: ID!) { groupAgreement(siteId: $siteId, by: GRADE) { key name readers cases } }`,
      { siteId },
    );
    expect(answer.anyData()["groupAgreement"]).toEqual([
      { key: "JUNIORS", name: null, readers: 0, cases: 0 },
      { key: "JUNIOR_AND_SENIOR", name: null, readers: 0, cases: 0 },
      { key: "SENIORS", name: null, readers: 2, cases: 3 },
    ]);
  });

  it("is refused to who does not answer for the site, and beyond two years", async () => {
    for (const who of [first, staff]) (await ask(who)).refusedWith("FORBIDDEN");
    for (const weeks of [0, 105])
      (await ask(admin, { weeks })).refusedWith("BAD_USER_INPUT");
  });
});
