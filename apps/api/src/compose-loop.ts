import type { DatabaseClient } from "@lung-iris/prisma";
import type { AuditLog } from "./audit/audit-log.ts";
import { BarsResolver } from "./features/bars/bars.resolver.ts";
import { BarsService } from "./features/bars/bars.service.ts";
import { JudgementResolver } from "./features/judgements/judgement.resolver.ts";
import { JudgementService } from "./features/judgements/judgement.service.ts";
import { ModelRoleCommands } from "./features/models/model-role.commands.ts";
import type { DatasetService } from "./features/datasets/dataset.service.ts";
import type { SitePolicies } from "./features/policies/site-policies.ts";
import { askAboutOpenCases } from "./features/predictions/ask-models.ts";
import { PromotionResolver } from "./features/promotions/promotion.resolver.ts";
import { PromotionService } from "./features/promotions/promotion.service.ts";
import { BeforeAfterService } from "./features/promotions/before-after.service.ts";
import { ComparisonService } from "./features/shadows/comparison.service.ts";
import { ShadowResolver } from "./features/shadows/shadow.resolver.ts";
import { ShadowService } from "./features/shadows/shadow.service.ts";
import {
  CandidateRunResolver,
  TrainingRunResolver,
} from "./features/training-runs/training-run.resolver.ts";
import { TrainingRunService } from "./features/training-runs/training-run.service.ts";
import type { Clock } from "./platform/clock.ts";

/** How a candidate becomes the live model: bars, judgement, shadow, two people. */
export function composeLoop(deps: {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  policies: SitePolicies;
  datasets: DatasetService;
  /** The installation's secret; pseudonyms come from it. */
  secret: string;
}): readonly object[] {
  const roles = new ModelRoleCommands({ askAboutOpenCases });
  const bars = new BarsService(deps);
  const judgements = new JudgementService({ ...deps, bars, roles });
  return [
    new CandidateRunResolver(),
    new TrainingRunResolver(new TrainingRunService({ ...deps, bars, roles })),
    new BarsResolver(bars),
    new JudgementResolver(judgements),
    new PromotionResolver(
      new PromotionService({ ...deps, bars, judgements, roles }),
      new BeforeAfterService(deps),
    ),
    new ShadowResolver(
      new ShadowService({ ...deps, roles }),
      new ComparisonService(deps),
    ),
  ];
}
