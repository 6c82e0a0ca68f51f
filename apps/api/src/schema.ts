import "reflect-metadata";
import type { GraphQLSchema } from "graphql";
import { GraphQLDateTime } from "graphql-scalars";
import { buildSchema } from "type-graphql";
import type { NonEmptyArray } from "type-graphql";
import { assertEveryOperationRequires } from "./access/requires.ts";
import { AuditResolver } from "./audit/audit.resolver.ts";
import { watchPatientTypes } from "./audit/watched-types.ts";
import { AlarmResolver } from "./features/alarms/alarm.resolver.ts";
import { AssignmentResolver } from "./features/assignment/assignment.resolver.ts";
import { AuthResolver } from "./features/auth/auth.resolver.ts";
import { BarsResolver } from "./features/bars/bars.resolver.ts";
import { AgreementResolver } from "./features/agreement/agreement.resolver.ts";
import { BoardResolver } from "./features/board/board.resolver.ts";
import { AiStateResolver } from "./features/health/ai-state.resolver.ts";
import { CaseHistoryResolver } from "./features/cases/case-history.resolver.ts";
import {
  CaseResolver,
  StudyCaseResolver,
} from "./features/cases/case.resolver.ts";
import { GoldenRunResolver } from "./features/golden-films/golden.resolver.ts";
import {
  DraftReceiverResolver,
  GivenDraftResolver,
} from "./features/given-drafts/given-draft.resolver.ts";
import { HandOverResolver } from "./features/assignment/hand-over.resolver.ts";
import { ViewResolver } from "./features/views/view.resolver.ts";
import { MyReadingResolver } from "./features/my-reading/my-reading.resolver.ts";
import { NextCaseResolver } from "./features/worklist/next-case/next-case.resolver.ts";
import {
  CaseSignatureResolver,
  SignerResolver,
} from "./features/signing/case-signature.resolver.ts";
import {
  CaseChangeResolver,
  WorklistResolver,
} from "./features/worklist/worklist.resolver.ts";
import {
  CaseCommentsResolver,
  CommentResolver,
} from "./features/comments/comment.resolver.ts";
import { CriticalCaseResolver } from "./features/critical-results/critical-case.resolver.ts";
import { CriticalResultResolver } from "./features/critical-results/critical-result.resolver.ts";
import { CorrectionResolver } from "./features/corrections/correction.resolver.ts";
import { DatasetResolver } from "./features/datasets/dataset.resolver.ts";
import { FilmHeaderResolver } from "./features/films/film-header.resolver.ts";
import { ImageResolver } from "./features/films/image.resolver.ts";
import { FindingResolver } from "./features/findings/finding.resolver.ts";
import { NotificationResolver } from "./features/notifications/notification.resolver.ts";
import { InboxResolver } from "./features/inbox/inbox.resolver.ts";
import { JudgementResolver } from "./features/judgements/judgement.resolver.ts";
import { KeptReasonResolver } from "./features/kept-reasons/kept-reason.resolver.ts";
import {
  CaseKeptTextsResolver,
  KeptTextResolver,
} from "./features/kept-texts/kept-text.resolver.ts";
import { MacroResolver } from "./features/macros/macro.resolver.ts";
import { OwnWindowResolver } from "./features/own-windows/own-window.resolver.ts";
import { ModelResolver } from "./features/models/model.resolver.ts";
import {
  CandidateRunResolver,
  TrainingRunResolver,
} from "./features/training-runs/training-run.resolver.ts";
import { callPlainResolvers, readPlainFields } from "./plain-resolvers.ts";
import { PromotionResolver } from "./features/promotions/promotion.resolver.ts";
import { ShadowResolver } from "./features/shadows/shadow.resolver.ts";
import {
  CasePolicyResolver,
  PolicyResolver,
} from "./features/policy-desk/policy.resolver.ts";
import {
  CaseProcedureResolver,
  ProcedureRunResolver,
  ProcedureStepResolver,
} from "./features/procedures/procedure-run.resolver.ts";
import { ProcedureResolver } from "./features/procedures/procedure.resolver.ts";
import { SitePolicyResolver } from "./features/blindness/site-policy.resolver.ts";
import { PoolResolver } from "./features/pools/pool.resolver.ts";
import { PreliminaryCaseResolver } from "./features/preliminary/preliminary-case.resolver.ts";
import { PreliminaryResolver } from "./features/preliminary/preliminary.resolver.ts";
import { MonitoringResolver } from "./features/monitoring/monitoring.resolver.ts";
import {
  MergePreviewResolver,
  MergeResolver,
  UndoPreviewResolver,
} from "./features/patient-merge/merge.resolver.ts";
import { FilmCorrectionPreviewResolver } from "./features/film-corrections/film-correction-preview.resolver.ts";
import { FilmCorrectionResolver } from "./features/film-corrections/film-correction.resolver.ts";
import { PairResolver } from "./features/patient-merge/pair.resolver.ts";
import { PatientResolver } from "./features/patients/patient.resolver.ts";
import { StudyResolver } from "./features/patients/study.resolver.ts";
import { RetakeResolver } from "./features/retakes/retake.resolver.ts";
import { CaseReadingResolver } from "./features/readings/case-reading.resolver.ts";
import { IdentityChangeResolver } from "./features/readings/identity-change.resolver.ts";
import { ReadingResolver } from "./features/open-readings/reading.resolver.ts";
import { ReadingVersionResolver } from "./features/signing/reading-version.resolver.ts";
import {
  CasePredictionResolver,
  ImagePredictionResolver,
  PredictionResolver,
} from "./features/predictions/prediction.resolver.ts";
import { ReportResolver } from "./features/reports/report.resolver.ts";
import { ReplayResolver } from "./features/replay/replay.resolver.ts";
import {
  CaseAuthorisationResolver,
  SecondReadResolver,
  UnnamedReadingResolver,
} from "./features/second-reads/second-read.resolver.ts";
import {
  ThresholdDeskResolver,
  ThresholdProposalResolver,
} from "./features/thresholds/threshold.resolver.ts";
import { ErasureResolver } from "./features/erasures/erasure.resolver.ts";
import { RetentionResolver } from "./features/erasures/retention.resolver.ts";
import { UserResolver } from "./features/users/user.resolver.ts";
import { CaseLearningResolver } from "./features/case-learning/case-learning.resolver.ts";
import {
  ModelHoldingResolver,
  WithdrawalResolver,
} from "./features/withdrawals/withdrawal.resolver.ts";
import { NodeType } from "./platform/node.type.ts";
import { RestoreSignatureResolver } from "./features/signing/restore-signature.resolver.ts";

