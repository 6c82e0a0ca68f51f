import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { chestDicom } from "../testkit/films.ts";
import { startTestServer } from "../testkit/server.ts";
import type { TestServer } from "../testkit/server.ts";
import { aSite, asStaff } from "../testkit/viewers.ts";
import type { SignedIn } from "../testkit/viewers.ts";
import { startTestWorker, untilAssessed } from "../testkit/worker.ts";
import type { TestWorker } from "../testkit/worker.ts";

const PERSON = {
  familyName: "Request",
  givenName: "Anna",
  id: "MRN-1",
  sex: "F",
  birthDate: "19800405",
  ageYears: 46,
} as const;
const origin = z.object({ origin: z.object({ requestId: z.string() }) });

describe("the id of a request", () => {
  let server: TestServer;
  let worker: TestWorker;
  let staff: SignedIn;

  beforeAll(async () => {
    server = await startTestServer({ films: true });
    worker = await startTestWorker(server);
    staff = await asStaff(server, (await aSite(server)).id);
  });

  afterAll(async () => {
    await worker.stop();
    await server.stop();
  });

  function upload(bytes: Buffer, requestId: string): Promise<Response> {
    const body = new FormData();
    body.append("film", new Blob([new Uint8Array(bytes)]), "film.dcm");
    const headers = { "x-request-id": requestId };
    return staff.fetch("/upload", { method: "POST", body, headers });
  }

  async function typesUnder(requestId: string): Promise<string[]> {
    const rows = await server.database.client.auditEvent.findMany({
      where: { type: { not: "model.registered" } },
      orderBy: { seq: "asc" },
    });
    return rows
      .filter(({ content }) => {
        const event = origin.parse(JSON.parse(content));
        return event.origin.requestId === requestId;
      })
      .map(({ type }) => type);
  }

  it("goes from an upload to its events, its job and the prediction's event", async () => {
    const id = "upload-of-the-morning.1";
    const response = await upload(chestDicom(3, PERSON), id);
    expect(response.status).toBe(200);
    expect(response.headers.get("x-request-id")).toBe(id);
    await untilAssessed(server);
    const types = await typesUnder(id);
    expect(types).toEqual(
      expect.arrayContaining([
        "study.uploaded",
        "image.added",
        "case.arrived",
        "prediction.recorded",
        "case.placed",
      ]),
    );
    expect(server.logLines.join("")).toContain(`"requestId":"${id}"`);
  });

  it("is made where one comes that is none", async () => {
    const response = await upload(
      chestDicom(4, { ...PERSON, id: "MRN-2" }),
      "no id at all",
    );
    const made = response.headers.get("x-request-id") ?? "";
    expect(made).toMatch(/^[\w.-]{8,64}$/);
    await untilAssessed(server);
    expect(await typesUnder(made)).toContain("prediction.recorded");
  });
});
