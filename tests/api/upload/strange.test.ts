import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chestDicom, chestPng, uploadForm } from "../../testkit/films.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, asStaff, type SignedIn } from "../../testkit/viewers.ts";

describe("uploads that nobody's modality sends", () => {
  let server: TestServer;
  let staff: SignedIn;

  beforeAll(async () => {
    server = await startTestServer({ films: true });
    staff = await asStaff(server, (await aSite(server)).id);
  });

  afterAll(() => server.stop());

  const send = (form: FormData) =>
    staff.fetch("/upload", { method: "POST", body: form });

  it("takes a film whose header has characters that the database cannot keep", async () => {
    const film = chestDicom(1, {
      familyName: "TR\u0000AN",
      givenName: "An\u0001",
      id: "S\u00001",
      sex: "M",
    });
    const response = await send(
      uploadForm({}, [{ name: "a.dcm", bytes: film }]),
    );
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      results: [{ outcome: "accepted" }],
    });
    const rows = await server.database.client.patient.findMany();

    expect(JSON.stringify(rows)).not.toMatch(/\\u000[01]/);
  });

  it("refuses details with such a character, naming the field", async () => {
    const film = { name: "a.png", bytes: await chestPng(2) };
    for (const details of [
      { patientName: "A\u0000B" },
      { birthDate: "0000-01-01" },
      { byFile: { "a\u0000.png": { mrn: "1" } } },
    ]) {
      const response = await send(
        uploadForm({ details: JSON.stringify(details) }, [film]),
      );
      expect(response.status, JSON.stringify(details)).toBe(400);
      expect(await response.json()).toMatchObject({
        error: { code: "BAD_USER_INPUT", fields: ["details"] },
      });
    }
  });
});
