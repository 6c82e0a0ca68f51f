import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { chestDicom, uploadOne } from "../../testkit/films.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, asStaff, type SignedIn } from "../../testkit/viewers.ts";
import { DENY, MERGE, PAIRS, TAKE_BACK, UNDO } from "./merge-documents.ts";

let server: TestServer;
let seed = 30;

beforeAll(async () => {
  server = await startTestServer({ films: true });
});
afterAll(() => server.stop());

const page = z.object({
  patientPairs: z.object({
    edges: z.array(
      z.object({
        node: z.object({
          id: z.string(),
          reasons: z.array(z.string()),
          first: z.object({ id: z.string() }),
          second: z.object({ id: z.string() }),
        }),
      }),
    ),
    pageInfo: z.object({
      hasNextPage: z.boolean(),
      endCursor: z.string().nullable(),
    }),
  }),
});

async function pairs(by: SignedIn, variables: Record<string, unknown> = {}) {
  const answer = await by.execute(PAIRS, { notSame: false, ...variables });
  return answer.data(page).patientPairs;
}

/** The patient of a film that comes in. */
async function arrives(
  by: SignedIn,
  familyName: string,
  givenName: string,
  id: string,
  birthDate?: string,
): Promise<string> {
  seed += 1;
  const patient = { familyName, givenName, id, sex: "F" as const };
  const study = { date: `202501${String((seed % 27) + 1).padStart(2, "0")}` };
  const film = chestDicom(
    seed,
    birthDate === undefined ? patient : { ...patient, birthDate },
    { study },
  );
  const { studyId } = await uploadOne(by, film);
  const row = await server.database.client.study.findUniqueOrThrow({
    where: { id: studyId },
  });
  return row.patientId;
}

async function aDesk() {
  return asStaff(server, (await aSite(server)).id);
}

describe("records that look like one person's", () => {
  it("are noticed by name and birth date, whatever the accents and the order", async () => {
    const staff = await aDesk();
    const one = await arrives(staff, "NGUYEN", "Thi Hoa", "N-1", "19500301");
    expect((await pairs(staff)).edges).toEqual([]);
    const other = await arrives(staff, "Hoa", "Nguyen Thi", "N-2", "19500301");
    await arrives(staff, "NGUYEN", "Thi Hoa", "N-3", "19510301");
    const { edges } = await pairs(staff);
    expect(edges).toHaveLength(1);
    expect(edges[0]?.node.reasons).toEqual(["same-name-and-birth-date"]);
    const found = [edges[0]?.node.first.id, edges[0]?.node.second.id];
    expect(found.sort()).toEqual([one, other].sort());
    // Another site knows nothing of it.
    expect((await pairs(await aDesk())).edges).toEqual([]);
  });

  it("are said to be two people once: not suggested and not merged until that is taken back", async () => {
    const staff = await aDesk();
    const one = await arrives(staff, "TRAN", "Twin", "T-1", "20000101");
    const other = await arrives(staff, "TRAN", "Twin", "T-2", "20000101");
    const said = { one, other, reason: "Same name, two cards, both here" };
    (await staff.execute(DENY, said)).anyData();
    (await staff.execute(DENY, said)).refusedWith("CONFLICT");
    expect((await pairs(staff)).edges).toEqual([]);
    const denied = await pairs(staff, { notSame: true });
    expect(denied.edges).toHaveLength(1);
    // More of the same person comes: it is still not suggested.
    await arrives(staff, "TRAN", "Twin", "T-2", "20000101");
    expect((await pairs(staff)).edges).toEqual([]);
    const merge = { survivor: one, merged: other, reason: "x" };
    (await staff.execute(MERGE, merge)).refusedWith("CONFLICT");
    const id = denied.edges[0]?.node.id;
    const stranger = await aDesk();
    const back = { id, reason: "It was one card" };
    (await stranger.execute(TAKE_BACK, back)).refusedWith("NOT_FOUND");
    (await stranger.execute(DENY, said)).refusedWith("NOT_FOUND");
    (await staff.execute(TAKE_BACK, back)).anyData();
    (await staff.execute(TAKE_BACK, back)).refusedWith("CONFLICT");
    expect((await pairs(staff)).edges).toHaveLength(1);
  });

  it("are suggested no more when they are merged, and again when that is undone", async () => {
    const staff = await aDesk();
    const one = await arrives(staff, "PHAM", "Lan", "P-1", "19800101");
    const other = await arrives(staff, "PHAM", "Lan", "P-2", "19800101");
    expect((await pairs(staff)).edges).toHaveLength(1);
    const answer = await staff.execute(MERGE, {
      survivor: one,
      merged: other,
      reason: "One person",
    });
    expect((await pairs(staff)).edges).toEqual([]);
    const { id } = answer.data(
      z.object({ mergePatients: z.object({ id: z.string() }) }),
    ).mergePatients;
    (await staff.execute(UNDO, { id, reason: "Two" })).anyData();
    expect((await pairs(staff)).edges).toHaveLength(1);
  });

  it("come in pages, and are noticed also where two come at once", async () => {
    const staff = await aDesk();
    await Promise.all(
      ["L-1", "L-2", "L-3"].map((id) =>
        arrives(staff, "LY", "An", id, "19900909"),
      ),
    );
    const first = await pairs(staff, { first: 2 });
    expect(first.edges).toHaveLength(2);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const { endCursor } = first.pageInfo;
    const rest = await pairs(staff, { first: 2, after: endCursor });
    expect(rest.edges).toHaveLength(1);
    const bad = await staff.execute(PAIRS, { notSame: false, after: "x" });
    bad.refusedWith("BAD_USER_INPUT");
  });
});
