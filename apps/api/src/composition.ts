import type { Database } from "@lung-iris/prisma";
import type { Router } from "express";
import type { ApiConfig } from "./config.ts";
import { composeFilms } from "./compose-films.ts";
import { composeNotes } from "./compose-notes.ts";
import type { ContextDeps } from "./context.ts";
import type { DeskFigures } from "./desk-figures.ts";
import { AuditExportService } from "./audit/audit-export.service.ts";
import { ChainExportService } from "./audit/chain-export.service.ts";
import { AuditLog } from "./audit/audit-log.ts";
import { AuditResolver } from "./audit/audit.resolver.ts";
import { AuditService } from "./audit/audit.service.ts";
import { CheckpointFolder } from "./audit/checkpoints/checkpoint-folder.ts";
import { PatientLooks } from "./audit/patient-looks.ts";
import { RefusedAccess } from "./audit/refusals/refused-access.ts";
import { RecentLooks } from "./audit/recent-looks.ts";
import { AlarmResolver } from "./features/alarms/alarm.resolver.ts";
import { AlarmService } from "./features/alarms/alarm.service.ts";
import { previewRules } from "./features/assignment/assign-by-rules.ts";
import { AssignmentResolver } from "./features/assignment/assignment.resolver.ts";
import { AssignmentService } from "./features/assignment/assignment.service.ts";
import { EscalationService } from "./features/assignment/escalation.service.ts";
import { AuthResolver } from "./features/auth/auth.resolver.ts";
import { AuthService } from "./features/auth/auth.service.ts";
import type { IdentityProvider } from "./features/auth/identity-provider.ts";
import { OwnPasswordService } from "./features/auth/own-password.service.ts";
import { PasswordDesk } from "./features/passwords/password-desk.ts";
import { passwordPolicy } from "./features/passwords/password-policy.ts";
import { RefusedAttempts } from "./features/auth/refused-attempts.ts";
import { SessionService } from "./features/auth/session.service.ts";
import { SignInGuard } from "./features/auth/sign-in-guard.ts";
import { CaseHistoryResolver } from "./features/cases/case-history.resolver.ts";
import {
  CaseResolver,
  StudyCaseResolver,
} from "./features/cases/case.resolver.ts";
import { CaseRetakeCommands } from "./features/retakes/case-retake.commands.ts";
import { CaseCommands } from "./features/cases/case.commands.ts";
import { RetakeResolver } from "./features/retakes/retake.resolver.ts";
import { RetakeService } from "./features/retakes/retake.service.ts";
import { AgreementResolver } from "./features/agreement/agreement.resolver.ts";
import { AgreementService } from "./features/agreement/agreement.service.ts";
import { BoardResolver } from "./features/board/board.resolver.ts";
import { BoardService } from "./features/board/board.service.ts";
import { CaseService } from "./features/cases/case.service.ts";
import { hearPolicyNews } from "./features/policies/policy-news.ts";
import {
  CasePolicyResolver,
  PolicyResolver,
} from "./features/policy-desk/policy.resolver.ts";
import { PolicyCommands } from "./features/policies/policy.commands.ts";
import { PolicyService } from "./features/policies/policy.service.ts";
import { SitePolicies } from "./features/policies/site-policies.ts";
import { PolicyPlacementService } from "./features/urgency/policy-placement.service.ts";
import {
  CaseSignatureResolver,
  SignerResolver,
} from "./features/signing/case-signature.resolver.ts";
import {
  CaseChangeResolver,
  WorklistResolver,
} from "./features/worklist/worklist.resolver.ts";
import { HandOverResolver } from "./features/assignment/hand-over.resolver.ts";
import { HandOverService } from "./features/assignment/hand-over.service.ts";
import { ViewResolver } from "./features/views/view.resolver.ts";
import { ViewService } from "./features/views/view.service.ts";
import { NextCaseResolver } from "./features/worklist/next-case/next-case.resolver.ts";
import { NextCaseService } from "./features/worklist/next-case/next-case.service.ts";
import {
  DraftReceiverResolver,
  GivenDraftResolver,
} from "./features/given-drafts/given-draft.resolver.ts";
import { GivenDraftService } from "./features/given-drafts/given-draft.service.ts";
import { GoldenRunResolver } from "./features/golden-films/golden.resolver.ts";
import { GoldenRunsService } from "./features/golden-films/golden-runs.service.ts";
import { MonitoringResolver } from "./features/monitoring/monitoring.resolver.ts";
import { MonitoringService } from "./features/monitoring/monitoring.service.ts";
import { beginAnew } from "./features/monitoring/watch.service.ts";
import { MyReadingResolver } from "./features/my-reading/my-reading.resolver.ts";
import { MyReadingService } from "./features/my-reading/my-reading.service.ts";
import { ReplayResolver } from "./features/replay/replay.resolver.ts";
import { ReplayService } from "./features/replay/replay.service.ts";
import { WorklistService } from "./features/worklist/worklist.service.ts";
import { SitePolicyResolver } from "./features/blindness/site-policy.resolver.ts";
import { AiStateResolver } from "./features/health/ai-state.resolver.ts";
import { AiStateService } from "./features/health/ai-state.service.ts";
import { PatientResolver } from "./features/patients/patient.resolver.ts";
import { PatientService } from "./features/patients/patient.service.ts";
import { AddendumService } from "./features/signing/addendum.service.ts";
import { CaseReadingResolver } from "./features/readings/case-reading.resolver.ts";
import { IdentityChangeResolver } from "./features/readings/identity-change.resolver.ts";
import { ReadingResolver } from "./features/open-readings/reading.resolver.ts";
import { ReadingVersionResolver } from "./features/signing/reading-version.resolver.ts";
import { ReadingService } from "./features/open-readings/reading.service.ts";
import { RestoreSignatureResolver } from "./features/signing/restore-signature.resolver.ts";
import { RestoreSignatureService } from "./features/signing/restore-signature.service.ts";
import { SigningService } from "./features/signing/signing.service.ts";
import {
  CaseCommentsResolver,
  CommentResolver,
} from "./features/comments/comment.resolver.ts";
import { CommentService } from "./features/comments/comment.service.ts";
import { CriticalCaseResolver } from "./features/critical-results/critical-case.resolver.ts";
import { CriticalResultCommands } from "./features/critical-results/critical-result.commands.ts";
import { CriticalResultResolver } from "./features/critical-results/critical-result.resolver.ts";
import { CriticalResultService } from "./features/critical-results/critical-result.service.ts";
import { PoolResolver } from "./features/pools/pool.resolver.ts";
import { PoolService } from "./features/pools/pool.service.ts";
import { PreliminaryCaseResolver } from "./features/preliminary/preliminary-case.resolver.ts";
import { PreliminaryResolver } from "./features/preliminary/preliminary.resolver.ts";
import { PreliminaryService } from "./features/preliminary/preliminary.service.ts";
import { OwnWindowResolver } from "./features/own-windows/own-window.resolver.ts";
import { OwnWindowService } from "./features/own-windows/own-window.service.ts";
import { KeptReasonResolver } from "./features/kept-reasons/kept-reason.resolver.ts";
import { KeptReasonService } from "./features/kept-reasons/kept-reason.service.ts";
import {
  CaseKeptTextsResolver,
  KeptTextResolver,
} from "./features/kept-texts/kept-text.resolver.ts";
import { KeptTextService } from "./features/kept-texts/kept-text.service.ts";
import { MacroResolver } from "./features/macros/macro.resolver.ts";
import { MacroService } from "./features/macros/macro.service.ts";
import {
  CaseProcedureResolver,
  ProcedureRunResolver,
  ProcedureStepResolver,
} from "./features/procedures/procedure-run.resolver.ts";
import { ProcedureResolver } from "./features/procedures/procedure.resolver.ts";
import { ProcedureService } from "./features/procedures/procedure.service.ts";
import { ProcedureStepService } from "./features/procedures/procedure-step.service.ts";
import { ReportResolver } from "./features/reports/report.resolver.ts";
import { ReportSuggestionService } from "./features/reports/report-suggestion.service.ts";
import { SecondReadSigning } from "./features/second-reads/second-read-signing.ts";
import {
  CaseAuthorisationResolver,
  SecondReadResolver,
  UnnamedReadingResolver,
} from "./features/second-reads/second-read.resolver.ts";
import { SecondReadService } from "./features/second-reads/second-read.service.ts";
import { ThresholdApprovalService } from "./features/thresholds/threshold-approval.service.ts";
import { ThresholdChangeService } from "./features/thresholds/threshold-change.service.ts";
import { ThresholdDeskService } from "./features/thresholds/threshold-desk.service.ts";
import {
  ThresholdDeskResolver,
  ThresholdProposalResolver,
} from "./features/thresholds/threshold.resolver.ts";
import { SiteService } from "./features/sites/site.service.ts";
import { UserResolver } from "./features/users/user.resolver.ts";
import { UserService } from "./features/users/user.service.ts";
import { auditRoutes } from "./http/audit.routes.ts";
import { createLoaders } from "./loaders.ts";
import type { Logger } from "./logger.ts";
import { AttemptLimits } from "./platform/attempt-limits.ts";
import type { Clock } from "./platform/clock.ts";
import type { ContextOf } from "./platform/http-context.ts";
import type { FilmReader } from "./platform/inference-client.ts";
import type { NotificationHub } from "./platform/notification-hub.ts";
import type { SessionNews } from "./platform/session-news.ts";
import type { ObjectStore } from "./platform/object-store.ts";

