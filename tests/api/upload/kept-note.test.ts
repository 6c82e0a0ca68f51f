import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chestPng, upload, uploadOne } from "../../testkit/films.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, asStaff, type SignedIn } from "../../testkit/viewers.ts";
import {
  keepReason,
  reasonFor,
} from "../kept-reasons/kept-reason-documents.ts";

describe("the note that was typed for a film before it was sent", () => {
  let server: TestServer;
  let siteId: string;
  let staff: SignedIn;

  beforeAll(async () => {
    server = await startTestServer({ films: true });
    siteId = (await aSite(server)).id;
    staff = await asStaff(server, siteId);
  });
  afterAll(() => server.stop());

  /** As the page knows a film that the desk does not know yet: by its bytes. */
  const noteOf = (bytes: Buffer) => ({
    kind: "FILM_NOTE",
    aboutId: siteId,
    part: createHash("sha256").update(bytes).digest("hex"),
  });

  it("goes with the film, and with no other and nobody else's", async () => {
    const [film, other] = [await chestPng(61), await chestPng(62)];
    const colleague = await asStaff(server, siteId);
    const ofAll = { kind: "FILM_NOTE", aboutId: siteId };
    await keepReason(staff, noteOf(film), "Fell yesterday");
    await keepReason(staff, noteOf(other), "Cough");
    await keepReason(staff, ofAll, "From the ward");
    await keepReason(colleague, noteOf(film), "Who is this?");
    const details = JSON.stringify({ clinicalNote: "Fell yesterday" });
    await uploadOne(staff, film, { details });
    expect(await reasonFor(staff, noteOf(film))).toBeNull();
    expect(await reasonFor(staff, noteOf(other))).toBe("Cough");
    // Further films may wait for it; the page lets it go with the last.
    expect(await reasonFor(staff, ofAll)).toBe("From the ward");
    expect(await reasonFor(colleague, noteOf(film))).toBe("Who is this?");
  });

  it("stays where the film was refused", async () => {
    const rubbish = Buffer.from("no film at all");
    await keepReason(staff, noteOf(rubbish), "Cough");
    const films = [{ name: "notes.png", bytes: rubbish }];
    const { results } = await upload(staff, films);
    expect(results).toMatchObject([{ outcome: "refused" }]);
    expect(await reasonFor(staff, noteOf(rubbish))).toBe("Cough");
  });
});
