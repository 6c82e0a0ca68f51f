import type { PolicyDocument } from "../../apps/api/src/features/policies/policy-document.ts";
import { SHIPPED_POLICY } from "../../apps/api/src/features/policies/shipped-policy.ts";
import type { TestServer } from "./server.ts";

/** Parts of a policy that differ from the shipped one. */
export type PolicyChanges = {
  [Part in keyof PolicyDocument]?: PolicyDocument[Part] extends unknown[]
    ? PolicyDocument[Part]
    : Partial<PolicyDocument[Part]>;
};

/** The shipped policy with parts of it changed. */
export function aPolicy(changes: PolicyChanges = {}): PolicyDocument {
  return {
    urgency: { ...SHIPPED_POLICY.urgency, ...changes.urgency },
    ceilings: { ...SHIPPED_POLICY.ceilings, ...changes.ceilings },
    thresholds: changes.thresholds ?? SHIPPED_POLICY.thresholds,
    reading: { ...SHIPPED_POLICY.reading, ...changes.reading },
    secondReads: { ...SHIPPED_POLICY.secondReads, ...changes.secondReads },
    critical: { ...SHIPPED_POLICY.critical, ...changes.critical },
    reports: { ...SHIPPED_POLICY.reports, ...changes.reports },
    assignment: { ...SHIPPED_POLICY.assignment, ...changes.assignment },
    thresholdDesk: {
      ...SHIPPED_POLICY.thresholdDesk,
      ...changes.thresholdDesk,
    },
  };
}

/** The same as GraphQL takes it: enums by their names there. */
export function asInput(document: PolicyDocument) {
  return {
    ...document,
    urgency: {
      ...document.urgency,
      flags: document.urgency.flags.map(({ flag, effect }) => ({
        flag,
        effect: effect.toUpperCase(),
      })),
    },
    reading: {
      ...document.reading,
      mode: document.reading.mode.toUpperCase(),
    },
    thresholdDesk: {
      approval: document.thresholdDesk.approval.toUpperCase(),
    },
  };
}

/** A version put in place without the service: nothing is placed by it. */
export async function givenPolicy(
  server: Pick<TestServer, "database" | "clock">,
  siteId: string,
  changes: PolicyChanges,
): Promise<number> {
  const { client } = server.database;
  const version = 1 + (await client.policyVersion.count({ where: { siteId } }));
  await client.policyVersion.create({
    data: {
      siteId,
      version,
      document: aPolicy(changes),
      reason: "A test's",
      byId: "SYSTEM",
      byName: "test",
      createdAt: server.clock.now(),
    },
  });
  await client.$executeRaw`SELECT pg_notify('lung_iris',
    ${JSON.stringify({ topic: "policy", siteId })})`;
  return version;
}
