import { z } from "zod";
import { aCase, type Scenario } from "../../testkit/scenario.ts";
import type { TestServer } from "../../testkit/server.ts";
import type { SignedIn } from "../../testkit/viewers.ts";
import { CLAIM, REVEAL, SIGN } from "../readings/reading-documents.ts";

export const KEEP = `mutation ($input: KeepTextInput!) {
  keepText(input: $input) { id keptTexts { kind aboutId text } } }`;
const KEPT = `query ($id: ID!) { case(id: $id) {
  keptTexts { kind aboutId text keptAt draft { label comment report { impression } findings { code } } } } }`;

const kept = z.object({
  kind: z.string(),
  aboutId: z.string(),
  text: z.string(),
  keptAt: z.string(),
  draft: z
    .object({
      label: z.string().nullable(),
      comment: z.string(),
      report: z.object({ impression: z.string() }).nullable(),
      findings: z.array(z.object({ code: z.string() })),
    })
    .nullable(),
});
const answer = z.object({
  case: z.object({ keptTexts: z.array(kept) }).nullable(),
});

/** What of a case the server keeps for somebody. */
export async function keptFor(
  viewer: SignedIn,
  caseId: string,
): Promise<z.infer<typeof kept>[]> {
  const data = (await viewer.execute(KEPT, { id: caseId })).anyData();
  return answer.parse(data).case?.keptTexts ?? [];
}

/** Has the server keep something that somebody typed. */
export async function keep(
  viewer: SignedIn,
  input: { caseId: string; kind: string; aboutId?: string; text: string },
): Promise<void> {
  (await viewer.execute(KEEP, { input })).anyData();
}

/** A case that a reader has signed, and the version that he signed. */
export async function signedBy(
  server: TestServer,
  reader: SignedIn,
  siteId: string,
): Promise<Scenario & { versionId: string }> {
  const scenario = await aCase(server, siteId).assessed(0.9).create();
  const id = scenario.case.id;
  for (const step of [CLAIM, REVEAL])
    (await reader.execute(step, { id })).anyData();
  const input = {
    caseId: id,
    caseVersion: 2,
    label: "PNEUMONIA",
    decision: "CONFIRM",
  };
  const signed = (await reader.execute(SIGN, { input })).anyData();
  const version = z.object({ id: z.string() }).parse(signed["signReading"]);
  return { ...scenario, versionId: version.id };
}
