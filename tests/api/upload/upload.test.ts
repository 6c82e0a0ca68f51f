import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ModelVersion } from "@lung-iris/prisma";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filmKey } from "../../../apps/api/src/features/films/film-keys.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import {
  asCtSlice,
  chestDicom,
  chestPng,
  upload,
  uploadForm,
  uploadOne,
} from "../../testkit/films.ts";
import { liveTestModel } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, asStaff, type SignedIn } from "../../testkit/viewers.ts";

let server: TestServer;
let staff: SignedIn;
let siteId: string;
let live: ModelVersion;

beforeAll(async () => {
  server = await startTestServer({
    films: true,
    config: { uploadMaxBytes: 2 * 1024 * 1024 },
  });
  siteId = (await aSite(server)).id;
  live = await liveTestModel(server);
  staff = await asStaff(server, siteId);
});
afterAll(() => server.stop());

/** Parts of films on their way, in the folders of every process. */
const staging = async () =>
  (
    await readdir(join(server.folder, "staging"), {
      recursive: true,
      withFileTypes: true,
    })
  )
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
const countImages = () => server.database.client.image.count();
const patientOf = (studyId: string) =>
  server.database.client.study.findUniqueOrThrow({
    where: { id: studyId },
    include: { patient: true, images: true, case: true },
  });

