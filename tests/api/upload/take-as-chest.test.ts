import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import {
  asModality,
  chestDicom,
  upload,
  uploadForm,
} from "../../testkit/films.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAuditor,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";

let server: TestServer;
let staff: SignedIn;
let siteId: string;

beforeAll(async () => {
  server = await startTestServer({ films: true });
  siteId = (await aSite(server)).id;
  staff = await asStaff(server, siteId);
});
afterAll(() => server.stop());

const filmOf = (seed: number, modality: string) =>
  asModality(
    chestDicom(seed, {
      familyName: "Bui",
      givenName: "Ha",
      id: `C-${String(seed)}`,
      sex: "F",
    }),
    modality,
  );

async function send(bytes: Buffer, fields: Record<string, string> = {}) {
  const { results } = await upload(
    staff,
    [{ name: "film.dcm", bytes }],
    fields,
  );
  const [result] = results;
  if (!result) throw new Error("a film without a result");
  return result;
}

describe("a film whose modality says that it is no plain radiograph", () => {
  it.each(["SC", "RF", "XA", "HC", "ZZ"])(
    "of %s is refused with a way on",
    async (modality) => {
      const result = await send(filmOf(1, modality));
      expect(result).toMatchObject({
        outcome: "refused",
        code: "not-a-radiograph",
        canBeTaken: true,
        modality,
      });
      expect(result.message).toContain(`its modality is ${modality} (`);
    },
  );

  it.each(["CT", "MR", "US", "MG", "NM"])(
    "of %s stays refused, whoever says what",
    async (modality) => {
      const film = filmOf(2, modality);
      expect(await send(film, { takeAs: "chest" })).toMatchObject({
        outcome: "refused",
        code: "not-a-radiograph",
        canBeTaken: false,
        modality: null,
      });
    },
  );

  it("is taken by a person's decision, which is in the trail", async () => {
    const film = filmOf(3, "SC");
    expect(await send(film)).toMatchObject({ canBeTaken: true });
    const { result, events } = await recordedBy(server, () =>
      send(film, { takeAs: "chest" }),
    );
    expect(result).toMatchObject({ outcome: "accepted", canBeTaken: false });
    const taken = events.filter(({ type }) => type === "image.taken-as-chest");
    expect(taken).toMatchObject([
      {
        actorId: staff.userId,
        siteId,
        subjectId: result.imageId,
        details: { fileName: "film.dcm", modality: "SC" },
      },
    ]);
    const { client } = server.database;
    const image = await client.image.findUniqueOrThrow({
      where: { id: result.imageId ?? "" },
    });
    expect(image.warnings).toContain("modality-overruled");
    expect(taken[0]?.patientId).not.toBeNull();
  });

  it("can be looked at afterwards like any other", async () => {
    const { imageId } = await send(filmOf(4, "RF"), { takeAs: "chest" });
    for (const part of ["thumbnail", "pixels"]) {
      const path = `/images/${imageId ?? ""}/${part}`;
      expect((await staff.fetch(path)).status, part).toBe(200);
    }
  });

  it("is taken for a chest film by nobody who may not bring films in", async () => {
    const auditor = await asAuditor(server, siteId);
    const { status } = await auditor.fetch("/upload", {
      method: "POST",
      body: uploadForm({ takeAs: "chest" }, [
        { name: "film.dcm", bytes: filmOf(5, "SC") },
      ]),
    });
    expect(status).toBe(403);
  });
});

it("notes no decision for a film that needs none", async () => {
  const { result, events } = await recordedBy(server, () =>
    send(filmOf(6, "DX"), { takeAs: "chest" }),
  );
  expect(result.outcome).toBe("accepted");
  expect(events.map(({ type }) => type)).not.toContain("image.taken-as-chest");
});

it("knows no other word than chest", async () => {
  const { status } = await staff.fetch("/upload", {
    method: "POST",
    body: uploadForm({ takeAs: "hand" }, [
      { name: "film.dcm", bytes: filmOf(7, "SC") },
    ]),
  });
  expect(status).toBe(400);
});
