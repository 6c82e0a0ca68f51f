import type {
  DatabaseClient,
  ModelRole,
  ModelVersion,
  Tx,
} from "@lung-iris/prisma";

/**
 * One at a time: what a command reads of the roles is what it changes. Held
 * until the transaction ends.
 */
export async function lockRoles(tx: Tx): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtext('lung-iris model registry'))) AS taken`;
}

/** Whether any model ever had a role: an empty desk has none. */
export async function hasAnyRole(tx: Tx): Promise<boolean> {
  return (await tx.modelRole.findFirst({ select: { id: true } })) !== null;
}

/** The role that a model has at a site, or on the whole desk; null without. */
export function findRole(
  tx: Tx,
  siteId: string | null,
  modelVersionId: string,
): Promise<ModelRole | null> {
  return tx.modelRole.findFirst({
    where: { siteId, modelVersionId, until: null },
  });
}

/** Ends roles and returns them as they were. */
export async function endRoles(
  tx: Tx,
  where: {
    siteId: string | null;
    modelVersionId?: string;
    role?: ModelRole["role"];
  },
  now: Date,
): Promise<(ModelRole & { modelVersion: ModelVersion })[]> {
  const rows = await tx.modelRole.findMany({
    where: { ...where, until: null },
    include: { modelVersion: true },
  });
  const ids = rows.map(({ id }) => id);
  await tx.modelRole.updateMany({
    where: { id: { in: ids } },
    data: { until: now },
  });
  return rows;
}

export function insertRole(
  tx: Tx,
  data: Omit<ModelRole, "until" | "filmLimit" | "endsAt"> &
    Partial<Pick<ModelRole, "filmLimit" | "endsAt">>,
): Promise<ModelRole> {
  return tx.modelRole.create({ data });
}

/** SHA-256 of all in a manifest that decides an answer; the database knows. */
export async function fingerprintOf(
  client: DatabaseClient,
  manifest: unknown,
): Promise<string> {
  const [row] = await client.$queryRaw<{ fingerprint: string }[]>`
    SELECT model_fingerprint(${JSON.stringify(manifest)}::jsonb) AS "fingerprint"`;
  if (row === undefined) throw new Error("the database worked out nothing");
  return row.fingerprint;
}

/**
 * Notes a model folder by its manifest. The row that is there already is
 * returned as it is: a model is told by all that decides its answers, which
 * the database works out.
 */
export async function saveVersion(
  tx: Tx,
  version: { id: string; name: string; sha256: string; manifest: string },
): Promise<{ row: ModelVersion; isNew: boolean }> {
  const { id, name, sha256, manifest } = version;
  const [known] = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id"::text AS "id" FROM "ModelVersion"
    WHERE "fingerprint" = model_fingerprint(${manifest}::jsonb)`;
  if (known === undefined) {
    await tx.$executeRaw`
      INSERT INTO "ModelVersion" ("id", "name", "sha256", "manifest")
      VALUES (${id}::uuid, ${name}, ${sha256}, ${manifest}::jsonb)`;
  }
  const row = await tx.modelVersion.findUniqueOrThrow({
    where: { id: known?.id ?? id },
  });
  return { row, isNew: known === undefined };
}
