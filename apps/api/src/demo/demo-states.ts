import type { Case, DatabaseClient } from "@lung-iris/prisma";
import type { UserViewer } from "../access/viewer.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import { AssignmentService } from "../features/assignment/assignment.service.ts";
import { CaseCommands } from "../features/cases/case.commands.ts";
import { CaseService } from "../features/cases/case.service.ts";
import { RecentLooks } from "../audit/recent-looks.ts";
import { SitePolicies } from "../features/policies/site-policies.ts";
import { CriticalResultCommands } from "../features/critical-results/critical-result.commands.ts";
import { ReadingService } from "../features/open-readings/reading.service.ts";
import { SecondReadSigning } from "../features/second-reads/second-read-signing.ts";
import {
  SigningService,
  type SignRequest,
} from "../features/signing/signing.service.ts";
import type { Clock } from "../platform/clock.ts";
import type { PlannedFilm } from "./demo-plan.ts";
import type { DemoPeople } from "./demo-users.ts";
import { clockAt, minutesAfter } from "./demo-time.ts";

interface Desk {
  client: DatabaseClient;
  audit: AuditLog;
  /** For what happens now, after the demo's past. */
  clock: Clock;
  people: DemoPeople;
  /** Of the data folder. */
  secret: string;
}

/**
 * Brings the case of a demo film into its state through the same services
 * that people use. A case that somebody has touched is left as it is.
 */
export async function applyDemoState(
  desk: Desk,
  planned: PlannedFilm,
): Promise<void> {
  const { state, film } = planned;
  const theCase = await caseOf(desk, film.fileName);
  if (!theCase || !isUntouched(theCase, planned, desk.people)) return;
  switch (state.kind) {
    case "waiting":
      return;
    case "assigned": {
      const staff = desk.people.as("staff@demo.lung-iris");
      const { userId } = desk.people.as(state.to);
      const { assignments } = servicesOf(desk, desk.clock);
      const to = { userId, poolId: null };
      await assignments.assign(staff, theCase.id, to);
      return;
    }
    case "reading": {
      const reader = desk.people.as(state.by);
      await servicesOf(desk, desk.clock).cases.claim(reader, theCase.id);
      return;
    }
    case "signed": {
      const clock = clockAt(minutesAfter(film.takenAt, state.minutesLater));
      const reader = desk.people.as(state.by);
      await sign(desk, clock, reader, theCase.id, planned);
      return;
    }
  }
}

/**
 * A demo case as it came in, or claimed by a run that was killed before it
 * could sign.
 */
function isUntouched(
  theCase: Case,
  { state }: PlannedFilm,
  people: DemoPeople,
): boolean {
  if (theCase.state === "WAITING") return theCase.assigneeId === null;
  return (
    theCase.state === "READING" &&
    state.kind === "signed" &&
    theCase.claimedById === people.as(state.by).userId
  );
}

function caseOf(
  { client, people }: Desk,
  fileName: string,
): Promise<Case | null> {
  return client.case.findFirst({
    where: {
      siteId: people.site.id,
      study: { images: { some: { originalName: fileName } } },
    },
  });
}

function servicesOf({ client, audit, secret }: Desk, clock: Clock) {
  const commands = new CaseCommands(clock);
  const recent = new RecentLooks(clock);
  const policies = new SitePolicies(client);
  const own = { audit, clock, commands, policies };
  const cases = new CaseService({ ...own, client, recent });
  const shared = { ...own, cases };
  const readings = new ReadingService({ ...shared, client });
  return {
    assignments: new AssignmentService({ ...own, client, cases }),
    cases,
    readings,
    signing: new SigningService({
      ...shared,
      readings,
      critical: new CriticalResultCommands(own),
      secondReads: new SecondReadSigning(policies, secret),
    }),
  };
}

async function sign(
  desk: Desk,
  clock: Clock,
  reader: UserViewer,
  caseId: string,
  planned: PlannedFilm,
): Promise<void> {
  const { cases, readings, signing } = servicesOf(desk, clock);
  await cases.claim(reader, caseId);
  await readings.recordOpinion(reader, caseId, planned.truth);
  const seen = await readings.reveal(reader, caseId);
  await signing.sign(reader, {
    caseId,
    caseVersion: seen.version,
    ...decisionFor(planned.truth, seen),
  });
}

/** The reader says what the film was drawn to show, whatever the AI says. */
export function decisionFor(
  truth: PlannedFilm["truth"],
  seen: Pick<Case, "assessment" | "probability" | "threshold">,
): Pick<
  SignRequest,
  | "label"
  | "decision"
  | "overrideReason"
  | "notDiagnosticReason"
  | "retakeAsked"
> {
  if (truth === "NOT_DIAGNOSTIC") {
    return {
      label: truth,
      decision: "INDEPENDENT",
      notDiagnosticReason: "WRONG_EXAMINATION",
      retakeAsked: true,
    };
  }
  const { probability, threshold } = seen;
  if (probability === null || threshold === null) {
    return { label: truth, decision: "INDEPENDENT" };
  }
  const isPositive = probability >= threshold;
  if ((truth === "PNEUMONIA") === isPositive) {
    return { label: truth, decision: "CONFIRM" };
  }
  return {
    label: truth,
    decision: "OVERRIDE",
    overrideReason: isPositive ? "FALSE_POSITIVE" : "FALSE_NEGATIVE",
  };
}
