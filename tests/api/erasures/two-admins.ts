import { z } from "zod";
import type { TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  type SignedIn,
} from "../../testkit/viewers.ts";
import { PROPOSE, WHY } from "./erasure-documents.ts";

/** A site of its own with two admins, who were there before what is proposed. */
export async function twoAdmins(server: TestServer): Promise<{
  siteId: string;
  first: SignedIn;
  second: SignedIn;
  reader: SignedIn;
}> {
  const siteId = (await aSite(server)).id;
  const first = await asAdmin(server, siteId);
  const second = await asAdmin(server, siteId);
  const reader = await asRadiologist(server, siteId);
  server.clock.forward(60);
  return { siteId, first, second, reader };
}

const proposal = z.object({ proposeErasure: z.object({ id: z.string() }) });

/** Proposes that a patient's record is erased, and gives the proposal's id. */
export async function proposedBy(
  admin: SignedIn,
  patientId: string,
): Promise<string> {
  const answer = await admin.execute(PROPOSE, { id: patientId, reason: WHY });
  return answer.data(proposal).proposeErasure.id;
}
