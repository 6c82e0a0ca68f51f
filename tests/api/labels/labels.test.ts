import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { chestDicom, uploadOne } from "../../testkit/films.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";

const PERSON = {
  familyName: "An",
  givenName: "B",
  id: "L-1",
  sex: "F" as const,
  ageYears: 50,
};
const STUDY = { date: "20260228", time: "120000", instanceUid: "1.2.826.5.1" };
const CLAIM = `mutation ($id: ID!) { claimCase(caseId: $id) { version } }`;

describe("the label of a case", () => {
  let server: TestServer;
  let reader: SignedIn;
  let staff: SignedIn;

  beforeAll(async () => {
    server = await startTestServer({ films: true });
    const { id: siteId } = await aSite(server);
    reader = await asRadiologist(server, siteId);
    staff = await asStaff(server, siteId);
  });
  afterAll(() => server.stop());

  const labelsOf = (caseId: string) =>
    server.database.client.caseLabel.findMany({
      where: { caseId },
      orderBy: { version: "asc" },
    });

  it("begins with the signature, follows the amendment, ends when the case opens again", async () => {
    const film = chestDicom(1, PERSON, { study: STUDY });
    const { caseId, imageId } = await uploadOne(staff, film);
    expect(await labelsOf(caseId)).toEqual([]);

    const claimed = (await reader.execute(CLAIM, { id: caseId })).data(
      z.object({ claimCase: z.object({ version: z.number() }) }),
    );
    const region = { finding: "effusion", x: 1, y: 2, width: 3, height: 4 };
    const signed = (
      await reader.execute(
        `mutation ($input: SignReadingInput!) { signReading(input: $input) { id } }`,
        {
          input: {
            caseId,
            caseVersion: claimed.claimCase.version,
            label: "PNEUMONIA",
            decision: "INDEPENDENT",
            marks: [{ imageId, ...region }],
          },
        },
      )
    ).data(z.object({ signReading: z.object({ id: z.string() }) }));
    const [first] = await labelsOf(caseId);
    // Nothing of the AI was known: the signature is the first opinion too.
    expect(first).toMatchObject({
      version: 1,
      label: "PNEUMONIA",
      grade: "ONE_BLIND",
      present: ["effusion", "pneumonia"],
      regions: [{ imageId, ...region }],
      readingVersionId: signed.signReading.id,
      until: null,
    });

    await reader.execute(
      `mutation ($input: AmendReadingInput!) { amendReading(input: $input) { id } }`,
      {
        input: {
          versionId: signed.signReading.id,
          label: "NORMAL",
          decision: "INDEPENDENT",
          amendReason: "Second look",
          marks: [],
        },
      },
    );
    const [ended, second, ...more] = await labelsOf(caseId);
    expect(more).toEqual([]);
    expect(ended?.until).toEqual(second?.since);
    expect(second).toMatchObject({
      version: 2,
      label: "NORMAL",
      // It is no longer what the reader thought at first.
      grade: "ONE_AFTER_AI",
      absent: ["pneumonia"],
      regions: [],
      until: null,
    });

    await uploadOne(staff, chestDicom(2, PERSON, { study: STUDY }));
    const opened = await server.database.client.case.findUniqueOrThrow({
      where: { id: caseId },
    });
    expect(opened.state).toBe("WAITING");
    const all = await labelsOf(caseId);
    expect(all.map(({ until }) => until === null)).toEqual([false, false]);
  });

  it("is never changed or removed, only ended, and ends once", async () => {
    const { client } = server.database;
    const label = await client.caseLabel.findFirstOrThrow();
    const refused = /append-only/;
    const where = { id: label.id };
    await expect(
      client.caseLabel.update({ where, data: { label: "OTHER" } }),
    ).rejects.toThrow(refused);
    await expect(
      client.caseLabel.update({ where, data: { until: new Date() } }),
    ).rejects.toThrow(refused);
    await expect(client.caseLabel.delete({ where })).rejects.toThrow(refused);
    await expect(
      client.$executeRaw`TRUNCATE "CaseLabel" CASCADE`,
    ).rejects.toThrow(refused);
  });
});
