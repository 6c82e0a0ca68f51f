import type { LabelGrade } from "@lung-iris/prisma";
import { aCase, type Scenario } from "./scenario.ts";
import type { TestServer } from "./server.ts";

/** How a case was decided. */
export interface Decided {
  label: "PNEUMONIA" | "NORMAL" | "OTHER";
  grade?: LabelGrade;
  /** The patient of an earlier one. */
  of?: Scenario["patient"];
}

/** A signed case with a label; the test model gave its film a probability. */
export async function aDecidedCase(
  server: TestServer,
  { siteId, readerId }: { siteId: string; readerId: string },
  probability: number,
  { label, grade = "ONE_BLIND", of }: Decided,
): Promise<Scenario> {
  const { client } = server.database;
  const builder = aCase(server, siteId)
    .assessed(probability)
    .with({ state: "SIGNED", decidedLabel: label });
  const made = await (of ? builder.of(of) : builder).create();
  const signedAt = server.clock.now();
  const at = { siteId, caseId: made.case.id };
  const reading = await client.reading.create({
    data: { ...at, readerId, state: "SIGNED", startedAt: signedAt },
  });
  const version = await client.readingVersion.create({
    data: {
      ...at,
      readerId,
      readingId: reading.id,
      version: 1,
      label,
      decision: "INDEPENDENT",
      signedAt,
    },
  });
  await client.caseLabel.create({
    data: {
      ...at,
      version: 1,
      readingVersionId: version.id,
      label,
      grade,
      since: signedAt,
    },
  });
  return made;
}
