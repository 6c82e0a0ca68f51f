import type { DatabaseClient } from "@lung-iris/prisma";
import { ScopedRows } from "./access/scoped-rows.ts";
import type { Viewer } from "./access/viewer.ts";
import { auditLoaders } from "./audit/audit.loader.ts";
import { exposureLoaders } from "./features/blindness/ai-exposure.loader.ts";
import { caseLoaders } from "./features/cases/case.reads.ts";
import { commentLoaders } from "./features/comments/comment.loader.ts";
import { criticalLoaders } from "./features/critical-results/critical-result.loader.ts";
import { declaredBarsLoader } from "./features/judgements/declared-bars.ts";
import { keptTextLoaders } from "./features/kept-texts/kept-text.loader.ts";
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
import { withdrawalLoaders } from "./features/withdrawals/withdrawal.loader.ts";
import { trainingRunLoaders } from "./features/training-runs/training-run.loader.ts";
import { userLoaders } from "./features/users/user.loader.ts";

/** Batched reads of one request; each feature adds its own. */
export function createLoaders(
  client: DatabaseClient,
  viewer: Viewer,
  policies: SitePolicies,
  secret: string,
) {
  const rows = new ScopedRows(client, viewer);
  return {
    rows,
    ...auditLoaders(client, viewer),
    ...readingLoaders(client, viewer),
    ...caseLoaders(client, viewer, rows),
    ...exposureLoaders(client, viewer, policies),
    ...commentLoaders(client, viewer),
    ...criticalLoaders(client, viewer),
    declaredBars: declaredBarsLoader(client),
    ...keptTextLoaders(client, viewer),
    ...poolLoaders(client, viewer),
    ...preliminaryLoaders(client, viewer),
    ...modelLoaders(client, viewer),
    ...patientLoaders(client, viewer, rows),
    ...policyLoaders(client, policies),
    ...predictionLoaders(client, viewer),
    ...procedureLoaders(client, viewer, policies),
    ...siteLoaders(client, viewer),
    ...studyLoaders(rows),
    ...trainingRunLoaders(client, viewer),
    ...withdrawalLoaders(client, secret),
    ...userLoaders(client, viewer, rows),
  };
}

export type Loaders = ReturnType<typeof createLoaders>;
