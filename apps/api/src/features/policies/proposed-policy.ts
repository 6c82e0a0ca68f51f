import type { DatabaseClient } from "@lung-iris/prisma";
import { READER_ROLES } from "../../access/roles.ts";
import { BadInputError } from "../../errors.ts";
import {
  findFinding,
  READING_FINDINGS,
} from "../findings/finding-catalogue.ts";
import { isClinicalFlag } from "./clinical-flags.ts";
import {
  AGE_GROUPS,
  policyDocument,
  type PolicyDocument,
} from "./policy-document.ts";

/**
 * A policy that somebody proposes, checked: in itself, and that the models,
 * findings and flags that it names are there.
 *
 * @param siteId whose policy it is to be
 * @param field where it stands in the request, for the message
 * @throws BadInputError naming the field.
 */
export async function proposedPolicy(
  client: DatabaseClient,
  siteId: string,
  proposed: unknown,
  field: string,
): Promise<PolicyDocument> {
  const parsed = policyDocument.safeParse(proposed);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new BadInputError(issue?.message ?? "This is no policy.", [
      [field, ...(issue?.path ?? [])].join("."),
    ]);
  }
  const document = parsed.data;
  for (const { flag } of document.urgency.flags) {
    if (!isClinicalFlag(flag))
      throw new BadInputError(`There is no flag "${flag}".`, [
        `${field}.urgency.flags`,
      ]);
  }
  for (const finding of document.secondReads.findings) {
    if (findFinding(finding) === null)
      throw new BadInputError(`There is no finding "${finding}".`, [
        `${field}.secondReads.findings`,
      ]);
  }
  const { readers } = document.secondReads;
  await assertReaders(client, siteId, readers, `${field}.secondReads.readers`);
  await assertReceivers(client, siteId, document, `${field}.assignment.rules`);
  const { findings } = document.critical;
  for (const finding of findings) {
    if (!READING_FINDINGS.some(({ code }) => code === finding))
      throw new BadInputError(`There is no finding "${finding}".`, [
        `${field}.critical.findings`,
      ]);
  }
  await assertKnownModels(client, document, `${field}.thresholds`);
  return document;
}

/** Whom the rules of assignment give to: readers and open pools of the site. */
async function assertReceivers(
  client: DatabaseClient,
  siteId: string,
  { assignment: { rules } }: PolicyDocument,
  field: string,
): Promise<void> {
  const readerIds = new Set(rules.flatMap(({ readerId }) => readerId ?? []));
  const poolIds = new Set(rules.flatMap(({ poolId }) => poolId ?? []));
  await assertReaders(client, siteId, [...readerIds], field);
  const known = await client.readerPool.count({
    where: { id: { in: [...poolIds] }, siteId, closedAt: null },
  });
  if (known === poolIds.size) return;
  throw new BadInputError("One of these is no open pool of the site.", [field]);
}

/** Whom a policy can name: readers of the site, whether active or not. */
async function assertReaders(
  client: DatabaseClient,
  siteId: string,
  readers: readonly string[],
  field: string,
): Promise<void> {
  const known = await client.user.count({
    where: {
      id: { in: [...readers] },
      role: { in: [...READER_ROLES] },
      sites: { some: { siteId } },
    },
  });
  if (known === readers.length) return;
  throw new BadInputError("One of these does not read at this site.", [field]);
}

async function assertKnownModels(
  client: DatabaseClient,
  { thresholds }: PolicyDocument,
  field: string,
): Promise<void> {
  const named = [...new Set(thresholds.map(({ model }) => model))];
  const known = await client.modelVersion.findMany({
    where: { fingerprint: { in: named } },
    select: { fingerprint: true },
  });
  const models = new Set(known.map(({ fingerprint }) => fingerprint));
  for (const { model, finding, ageGroup } of thresholds) {
    const isKnown =
      models.has(model) &&
      findFinding(finding) !== null &&
      AGE_GROUPS.includes(ageGroup);
    if (isKnown) continue;
    throw new BadInputError(
      `There is no model "${model.slice(0, 12)}" with "${finding}" for the age group "${ageGroup}".`,
      [field],
    );
  }
}
