import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";
import {
  startTestWorker,
  until,
  type TestWorker,
} from "../../testkit/worker.ts";
import { signedFilms, type SignedFilm } from "./signed-films.ts";

const FIELDS = "id state failure isRetryable sha256 total";
const RETRY = `mutation ($id: ID!) { retryDataset(id: $id) { ${FIELDS} } }`;
const datasetSchema = z.object({
  id: z.string(),
  state: z.string(),
  failure: z.string().nullable(),
  isRetryable: z.boolean(),
  sha256: z.string().nullable(),
  total: z.number(),
});

let server: TestServer;
let worker: TestWorker;
let admin: SignedIn;
let reader: SignedIn;
let siteId: string;
let films: SignedFilm[] = [];

beforeAll(async () => {
  server = await startTestServer({ films: true });
  worker = await startTestWorker(server);
  siteId = (await aSite(server)).id;
  admin = await asAdmin(server, siteId);
  reader = await asRadiologist(server, siteId);
  films = await signedFilms(server, siteId, reader);
});
afterAll(async () => {
  await worker.stop();
  await server.stop();
});

async function read(id: string) {
  const answer = await admin.execute(`{ dataset(id: "${id}") { ${FIELDS} } }`);
  return answer.data(z.object({ dataset: datasetSchema })).dataset;
}

async function finished(id: string) {
  await until(
    async () => ["READY", "FAILED"].includes((await read(id)).state),
    "the export does not end",
  );
  return read(id);
}

/** One that was written, and fails as if the store had gone away at its end. */
async function failed(): Promise<{ id: string; sha256: string | null }> {
  const answer = await admin.execute(
    `mutation { createDataset(name: "All", filter: { siteId: "${siteId}" }) { id } }`,
  );
  const { id } = answer.data(
    z.object({ createDataset: z.object({ id: z.string() }) }),
  ).createDataset;
  const { sha256 } = await finished(id);
  await server.database.client.dataset.update({
    where: { id },
    data: {
      ...{ state: "FAILED", failure: "STORE_AWAY", error: "Away." },
      ...{ sha256: null, objectKey: null },
    },
  });
  return { id, sha256 };
}

/** A second version of the first film's reading, with a label of its own. */
async function amendFirst(): Promise<void> {
  const version = await server.database.client.readingVersion.findFirstOrThrow({
    where: { caseId: films[0]?.caseId ?? "" },
    orderBy: { version: "desc" },
  });
  const { label, decision, overrideReason } = version;
  const amended = await reader.execute(
    `mutation ($input: AmendReadingInput!) { amendReading(input: $input) { id } }`,
    {
      input: {
        ...{ versionId: version.id, label, decision, overrideReason },
        ...{ amendReason: "No region after all", marks: [] },
      },
    },
  );
  amended.anyData();
}

describe("a dataset that failed", () => {
  it("is written once more of the same films and labels, to the byte", async () => {
    const { id, sha256 } = await failed();
    expect(await read(id)).toMatchObject({
      failure: "STORE_AWAY",
      isRetryable: true,
    });
    await amendFirst();
    const { result, events } = await recordedBy(server, async () =>
      (await admin.execute(RETRY, { id })).anyData(),
    );
    expect(result["retryDataset"]).toMatchObject({
      ...{ id, state: "QUEUED", failure: null, isRetryable: false },
    });
    expect(events).toContainEqual(
      expect.objectContaining({
        type: "dataset.retried",
        subjectId: id,
        details: { films: 3, failure: "STORE_AWAY" },
      }),
    );
    expect(await finished(id)).toMatchObject({ state: "READY", sha256 });
    // There is nothing to try again.
    (await admin.execute(RETRY, { id })).refusedWith("CONFLICT");
  });

  it("is not tried again while one of its patients is withdrawn from learning", async () => {
    const { id } = await failed();
    const { study } = await server.database.client.case.findUniqueOrThrow({
      where: { id: films[1]?.caseId ?? "" },
      include: { study: true },
    });
    const about = { id: study.patientId };
    (
      await admin.execute(
        `mutation ($id: ID!) { withdrawFromLearning(patientId: $id, reason: "asked") { id } }`,
        about,
      )
    ).anyData();
    expect(await read(id)).toMatchObject({ isRetryable: false });
    (await admin.execute(RETRY, { id })).refusedWith("MEMBERS_GONE");
    (
      await admin.execute(
        `mutation ($id: ID!) { liftLearningWithdrawal(patientId: $id, reason: "agreed") { id } }`,
        about,
      )
    ).anyData();
    (await admin.execute(RETRY, { id })).anyData();
    expect(await finished(id)).toMatchObject({ state: "READY", total: 3 });
  });

  it.each(["NO_MEMBERS", "ERASED"] as const)(
    "is made anew where its films are not all there: %s",
    async (failure) => {
      const { id } = await failed();
      await server.database.client.dataset.update({
        where: { id },
        data: { failure },
      });
      expect(await read(id)).toMatchObject({ isRetryable: false });
      (await admin.execute(RETRY, { id })).refusedWith("MEMBERS_GONE");
    },
  );

  it("is tried again once by two people at once, and by nobody else", async () => {
    const { id } = await failed();
    const staff = await asStaff(server, siteId);
    (await staff.execute(RETRY, { id })).refusedWith("FORBIDDEN");
    const stranger = await asAdmin(server, (await aSite(server)).id);
    (await stranger.execute(RETRY, { id })).refusedWith("NOT_FOUND");
    const { events } = await recordedBy(server, () =>
      Promise.all([admin.execute(RETRY, { id }), admin.execute(RETRY, { id })]),
    );
    expect(
      events.filter(({ type }) => type === "dataset.retried"),
    ).toHaveLength(1);
    await finished(id);
  });
});
