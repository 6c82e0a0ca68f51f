import type { DatabaseClient } from "@lung-iris/prisma";
import type { Viewer } from "./access/viewer.ts";
import { auditLoaders } from "./audit/audit.loader.ts";
import { caseLoaders } from "./features/cases/case.loader.ts";
import { commentLoaders } from "./features/comments/comment.loader.ts";
import { criticalLoaders } from "./features/critical-results/critical-result.loader.ts";
import { modelLoaders } from "./features/models/model.loader.ts";
import { policyLoaders } from "./features/policies/policy.loader.ts";
import type { SitePolicies } from "./features/policies/site-policies.ts";
import { patientLoaders } from "./features/patients/patient.loader.ts";
import { poolLoaders } from "./features/pools/pool.loader.ts";
import { preliminaryLoaders } from "./features/preliminary/preliminary.loader.ts";
import { readingLoaders } from "./features/readings/reading.loader.ts";
import { procedureLoaders } from "./features/procedures/procedure.loader.ts";
import { siteLoaders } from "./features/sites/site.loader.ts";
import { studyLoaders } from "./features/patients/study.loader.ts";
import { predictionLoaders } from "./features/predictions/prediction.loader.ts";
import { userLoaders } from "./features/users/user.loader.ts";

/** Batched reads of one request; each feature adds its own. */
export function createLoaders(
  client: DatabaseClient,
  viewer: Viewer,
  policies: SitePolicies,
) {
  return {
    ...auditLoaders(client, viewer),
    ...readingLoaders(client, viewer),
    ...caseLoaders(client, viewer, policies),
    ...commentLoaders(client, viewer),
    ...criticalLoaders(client, viewer),
    ...poolLoaders(client, viewer),
    ...preliminaryLoaders(client, viewer),
    ...modelLoaders(client, viewer),
    ...patientLoaders(client, viewer),
    ...policyLoaders(client, policies),
    ...predictionLoaders(client, viewer),
    ...procedureLoaders(client, viewer, policies),
    ...siteLoaders(client, viewer),
    ...studyLoaders(client, viewer),
    ...userLoaders(client, viewer),
  };
}

export type Loaders = ReturnType<typeof createLoaders>;
