import { Prisma } from "@lung-iris/prisma";
import type { Case, DatabaseClient, Tx } from "@lung-iris/prisma";
import type { Clock } from "../../platform/clock.ts";
import type { CaseCommands } from "../cases/case.commands.ts";
import type { Placement } from "../case-machine/case.transition.ts";
import { labelOfLeading } from "../findings/finding-labels.ts";
import type { SitePolicies, SitePolicy } from "../policies/site-policies.ts";
import type { PlaceCase } from "../predictions/assessment.service.ts";
import { answeredFilms } from "../predictions/film-answers.ts";
import {
  chooseShown,
  type ShownPrediction,
} from "../predictions/shown-prediction.rules.ts";
import { urgencyOf } from "./urgency.rules.ts";

/** Notes on films that are of interest on the worklist. */
const NOTES = [
  "patient-mismatch",
  "study-of-two-patients",
  "changed-resend",
  "unknown-patient",
  "age-contradicts-birth-date",
];

const MINUTE_MS = 60_000;

/**
 * Reads everything that decides where cases of one site stand and decides by
 * the policy. What is to be written is decided with the cases locked.
 *
 * @param failedImageId the film whose job has just ended for good without a
 *   prediction
 */
export async function placementsOf(
  tx: Tx,
  rows: readonly Case[],
  policy: SitePolicy,
  now: Date,
  failedImageId: string | null = null,
): Promise<Map<string, Placement>> {
  const films = await answeredFilms(tx, rows, policy, failedImageId);
  const facts = await readFacts(tx, rows, policy);
  return new Map(
    rows.map((row) => {
      const own = films.get(row.studyId) ?? [];
      const fact = facts.get(row.id);
      if (fact === undefined) throw new Error("a case without its study");
      const shown = chooseShown(own.map(({ answer }) => answer));
      const warnings = new Set(own.flatMap((film) => film.warnings));
      const { urgency, reasons } = urgencyOf(
        {
          assessment: row.isControl ? { state: "control" } : shown.assessment,
          hasFailedFilm: shown.hasFailedFilm,
          clinicalFlags: fact.clinicalFlags,
          ageYears: fact.ageYears,
          priorPneumonia: fact.priorLabel === labelOfLeading,
          waitedMinutes:
            row.state === "WAITING"
              ? (now.getTime() - row.arrivedAt.getTime()) / MINUTE_MS
              : null,
          escalated: row.escalateReason,
          notes: [
            ...NOTES.filter((note) => warnings.has(note)),
            ...(row.reopenedAt === null ? [] : ["reopened"]),
          ],
        },
        policy.document,
      );
      const placement: Placement = {
        ...columnsOf(shown.assessment),
        shownPredictionId: shown.predictionId,
        urgency,
        urgencyReasons: reasons,
        policyVersion: policy.version,
      };
      return [row.id, placement] as const;
    }),
  );
}

/** The same of one case, by the policy in force, ready to be written. */
export async function placementOf(
  tx: Tx,
  policies: SitePolicies,
  row: Case,
  now: Date,
  failedImageId: string | null = null,
): Promise<Placement> {
  const policy = await policies.inForce(tx, row.siteId);
  const placements = await placementsOf(tx, [row], policy, now, failedImageId);
  const placement = placements.get(row.id);
  if (placement === undefined) throw new Error("a case without its place");
  return placement;
}

/**
 * Places a case, whose lock is held, by these rules: what the assessment of a
 * film and its failure for good lead to.
 */
export function placeByRules(
  commands: CaseCommands,
  policies: SitePolicies,
  clock: Clock,
): PlaceCase {
  return async (tx, record, before, why) => {
    const failed = why.cause === "failed" ? why.imageId : null;
    const now = clock.now();
    const placement = await placementOf(tx, policies, before, now, failed);
    return commands.place(tx, record, before, placement, why);
  };
}

/** Ids of cases of a site that are not signed, up to `limit`. */
export async function openCaseIds(
  client: DatabaseClient,
  siteId: string,
  limit: number,
): Promise<string[]> {
  // Word for word the condition of the index "Case_open_policy".
  const rows = await client.$queryRaw<{ id: string }[]>`
    SELECT "id"::text AS "id" FROM "Case"
    WHERE "siteId" = ${siteId}::uuid AND "state" <> 'SIGNED'
    ORDER BY "policyVersion", "id" LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

interface CaseFacts {
  id: string;
  clinicalFlags: string[];
  ageYears: number | null;
  /** What the patient's last signed film of the weeks before showed. */
  priorLabel: Case["decidedLabel"];
}

async function readFacts(
  tx: Tx,
  rows: readonly Case[],
  { document }: SitePolicy,
): Promise<Map<string, CaseFacts>> {
  const ids = rows.map(({ id }) => Prisma.sql`${id}::uuid`);
  if (ids.length === 0) return new Map();
  const facts = await tx.$queryRaw<CaseFacts[]>`
    SELECT c."id"::text AS "id", "Study"."clinicalFlags",
      "Study"."patientAgeYears" AS "ageYears",
      (SELECT prior."decidedLabel"::text FROM "Case" AS prior
        JOIN "Study" AS earlier ON earlier."id" = prior."studyId"
        WHERE prior."patientId" = c."patientId"
          AND prior."siteId" = c."siteId"
          AND prior."id" <> c."id" AND prior."state" = 'SIGNED'
          AND prior."decidedLabel" <> 'NOT_DIAGNOSTIC'
          AND earlier."studyDate" >= "Study"."studyDate"
            - ${document.urgency.followUpDays}::int
          AND (earlier."studyDate" < "Study"."studyDate"
            OR (earlier."studyDate" = "Study"."studyDate"
              AND earlier."studyTime" < "Study"."studyTime"))
        ORDER BY earlier."studyDate" DESC, earlier."studyTime" DESC NULLS LAST
        LIMIT 1) AS "priorLabel"
    FROM "Case" c JOIN "Study" ON "Study"."id" = c."studyId"
    WHERE c."id" IN (${Prisma.join(ids)})`;
  return new Map(facts.map((fact) => [fact.id, fact]));
}

function columnsOf(assessment: ShownPrediction["assessment"]) {
  const empty = {
    notAssessedReason: null,
    probability: null,
    threshold: null,
  };
  switch (assessment.state) {
    case "pending":
      return { ...empty, assessment: "PENDING" as const };
    case "not-assessed":
      return {
        ...empty,
        assessment: "NOT_ASSESSED" as const,
        notAssessedReason: assessment.reason,
      };
    case "assessed": {
      const { probability, threshold } = assessment;
      return {
        ...empty,
        assessment: "ASSESSED" as const,
        probability,
        threshold,
      };
    }
  }
}
