import type { TestServer } from "./server.ts";

export interface RecordedEvent {
  type: string;
  actorId: string;
  actorRole: string;
  siteId: string | null;
  subjectId: string;
  patientId: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  details: Record<string, unknown>;
}

/** What is recorded while `act` runs, in order, with the act's result. */
export async function recordedBy<T>(
  server: TestServer,
  act: () => Promise<T>,
): Promise<{ result: T; events: RecordedEvent[] }> {
  const { client } = server.database;
  const { seq } = await client.auditHead.findUniqueOrThrow({
    where: { id: 1 },
  });
  const result = await act();
  const rows = await client.auditEvent.findMany({
    where: { seq: { gt: seq } },
    orderBy: { seq: "asc" },
  });
  return {
    result,
    events: rows.map((row) => ({
      type: row.type,
      actorId: row.actorId,
      actorRole: row.actorRole,
      siteId: row.siteId,
      subjectId: row.subjectId,
      patientId: row.patientId,
      // audit-log.ts writes exactly these keys; the tests look inside.
      ...(JSON.parse(row.content) as Pick<
        RecordedEvent,
        "before" | "after" | "details"
      >),
    })),
  };
}
