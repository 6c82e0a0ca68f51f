import { filmElements, writeDicom } from "@lung-iris/dicom/writer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { chestPng, uploadOne } from "../../testkit/films.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asAuditor,
  asNobody,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";

const HEADER = `query ($id: ID!) {
  filmHeader(imageId: $id) {
    imageId isCut withheld { people private }
    elements { tag keyword vr value bytes depth }
  }
}`;

interface Header {
  imageId: string;
  isCut: boolean;
  withheld: { people: number; private: number };
  elements: { tag: string; value: string | null }[] | null;
}

/** A film with the patient, two other people and a maker's own elements. */
function film(): Buffer {
  const side = 128;
  const pixels = Array.from(
    { length: side * side },
    (_, at) => ((at % side) * 31 + Math.floor(at / side) * 17) % 4096,
  );
  return writeDicom(
    filmElements({
      rows: side,
      columns: side,
      pixels,
      more: [
        ["00080090", "PN", "Referrer^Rita"],
        ["00081070", "PN", "Operator^Olga"],
        ["00090010", "LO", "MAKER 1.0"],
        ["00091001", "LO", "CAD says pneumonia"],
        ["00100010", "PN", "Patient^Pat"],
        ["00100020", "LO", "P-77"],
      ],
    }),
  );
}

describe("the header of a film", () => {
  let server: TestServer;
  let siteId: string;
  let staff: SignedIn;
  let imageId: string;

  beforeAll(async () => {
    server = await startTestServer({ films: true });
    siteId = (await aSite(server)).id;
    staff = await asStaff(server, siteId);
    ({ imageId } = await uploadOne(staff, film()));
  });
  afterAll(() => server.stop());

  async function seenBy(viewer: SignedIn, id = imageId): Promise<Header> {
    const answer = await viewer.execute(HEADER, { id });
    // The document selects it.
    return answer.anyData()["filmHeader"] as Header;
  }
  const words = ({ elements }: Header) =>
    (elements ?? []).map(({ value }) => value).join("|");

  it("shows who works with it the people, and nothing that is private", async () => {
    for (const viewer of [staff, await asRadiologist(server, siteId)]) {
      const header = await seenBy(viewer);
      expect(words(header)).toContain("Patient^Pat");
      expect(words(header)).toContain("Referrer^Rita");
      expect(words(header)).toContain("Operator^Olga");
      expect(words(header)).not.toMatch(/MAKER|CAD says/);
      expect(header.withheld).toEqual({ people: 0, private: 2 });
      expect(header).toMatchObject({ imageId, isCut: false });
    }
  });

  it("shows who looks after the systems what is private, and no other people", async () => {
    const header = await seenBy(await asAdmin(server, siteId));
    expect(words(header)).toContain("Patient^Pat");
    expect(words(header)).toContain("CAD says pneumonia");
    expect(words(header)).not.toMatch(/Referrer|Operator/);
    expect(header.withheld).toEqual({ people: 2, private: 0 });
  });

  it("is refused to auditors, strangers and other sites", async () => {
    const auditor = await asAuditor(server, siteId);
    (await auditor.execute(HEADER, { id: imageId })).refusedWith("FORBIDDEN");
    const nobody = asNobody(server);
    (await nobody.execute(HEADER, { id: imageId })).refusedWith(
      "UNAUTHENTICATED",
    );
    const elsewhere = (await aSite(server)).id;
    const stranger = await asRadiologist(server, elsewhere);
    for (const id of [imageId, "no id"]) {
      (await stranger.execute(HEADER, { id })).refusedWith("NOT_FOUND");
    }
  });

  it("is a look, on record with its patient, once", async () => {
    const { events } = await recordedBy(server, () => seenBy(staff));
    expect(events).toMatchObject([
      {
        type: "image.header-viewed",
        actorId: staff.userId,
        siteId,
        subjectId: imageId,
      },
    ]);
    expect(events[0]?.patientId).not.toBeNull();
  });

  it("is none of a PNG", async () => {
    const png = await uploadOne(staff, await chestPng(3));
    const header = await seenBy(staff, png.imageId);
    expect(header).toMatchObject({ imageId: png.imageId, elements: null });
  });
});
