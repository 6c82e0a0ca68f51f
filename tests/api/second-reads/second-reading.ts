import { z } from "zod";
import type { TestServer } from "../../testkit/server.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

/** What the tests of second reads do, each as somebody at a desk would. */
export const claim = (who: SignedIn, id: string) =>
  who.execute("mutation ($id: ID!) { claimCase(caseId: $id) { id } }", { id });

export const release = (who: SignedIn, id: string) =>
  who.execute("mutation ($id: ID!) { releaseCase(caseId: $id) { id } }", {
    id,
  });

export const takeOver = (who: SignedIn, id: string, reason = "gone home") =>
  who.execute(
    "mutation ($id: ID!, $reason: String!) { takeOverCase(caseId: $id, reason: $reason) { id } }",
    { id, reason },
  );

export const request = (who: SignedIn, id: string, reason = "to be sure") =>
  who.execute(
    "mutation ($id: ID!, $reason: String!) { requestSecondReading(caseId: $id, reason: $reason) { secondRead } }",
    { id, reason },
  );

export const showFirst = (who: SignedIn, id: string) =>
  who.execute("mutation ($id: ID!) { showFirstReading(caseId: $id) { id } }", {
    id,
  });

export const caseOf = (server: TestServer, id: string) =>
  server.database.client.case.findUniqueOrThrow({ where: { id } });

/** Signs a case that the reader holds; what the AI said is not answered. */
export async function signHeld(
  server: TestServer,
  who: SignedIn,
  id: string,
  said: Record<string, unknown>,
) {
  const { version } = await caseOf(server, id);
  return who.execute(
    "mutation ($input: SignReadingInput!) { signReading(input: $input) { id stage } }",
    {
      input: {
        caseId: id,
        caseVersion: version,
        decision: "INDEPENDENT",
        ...said,
      },
    },
  );
}

/** Claims and signs; answers the id of the version. */
export async function reads(
  server: TestServer,
  who: SignedIn,
  id: string,
  label: string,
  said: Record<string, unknown> = {},
): Promise<string> {
  (await claim(who, id)).anyData();
  const answer = await signHeld(server, who, id, { label, ...said });
  return answer.data(z.object({ signReading: z.object({ id: z.string() }) }))
    .signReading.id;
}

export const amend = (
  who: SignedIn,
  versionId: string,
  label: string,
  said: Record<string, unknown> = {},
) =>
  who.execute(
    "mutation ($input: AmendReadingInput!) { amendReading(input: $input) { id } }",
    {
      input: {
        versionId,
        label,
        decision: "INDEPENDENT",
        amendReason: "looked again",
        ...said,
      },
    },
  );

/** The label that counts of a case, or null. */
export const labelOf = (server: TestServer, caseId: string) =>
  server.database.client.caseLabel.findFirst({
    where: { caseId, until: null },
  });