describe("POST /upload", () => {
  it("turns one film into patient, study, image, case and job, together", async () => {
    const bytes = await chestPng(1);
    const { result, events } = await recordedBy(server, () =>
      uploadOne(staff, bytes, { details: '{"mrn":"P-1","ageYears":"41"}' }),
    );
    const study = await patientOf(result.studyId);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    expect(study).toMatchObject({
      siteId,
      patientAgeYears: 41,
      patient: { mrn: "P-1" },
      images: [{ sha256, format: "PNG", width: 192, height: 192 }],
      case: { id: result.caseId, state: "WAITING", assessment: "PENDING" },
    });
    expect(await server.objectStore.size(filmKey(sha256))).toBe(bytes.length);
    const jobs = await server.database.client.$queryRaw<{ key: string }[]>`
      SELECT key FROM graphile_worker._private_jobs WHERE key = ${`assess-image:${result.imageId}:${live.id}`}`;
    expect(jobs).toHaveLength(1);
    expect(
      events.map(({ type, actorId }) => [type, actorId === staff.userId]),
    ).toEqual([
      ["case.arrived", true],
      ["study.uploaded", true],
      ["image.added", true],
    ]);
    expect(await staging()).toEqual([]);
  });

  it("gives each part its own result in order; a bad film stops no other", async () => {
    const patient = {
      familyName: "Le",
      givenName: "An",
      id: "P-2",
      sex: "F" as const,
    };
    const dicom = chestDicom(2, patient);
    const { results } = await upload(staff, [
      { name: "good.png", bytes: await chestPng(2) },
      { name: "notes.txt", bytes: Buffer.from("no film at all") },
      { name: "ct.dcm", bytes: asCtSlice(dicom) },
      { name: "empty.png", bytes: Buffer.alloc(0) },
      { name: "huge.png", bytes: Buffer.alloc(2 * 1024 * 1024 + 1) },
      { name: "cut.png", bytes: (await chestPng(3)).subarray(0, 2_000) },
      { name: "good.dcm", bytes: dicom },
    ]);
    expect(
      results.map(({ file, outcome, code }) => [file, outcome, code]),
    ).toEqual([
      ["good.png", "accepted", "unknown-patient"],
      ["notes.txt", "refused", "unsupported-format"],
      ["ct.dcm", "refused", "not-a-radiograph"],
      ["empty.png", "refused", "empty"],
      ["huge.png", "refused", "too-large"],
      // Its first rows are there: somebody looks at them, the model does not.
      ["cut.png", "accepted", "unknown-patient"],
      ["good.dcm", "accepted", null],
    ]);
    for (const { outcome, message } of results) {
      if (outcome === "refused") expect(message).toMatch(/^[A-Z].{10,}\.$/);
    }
    expect(await staging()).toEqual([]);
  });

  it("recognises the same bytes, whatever their name", async () => {
    const bytes = await chestPng(4);
    const first = await uploadOne(staff, bytes);
    const before = await countImages();
    const { results } = await upload(staff, [{ name: "again.png", bytes }]);
    expect(results[0]).toMatchObject({
      outcome: "duplicate",
      imageId: first.imageId,
      caseId: first.caseId,
    });
    expect(await countImages()).toBe(before);
  });

  it("makes one image of uploads of the same film that race", async () => {
    const bytes = await chestPng(5);
    const before = await countImages();
    const all = await Promise.all(
      Array.from({ length: 8 }, () =>
        upload(staff, [{ name: "race.png", bytes }]),
      ),
    );
    const outcomes = all.flatMap(({ results }) =>
      results.map(({ outcome }) => outcome),
    );
    expect(outcomes.sort()).toEqual([
      "accepted",
      ...Array<string>(7).fill("duplicate"),
    ]);
    expect(new Set(all.map(({ results }) => results[0]?.imageId)).size).toBe(1);
    expect(await countImages()).toBe(before + 1);
    expect(await staging()).toEqual([]);
  });

  it("joins films of one study that arrive at the same time", async () => {
    const patient = {
      familyName: "Vu",
      givenName: "Lan",
      id: "P-6",
      sex: "F" as const,
    };
    const study = {
      date: "20260301",
      time: "101500",
      accessionNumber: "A-6",
      description: "Chest",
    };
    const all = await Promise.all(
      [61, 62, 63, 64].map((seed) =>
        uploadOne(staff, chestDicom(seed, patient, { study })),
      ),
    );
    expect(new Set(all.map(({ caseId }) => caseId)).size).toBe(1);
    const { images } = await patientOf(all[0]?.studyId ?? "");
    expect(images).toHaveLength(4);
  });

  it("puts a signed case back on the worklist for a film nobody has seen", async () => {
    const { client } = server.database;
    const patient = {
      familyName: "Ngo",
      givenName: "Binh",
      id: "P-65",
      sex: "M" as const,
    };
    const [first, second] = [651, 652].map((seed) => chestDicom(seed, patient));
    const sent = await uploadOne(staff, first ?? Buffer.alloc(0));
    await client.case.update({
      where: { id: sent.caseId },
      data: {
        state: "SIGNED",
        signedAt: server.clock.now(),
        decidedLabel: "NORMAL",
        agreesWithAi: true,
      },
    });
    const { result, events } = await recordedBy(server, () =>
      uploadOne(staff, second ?? Buffer.alloc(0)),
    );
    expect(result.caseId).toBe(sent.caseId);
    expect(
      await client.case.findUniqueOrThrow({ where: { id: sent.caseId } }),
    ).toMatchObject({
      state: "WAITING",
      signedAt: null,
      decidedLabel: null,
      agreesWithAi: null,
    });
    expect(events).toMatchObject([
      { type: "case.reopened" },
      { type: "image.added", details: { readAgain: true } },
    ]);
  });

  it("believes the header before the form", async () => {
    const patient = {
      familyName: "Nguyen",
      givenName: "Van A",
      id: "P-7",
      birthDate: "19600102",
      sex: "M" as const,
      ageYears: 66,
      weightKg: 58,
    };
    const { studyId } = await uploadOne(staff, chestDicom(7, patient), {
      details: JSON.stringify({
        mrn: "X",
        sex: "FEMALE",
        clinicalFlags: ["fever"],
      }),
    });
    expect(await patientOf(studyId)).toMatchObject({
      clinicalFlags: ["fever"],
      patientWeightKg: 58,
      patient: { mrn: "P-7", sex: "MALE", name: "Nguyen Van A" },
    });
  });

  it("tells films of a batch apart by their names", async () => {
    const details = {
      shared: { description: "Screening" },
      byFile: { "a.png": { mrn: "P-8a" }, "b.png": { mrn: "P-8b" } },
    };
    const { results } = await upload(
      staff,
      [
        { name: "a.png", bytes: await chestPng(81) },
        { name: "b.png", bytes: await chestPng(82) },
      ],
      { details: JSON.stringify(details) },
    );
    const studies = await Promise.all(
      results.map(({ studyId }) => patientOf(studyId ?? "")),
    );
    expect(studies.map(({ patient }) => patient.mrn)).toEqual(["P-8a", "P-8b"]);
    expect(studies.map(({ description }) => description)).toEqual([
      "Screening",
      "Screening",
    ]);
  });

  it("keeps a film apart whose number belongs to another name", async () => {
    const form = (patientName: string) => ({
      details: JSON.stringify({ mrn: "P-9", patientName }),
    });
    const known = await uploadOne(staff, await chestPng(91), form("TRAN, Mai"));
    const { results } = await upload(
      staff,
      [{ name: "other.png", bytes: await chestPng(92) }],
      form("HOANG, Son"),
    );
    expect(results[0]).toMatchObject({
      outcome: "accepted",
      code: "patient-mismatch",
    });
    const [first, other] = await Promise.all([
      patientOf(known.studyId),
      patientOf(results[0]?.studyId ?? ""),
    ]);
    expect(first.patient.name).toBe("TRAN Mai");
    expect(other.patient).toMatchObject({ mrn: "P-9", identityState: "CHECK" });
    expect(other.images[0]?.warnings).toContain("patient-mismatch");
    expect(other.case?.urgencyReasons).toContain("patient-mismatch");
  });

  it("keeps two sites apart: the same bytes are a film at each", async () => {
    const otherSite = (await aSite(server)).id;
    const colleague = await asStaff(server, otherSite);
    const bytes = await chestPng(10);
    const here = await uploadOne(staff, bytes);
    const there = await uploadOne(colleague, bytes);
    expect(there.imageId).not.toBe(here.imageId);
    const { status } = await staff.fetch("/upload", {
      method: "POST",
      body: uploadForm({ siteId: otherSite }, [{ name: "x.png", bytes }]),
    });
    expect(status).toBe(404);
  });

  it("says which fields came too late to be used", async () => {
    const form = uploadForm({}, [{ name: "a.png", bytes: await chestPng(11) }]);
    form.append("details", '{"mrn":"late"}');
    const response = await staff.fetch("/upload", {
      method: "POST",
      body: form,
    });
    expect(await response.json()).toMatchObject({
      warnings: ["Fields must come before the films; not used: details."],
    });
  });

  it("keeps nothing of an upload whose sender goes away", async () => {
    const before = await countImages();
    const bytes = await chestPng(12);
    const url = new URL(`${server.address}/upload`);
    const call = request(url, {
      method: "POST",
      headers: {
        authorization: `Bearer ${staff.token}`,
        "content-type": "multipart/form-data; boundary=cut",
      },
    });
    call.on("error", () => undefined);
    call.write(
      '--cut\r\nContent-Disposition: form-data; name="film"; filename="a.png"\r\n\r\n',
    );
    call.write(bytes.subarray(0, 5_000));
    // The first bytes lie on the disk before the last ones are sent.
    while ((await staging()).length === 0) await sleep(5);
    call.destroy();
    while ((await staging()).length > 0) await sleep(5);
    expect(await countImages()).toBe(before);
  });
});