type ResolverClass = abstract new (...args: never[]) => object;

/** Every resolver class; composition.ts makes one instance of each. */
const RESOLVERS: readonly ResolverClass[] = [
  AgreementResolver,
  AlarmResolver,
  AssignmentResolver,
  AuditResolver,
  AiStateResolver,
  AuthResolver,
  BarsResolver,
  BoardResolver,
  CaseChangeResolver,
  CaseSignatureResolver,
  SignerResolver,
  CaseCommentsResolver,
  CommentResolver,
  CaseHistoryResolver,
  RestoreSignatureResolver,
  CasePolicyResolver,
  CasePredictionResolver,
  CaseResolver,
  CaseReadingResolver,
  IdentityChangeResolver,
  RetakeResolver,
  CorrectionResolver,
  CriticalCaseResolver,
  CriticalResultResolver,
  DatasetResolver,
  FilmHeaderResolver,
  FindingResolver,
  GoldenRunResolver,
  GivenDraftResolver,
  DraftReceiverResolver,
  HandOverResolver,
  ImagePredictionResolver,
  ImageResolver,
  InboxResolver,
  NotificationResolver,
  JudgementResolver,
  KeptReasonResolver,
  CaseKeptTextsResolver,
  KeptTextResolver,
  MacroResolver,
  OwnWindowResolver,
  ModelResolver,
  MonitoringResolver,
  MyReadingResolver,
  NextCaseResolver,
  MergePreviewResolver,
  MergeResolver,
  UndoPreviewResolver,
  FilmCorrectionPreviewResolver,
  FilmCorrectionResolver,
  PairResolver,
  PatientResolver,
  PoolResolver,
  PreliminaryCaseResolver,
  PreliminaryResolver,
  PolicyResolver,
  PredictionResolver,
  PromotionResolver,
  CandidateRunResolver,
  TrainingRunResolver,
  ReadingResolver,
  CaseAuthorisationResolver,
  SecondReadResolver,
  UnnamedReadingResolver,
  ReadingVersionResolver,
  ReportResolver,
  ReplayResolver,
  ShadowResolver,
  CaseProcedureResolver,
  ProcedureResolver,
  ProcedureRunResolver,
  ProcedureStepResolver,
  SitePolicyResolver,
  ErasureResolver,
  RetentionResolver,
  StudyCaseResolver,
  StudyResolver,
  ThresholdDeskResolver,
  ThresholdProposalResolver,
  UserResolver,
  ViewResolver,
  ModelHoldingResolver,
  WithdrawalResolver,
  CaseLearningResolver,
  WorklistResolver,
];

/**
 * Builds the schema. Without instances it can be printed but not asked.
 *
 * @throws when a class has no instance or an operation no requirement.
 */
export async function buildApiSchema(
  instances?: readonly object[],
): Promise<GraphQLSchema> {
  const byClass = instancesByClass(instances ?? []);
  readPlainFields();
  const schema = await buildSchema({
    // type-graphql wants constructors that take anything; the container
    // below hands in ready-made instances and never calls them.
    resolvers: RESOLVERS as unknown as NonEmptyArray<
      new (...args: unknown[]) => object
    >,
    orphanedTypes: [NodeType],
    scalarsMap: [{ type: Date, scalar: GraphQLDateTime }],
    pubSub: NO_PUBSUB,
    container: { get: (type: ResolverClass) => instanceOf(type, byClass) },
    validate: false,
  });
  assertEveryOperationRequires(schema);
  watchPatientTypes(schema);
  callPlainResolvers(schema, byClass);
  describeRoots(schema);
  for (const type of RESOLVERS) {
    if (instances !== undefined) instanceOf(type, byClass);
  }
  return schema;
}

/** type-graphql has no place for the descriptions of the three roots. */
function describeRoots(schema: GraphQLSchema): void {
  const descriptions = [
    [schema.getQueryType(), "What can be read."],
    [schema.getMutationType(), "What can be done; each leaves an audit event."],
    [schema.getSubscriptionType(), "What is told as it happens."],
  ] as const;
  for (const [root, description] of descriptions)
    if (root) root.description = description;
}

/**
 * type-graphql asks for one as soon as there is a subscription; ours bring
 * their own source, fed by the database's notices.
 */
const NO_PUBSUB = {
  publish(): never {
    throw new Error("publish through platform/notifications.ts");
  },
  subscribe(): never {
    throw new Error("a subscription needs its own `subscribe`");
  },
};

/** type-graphql asks for the instance at every field of every row. */
type Instances = ReadonlyMap<unknown, object>;

function instancesByClass(instances: readonly object[]): Instances {
  return new Map(instances.map((one) => [one.constructor, one]));
}

function instanceOf(type: ResolverClass, instances: Instances): object {
  const found = instances.get(type);
  if (found === undefined)
    throw new Error(`composition.ts makes no instance of ${type.name}`);
  return found;
}
