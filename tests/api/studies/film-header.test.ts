import { filmElements, writeDicom } from "@lung-iris/dicom/writer";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ObjectStore } from "../../../apps/api/src/platform/object-store.ts";
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

type More = NonNullable<Parameters<typeof filmElements>[0]["more"]>;

const MAKERS: More = [
  ["00090010", "LO", "MAKER 1.0"],
  ["00091001", "LO", "CAD says pneumonia"],
];

/** A film with the patient, two other people and a maker's own elements. */
function film(name = "Patient^Pat", makers: More = MAKERS): Buffer {
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
        ...makers,
        ["00100010", "PN", name],
        ["00100020", "LO", "P-77"],
      ],
    }),
  );
}

/**
 * Counts films that are read from the store, and how many at once at the most.
 * Each takes a moment, as a large one does.
 */
class FilmReads {
  count = 0;
  most = 0;
  #now = 0;

  forget(): void {
    this.count = 0;
    this.most = 0;
  }

  around(store: ObjectStore): ObjectStore {
    return {
      stage: (body, options) => store.stage(body, options),
      size: (key) => store.size(key),
      remove: (key) => store.remove(key),
      check: () => store.check(),
      read: async (key, range) => {
        const object = await store.read(key, range);
        if (!key.startsWith("films/")) return object;
        this.count += 1;
        this.most = Math.max(this.most, ++this.#now);
        await sleep(20);
        object.stream.once("close", () => (this.#now -= 1));
        return object;
      },
    };
  }
}

describe("the header of a film", () => {
  let server: TestServer;
  let siteId: string;
  let staff: SignedIn;
  let imageId: string;
  const reads = new FilmReads();

  beforeAll(async () => {
    server = await startTestServer({
      films: true,
      wrapObjectStore: (store) => reads.around(store),
    });
    siteId = (await aSite(server)).id;
    staff = await asStaff(server, siteId);
    imageId = await bring(film());
  });
  afterAll(() => server.stop());

  /** Its samples are made at once, so that nothing reads it later by itself. */
  async function bring(bytes: Buffer): Promise<string> {
    const brought = await uploadOne(staff, bytes);
    const pixels = await staff.fetch(`/images/${brought.imageId}/pixels`);
    await pixels.arrayBuffer();
    return brought.imageId;
  }

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

  it("stays in the file that is taken out as far as it may be seen", async () => {
    const take = async (viewer: SignedIn) => {
      const answer = await viewer.fetch(`/images/${imageId}/original`);
      const text = Buffer.from(await answer.arrayBuffer()).toString("latin1");
      return { text, withheld: answer.headers.get("x-film-withheld") };
    };
    const byStaff = await take(staff);
    expect(byStaff.withheld).toBe("private");
    expect(byStaff.text).toContain("Referrer^Rita");
    expect(byStaff.text).not.toMatch(/MAKER|CAD says/);
    const byAdmin = await take(await asAdmin(server, siteId));
    expect(byAdmin.withheld).toBe("other-person");
    expect(byAdmin.text).toContain("CAD says pneumonia");
    expect(byAdmin.text).not.toMatch(/Referrer|Operator/);
    for (const { text } of [byStaff, byAdmin])
      expect(text).toContain("Patient^Pat");
  });

  it("is read of few films at once, however often it is asked for", async () => {
    const aliases = Array.from(
      { length: 15 },
      (_, n) =>
        `h${String(n)}: filmHeader(imageId: $id) { elements { value } }`,
    );
    reads.forget();
    const answer = await staff.execute(
      `query ($id: ID!) { ${aliases.join(" ")} }`,
      { id: imageId },
    );
    expect(Object.keys(answer.anyData())).toHaveLength(15);
    expect(JSON.stringify(answer.anyData()["h14"])).toContain("Patient^Pat");
    // One thread, and one film on its way to it.
    expect(reads.most).toBeLessThanOrEqual(2);
  });

  it("is taken out of a file once, whoever asks at the same time", async () => {
    const take = async (id: string) => {
      const answer = await staff.fetch(`/images/${id}/original`);
      expect(answer.status).toBe(200);
      return Buffer.from(await answer.arrayBuffer()).toString("latin1");
    };
    const many = (id: string) =>
      Promise.all(Array.from({ length: 15 }, () => take(id)));
    const fresh = await bring(film("Fresh^Film"));
    reads.forget();
    const [text] = await many(fresh);
    expect(text).toContain("Fresh^Film");
    expect(text).not.toMatch(/MAKER|CAD says/);
    expect(reads.count).toBe(1);
    // One with nothing to leave out is read to be sent, no more to be looked at.
    const plain = await bring(film("Plain^Film", []));
    await take(plain);
    reads.forget();
    await take(plain);
    expect(reads.count).toBe(1);
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