/** Everything that the outside hands in; nothing below reads a singleton. */
export interface ServerDeps {
  config: ApiConfig;
  database: Database;
  clock: Clock;
  logger: Logger;
  objectStore: ObjectStore;
  notifications: NotificationHub;
  /** Decodes films in worker threads. */
  filmReader: FilmReader;
  /** Null where no OpenID Connect issuer is configured. */
  identityProvider: IdentityProvider | null;
}

export interface Composition {
  /** Instances of the classes listed in schema.ts. */
  resolvers: readonly object[];
  /** HTTP routes beside /graphql, mounted in this order. */
  routers: readonly ((contextOf: ContextOf) => Router)[];
  sessions: SessionService;
  refusedAttempts: RefusedAttempts;
  refusedAccess: RefusedAccess;
  looks: PatientLooks;
  context: ContextDeps;
  /** Ends what goes on beside requests. */
  stop(): void;
}

/** The only place that builds services and resolvers. */
export function compose(
  deps: ServerDeps,
  figures: DeskFigures,
  news: SessionNews,
): Composition {
  const { config, clock, identityProvider } = deps;
  const { client } = deps.database;
  const audit = new AuditLog(client, clock);

  const sessions = new SessionService(client, clock, config, news);
  const refusedAttempts = new RefusedAttempts({
    client,
    clock,
    audit,
    onError: (error) =>
      deps.logger.error({ err: error }, "refused attempts not written down"),
  });
  const refusedAccess = new RefusedAccess({
    client,
    clock,
    audit,
    onError: (error) =>
      deps.logger.error({ err: error }, "refused access not written down"),
  });
  const limits = new AttemptLimits(client, clock);
  const guard = new SignInGuard(limits, refusedAttempts, clock);
  const desk = new PasswordDesk();
  const door = { client, clock, audit, sessions, guard, desk };
  const passwords = passwordPolicy;
  const auth = new AuthService({
    ...door,
    identityProvider,
    isDemo: config.isDemo,
  });
  const sites = new SiteService(client, audit, clock);
  const users = new UserService({
    client,
    clock,
    audit,
    sessions,
    passwords,
    forgetAttempts: (email) => guard.forgetAccount(email),
  });
  const recent = new RecentLooks(clock);
  const commands = new CaseCommands(clock);
  const retakes = new CaseRetakeCommands(commands, clock);
  const policies = new SitePolicies(client, () => policyNews.isHeard());
  const policyNews = hearPolicyNews(deps.notifications, (siteId) =>
    policies.forget(siteId),
  );
  const ruled = { client, clock, audit, commands, policies };
  const cases = new CaseService({ ...ruled, recent });
  const assignments = new AssignmentService({ ...ruled, cases });
  const worklist = new WorklistService({ ...ruled, recent });
  const readings = new ReadingService({ ...ruled, cases });
  const { secret } = config;
  const preliminary = new PreliminaryService({ ...ruled, cases });
  const critical = new CriticalResultCommands({ clock, policies });
  const results = new CriticalResultService({ ...ruled, cases, critical });
  const besideSigning = new SecondReadSigning(policies, secret);
  const signing = new SigningService({
    ...ruled,
    cases,
    readings,
    critical,
    secondReads: besideSigning,
  });
  const secondReads = new SecondReadService({ ...ruled, cases, secret });
  const placement = new PolicyPlacementService(ruled);
  const policyCommands = new PolicyCommands({ clock, policies, placement });
  const changed = { ...ruled, placement, commands: policyCommands };
  const thresholds = new ThresholdDeskService(changed);
  const chain = new ChainExportService(client, audit);
  const exports = new AuditExportService({
    client,
    audit,
    chain,
    clock,
    secret,
  });
  const checkpoints = new CheckpointFolder(config.dataFolder);
  const films = composeFilms(deps, {
    audit,
    commands,
    retakes,
    policies,
    figures,
  });

  return {
    resolvers: [
      new AiStateResolver(new AiStateService(client)),
      new AuthResolver(
        auth,
        new OwnPasswordService({ ...door, passwords }),
        sessions,
        sites,
        config.isDemo,
      ),
      new AgreementResolver(new AgreementService({ client, clock })),
      new AuditResolver(
        new AuditService({ client, audit, recent, checkpoints }),
        exports,
      ),
      new AlarmResolver(
        new AlarmService({ client, audit, clock, onAcknowledged: beginAnew }),
      ),
      new AssignmentResolver(
        assignments,
        new EscalationService({ ...ruled, cases }),
      ),
      new BoardResolver(new BoardService(ruled)),
      new CaseChangeResolver(worklist),
      new CaseSignatureResolver(signing),
      new SignerResolver(),
      new CaseCommentsResolver(),
      new CommentResolver(new CommentService({ ...ruled, cases })),
      ...composeNotes({ client, audit, clock, config }),
      new CaseHistoryResolver(),
      new CaseResolver(cases),
      new CaseReadingResolver(),
      new IdentityChangeResolver(),
      new PoolResolver(new PoolService({ client, audit, clock })),
      new PreliminaryCaseResolver(preliminary),
      new PreliminaryResolver(preliminary),
      new CriticalCaseResolver(results, policies),
      new CriticalResultResolver(results),
      new RetakeResolver(new RetakeService({ audit, cases, retakes })),
      new GoldenRunResolver(new GoldenRunsService({ client, clock })),
      new GivenDraftResolver(new GivenDraftService({ ...ruled, cases })),
      new DraftReceiverResolver(),
      new HandOverResolver(
        new HandOverService({ ...ruled, cases, assignments }),
      ),
      new MonitoringResolver(new MonitoringService({ client, clock })),
      new MyReadingResolver(new MyReadingService({ client, clock })),
      new NextCaseResolver(
        new NextCaseService({ ...ruled, recent, cases, secondReads }),
      ),
      new PatientResolver(new PatientService(client, audit)),
      new ReadingResolver(readings),
      new KeptReasonResolver(new KeptReasonService({ client, audit, clock })),
      new CaseKeptTextsResolver(),
      new KeptTextResolver(new KeptTextService({ audit, cases, clock })),
      new MacroResolver(new MacroService({ client, audit, clock })),
      new OwnWindowResolver(new OwnWindowService({ client, audit })),
      new ReportResolver(new ReportSuggestionService(client)),
      new ReadingVersionResolver(
        signing,
        new AddendumService({ ...ruled, cases }),
      ),
      new RestoreSignatureResolver(
        new RestoreSignatureService({
          ...ruled,
          cases,
          secondReads: besideSigning,
        }),
      ),
      new CasePolicyResolver(),
      new PolicyResolver(
        new PolicyService({ ...changed, previewRules: previewRules(client) }),
      ),
      new ProcedureResolver(new ProcedureService({ client, audit, clock })),
      new ProcedureStepResolver(new ProcedureStepService(ruled)),
      new ProcedureRunResolver(),
      new CaseProcedureResolver(),
      new ReplayResolver(new ReplayService(ruled)),
      new SecondReadResolver(secondReads),
      new CaseAuthorisationResolver(),
      new UnnamedReadingResolver(),
      new SitePolicyResolver(policies),
      new ThresholdDeskResolver(thresholds),
      new ThresholdProposalResolver(
        new ThresholdChangeService({ ...changed, desk: thresholds }),
        new ThresholdApprovalService(changed),
      ),
      new StudyCaseResolver(),
      new UserResolver(users),
      new ViewResolver(new ViewService({ client, audit, clock, policies })),
      new WorklistResolver(worklist),
      ...films.resolvers,
    ],
    routers: [...films.routers, auditRoutes(exports, chain)],
    sessions,
    refusedAttempts,
    refusedAccess,
    looks: new PatientLooks(client, audit, clock),
    stop: () => policyNews.stop(),
    context: {
      authenticate: (token, origin) => sessions.authenticate(token, origin),
      createLoaders: (viewer) =>
        createLoaders(client, viewer, policies, config.secret),
      notifications: deps.notifications,
    },
  };
}
