import type { DatabaseClient } from "@lung-iris/prisma";
import type { Viewer } from "./access/viewer.ts";
import { auditLoaders } from "./audit/audit.loader.ts";
import { caseLoaders } from "./features/cases/case.loader.ts";
import { modelLoaders } from "./features/models/model.loader.ts";
import { patientLoaders } from "./features/patients/patient.loader.ts";
import { reviewLoaders } from "./features/reviews/review.loader.ts";
import { siteLoaders } from "./features/sites/site.loader.ts";
import { studyLoaders } from "./features/patients/study.loader.ts";
import { predictionLoaders } from "./features/triage/prediction.loader.ts";
import { userLoaders } from "./features/users/user.loader.ts";

/** Batched reads of one request; each feature adds its own. */
export function createLoaders(client: DatabaseClient, viewer: Viewer) {
  return {
    ...auditLoaders(client, viewer),
    ...reviewLoaders(client, viewer),
    ...caseLoaders(client, viewer),
    ...modelLoaders(client, viewer),
    ...patientLoaders(client, viewer),
    ...predictionLoaders(client, viewer),
    ...siteLoaders(client, viewer),
    ...studyLoaders(client, viewer),
    ...userLoaders(client, viewer),
  };
}

export type Loaders = ReturnType<typeof createLoaders>;
