import { filmElements, writeDicom } from "@lung-iris/dicom/writer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { chestDicom, upload } from "../../testkit/films.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, asStaff, type SignedIn } from "../../testkit/viewers.ts";

let server: TestServer;
let staff: SignedIn;

beforeAll(async () => {
  server = await startTestServer({ films: true });
  const siteId = (await aSite(server)).id;
  staff = await asStaff(server, siteId);
});
afterAll(() => server.stop());

/** The index that a CD has (PS3.3 annex F), without its records. */
const dicomdir = () =>
  writeDicom(
    filmElements({ rows: 1, columns: 1, pixels: [0] }).filter(
      ([tag]) => tag === "00080060",
    ),
    { metaElements: [["00020002", "UI", "1.2.840.10008.1.3.10"]] },
  );

describe("a CD that is sent whole", () => {
  it("gives one film; what lies beside it is set aside, not refused", async () => {
    const film = chestDicom(1, {
      familyName: "Lam",
      givenName: "Do",
      id: "CD-1",
      sex: "M",
    });
    const { result, events } = await recordedBy(server, () =>
      upload(staff, [
        { name: "DICOMDIR", bytes: dicomdir() },
        { name: "INDEX", bytes: dicomdir() },
        { name: "AUTORUN.INF", bytes: Buffer.from("[autorun]") },
        { name: "Thumbs.db", bytes: Buffer.from("\xd0\xcf\x11\xe0", "latin1") },
        { name: "VIEWER.EXE", bytes: Buffer.from("MZ") },
        { name: "IM0001", bytes: film },
      ]),
    );
    expect(result.results.map(({ outcome, code }) => [outcome, code])).toEqual([
      ["set-aside", "cd-index"],
      ["set-aside", "cd-index"],
      ["set-aside", "document"],
      ["set-aside", "system"],
      ["set-aside", "program"],
      ["accepted", null],
    ]);
    const types = events.map(({ type }) => type);
    expect(types.filter((type) => type === "upload.set-aside")).toHaveLength(5);
    expect(types).not.toContain("upload.refused");
  });

  it("takes a film whatever it is called", async () => {
    const film = chestDicom(2, {
      familyName: "Lam",
      givenName: "Do",
      id: "CD-1",
      sex: "M",
    });
    const { results } = await upload(staff, [
      { name: "VIEWER.EXE", bytes: film },
    ]);
    expect(results[0]?.outcome).toBe("accepted");
  });
});
