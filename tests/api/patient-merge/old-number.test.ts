import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, asStaff, type SignedIn } from "../../testkit/viewers.ts";
import { MERGE, UNDO } from "./merge-documents.ts";

const FIND = `query ($search: String!) {
  worklist(filter: { search: $search }) { edges { node { id } } }
}`;
const BY_NUMBER = `query ($number: String!) {
  patientsByNumber(number: $number) { edges { node { id } } }
}`;
const edges = z.object({
  edges: z.array(z.object({ node: z.object({ id: z.string() }) })),
});

let server: TestServer;
let siteId: string;
let staff: SignedIn;

beforeAll(async () => {
  server = await startTestServer();
  siteId = (await aSite(server)).id;
  staff = await asStaff(server, siteId);
});
afterAll(() => server.stop());

const idsOf = ({ edges: found }: z.infer<typeof edges>) =>
  found.map(({ node }) => node.id).sort();

async function found(search: string): Promise<string[]> {
  const answer = await staff.execute(FIND, { search });
  return idsOf(answer.data(z.object({ worklist: edges })).worklist);
}

async function patients(number: string, by = staff): Promise<string[]> {
  const answer = await by.execute(BY_NUMBER, { number });
  return idsOf(
    answer.data(z.object({ patientsByNumber: edges })).patientsByNumber,
  );
}

describe("the number of a record that was merged", () => {
  it("finds both cases and the record that counts, until it is undone", async () => {
    const survivor = await aCase(server, siteId)
      .named("Lê, An", "KEEP-71")
      .create();
    const merged = await aCase(server, siteId)
      .named("Lê, An", "GONE-71")
      .create();
    expect(await found("gone-71")).toEqual([merged.case.id]);
    expect(await patients("GONE-71")).toEqual([merged.patient.id]);

    const answer = await staff.execute(MERGE, {
      survivor: survivor.patient.id,
      merged: merged.patient.id,
      reason: "One man with two cards",
    });
    const { id } = answer.data(
      z.object({ mergePatients: z.object({ id: z.string() }) }),
    ).mergePatients;
    const both = [survivor.case.id, merged.case.id].sort();
    expect(await found("gone-71")).toEqual(both);
    expect(await found("keep-71")).toEqual(both);
    expect(await patients("GONE-71")).toEqual([survivor.patient.id]);

    (await staff.execute(UNDO, { id, reason: "Two men" })).anyData();
    expect(await found("gone-71")).toEqual([merged.case.id]);
    expect(await found("keep-71")).toEqual([survivor.case.id]);
    expect(await patients("GONE-71")).toEqual([merged.patient.id]);
  });

  it("tells nothing at another site", async () => {
    const row = await aCase(server, siteId)
      .named("Võ, Bình", "FAR-72")
      .create();
    const elsewhere = await asStaff(server, (await aSite(server)).id);
    expect(await patients("FAR-72")).toEqual([row.patient.id]);
    expect(await patients("FAR-72", elsewhere)).toEqual([]);
  });
});
