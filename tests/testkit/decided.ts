import { randomUUID } from "node:crypto";
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

/**
 * A signed case with a label, whose film the test model gave a probability; the
 * reading behind it is a row without a reader's words.
 */
export async function aDecidedCase(
  server: TestServer,
  site: { siteId: string; readerId: string },
  probability: number,
  { label, grade = "ONE_BLIND", of }: Decided,
): Promise<Scenario> {
  const { siteId, readerId } = site;
  const builder = aCase(server, siteId)
    .assessed(probability)
    .with({ state: "SIGNED", decidedLabel: label });
  const made = await (of ? builder.of(of) : builder).create();
  await labelled(server, { caseId: made.case.id, siteId, readerId }, label, grade);
  return made;
}

async function labelled(
  server: TestServer,
  of: { caseId: string; siteId: string; readerId: string },
  label: Decided["label"],
  grade: LabelGrade,
): Promise<void> {
  const { client } = server.database;
  const now = server.clock.now();
  const { caseId, siteId, readerId } = of;
  const reading = await client.reading.create({
    data: { caseId, siteId, readerId, state: "SIGNED", endedAt: now },
  });
  const version = await client.readingVersion.create({
    data: {
      readingId: reading.id,
      caseId,
      siteId,
      readerId,
      version: 1,
      label,
      decision: "INDEPENDENT",
      findings: [],
      marks: [],
      signedAt: now,
    },
  });
  await client.caseLabel.create({
    data: {
      id: randomUUID(),
      siteId,
      caseId,
      version: 1,
      readingVersionId: version.id,
      label,
      grade,
      since: now,
    },
  });
}
