import { BENCH_SITES, benchReader } from "./bench-people.ts";
import { DECIDED, MODEL, PREDICTIONS } from "./thresholds.ts";

/**
 * What years of the loop leave behind beside the cases: exports with their
 * members, people who were withdrawn and erased, models with whom they learnt
 * from, judgements, promotions, runs, alarms, proposals.
 */

const [SITE = ""] = BENCH_SITES;
const ADMIN = benchReader(1);
const PATIENTS = 400_000;
/** Exports of every decided case, the newest ones. */
const WHOLE_EXPORTS = 3;
const WITHDRAWN = Math.min(2_000, DECIDED / 4);
const ERASED = 1_000;
/** Kinds of ids; the lists go on behind one of these. */
export const JUDGEMENTS = "b011";
export const PROMOTIONS = "b012";
/** Of each kind that a site makes some of every week. */
const ROWS = 400;
/** Decided cases are every tenth: the seed's own numbers say which. */
const STEP = PREDICTIONS / DECIDED;

const id = (kind: string, n: string): string =>
  `('00000000-0000-7000-${kind}-' || lpad((${n})::text, 12, '0'))::uuid`;
/** Of a kind, with the number of a label's case. */
function ofCase(kind: string): string {
  return `('00000000-0000-7000-${kind}-' || right("caseId"::text, 12))::uuid`;
}
const rows = (count: number, from = 1): string =>
  `generate_series(${String(from)}, ${String(from + count - 1)}) n`;

/** A decided case near the end, with a label and a withdrawn patient. */
export const DECIDED_CASE = caseOf(PREDICTIONS - STEP * 100);
/** Its patient, who is in every whole export. */
export const WITHDRAWN_PATIENT = patientOf(PREDICTIONS - STEP * 100);

function caseOf(n: number): string {
  return `00000000-0000-7000-a004-${String(n).padStart(12, "0")}`;
}
function patientOf(n: number): string {
  const patient = 1 + (n % PATIENTS);
  return `00000000-0000-7000-a000-${String(patient).padStart(12, "0")}`;
}

const COUNTS = JSON.stringify(
  Object.fromEntries(
    [
      "records studies films bytes cases signedCases readings reports",
      "predictions labels comments keptTexts criticalResults notes corrections",
      "filmsShared events eventsNaming",
    ]
      .flatMap((names) => names.split(" "))
      .map((name) => [name, 1]),
  ),
);
/** Of the n-th decided case, from the newest back. */
const NTH = `${String(PREDICTIONS)} - ${String(STEP)} * (99 + n)`;
const AGO = `now() - n * interval '1 day'`;

/** Table by table; `Dataset` and the first judgement are there already. */
export const YEARS: Record<string, string> = {
  Reading: `INSERT INTO "Reading" ("id", "siteId", "caseId", "readerId", "state",
      "startedAt", "opinion")
    SELECT ${ofCase("c006")}, "siteId", "caseId", '${ADMIN}', 'SIGNED', "since",
      (ARRAY['NORMAL', 'PNEUMONIA', NULL])[
        1 + (hashtext("id"::text) & 1048575) % 3]::"Label"
    FROM "CaseLabel"`,
  ReadingVersion: `INSERT INTO "ReadingVersion" ("id", "siteId", "readingId",
      "caseId", "readerId", "version", "label", "decision", "signedAt")
    SELECT "readingVersionId", "siteId", ${ofCase("c006")}, "caseId",
      '${ADMIN}', 1, "label", 'INDEPENDENT', "since" FROM "CaseLabel"`,
  // What triggers keep, which seeding goes without.
  DatasetChoice: `INSERT INTO "DatasetChoice" SELECT * FROM dataset_choices()`,
  RecordExtent: `INSERT INTO "RecordExtent" SELECT * FROM record_extents()`,
  DatasetMember: `INSERT INTO "DatasetMember" ("datasetId", "caseId", "imageId",
      "labelId", "split")
    SELECT ${id("b003", "d")}, "caseId",
      ${ofCase("a002")}, "id",
      'TRAIN'
    FROM "CaseLabel", generate_series(58, ${String(57 + WHOLE_EXPORTS)}) d`,
  LearningWithdrawal: `INSERT INTO "LearningWithdrawal" ("id", "siteId",
      "patientId", "reason", "byId", "byName", "withdrawnAt")
    SELECT ${id("c010", "n")}, '${SITE}',
      ${id("a000", `1 + (${NTH}) % ${String(PATIENTS)}`)}, 'Asked', '${ADMIN}',
      'bench', ${AGO} FROM ${rows(WITHDRAWN)}`,
  ModelPatient: `INSERT INTO "ModelPatient" ("patient", "modelVersionId")
    SELECT left(md5(n::text), 16), '${MODEL}' FROM ${rows(DECIDED)}`,
  Erasure: `INSERT INTO "Erasure" ("id", "siteId", "patientId", "pseudonym",
      "cause", "state", "reason", "proposedById", "proposedByName",
      "proposedAt", "decidedById", "decidedByName", "decidedAt", "counts")
    SELECT ${id("c011", "n")}, '${SITE}', gen_random_uuid(), 'p-' || n,
      'RETENTION', 'APPROVED', 'Law', '${ADMIN}', 'bench', ${AGO},
      gen_random_uuid(), 'bench', ${AGO}, '${COUNTS}'
    FROM ${rows(ERASED)}`,
  RetentionVersion: `INSERT INTO "RetentionVersion" ("id", "siteId", "version",
      "keepDays", "reason", "byId", "byName", "createdAt")
    SELECT ${id("c012", "n")}, '${SITE}', n, 3650, 'Law', '${ADMIN}', 'bench',
      ${AGO} FROM ${rows(20)}`,
  Judgement: `INSERT INTO "Judgement" ("id", "siteId", "barsId", "candidateId",
      "liveId", "byId", "byName")
    SELECT ${id(JUDGEMENTS, "n")}, '${SITE}', ${id("c000", "1")}, '${MODEL}',
      '${MODEL}', 'SYSTEM', 'bench' FROM ${rows(ROWS, 2)}`,
  JudgementResult: `INSERT INTO "JudgementResult"
    SELECT ${id(JUDGEMENTS, "n")}, 'PASSED', NULL, NULL,
      '{"outcomes": [], "changes": [], "engine": null}', now()
    FROM ${rows(ROWS, 2)}`,
  Promotion: `INSERT INTO "Promotion" ("id", "siteId", "judgementId",
      "candidateId", "replacesId", "state", "reason", "proposedById",
      "proposedByName", "proposedAt", "decidedById", "decidedByName", "decidedAt")
    SELECT ${id(PROMOTIONS, "n")}, '${SITE}', ${id(JUDGEMENTS, "n")}, '${MODEL}',
      '${MODEL}', 'REJECTED', 'bench', '${ADMIN}', 'bench', ${AGO},
      gen_random_uuid(), 'bench', ${AGO} FROM ${rows(ROWS, 2)}`,
  TrainingRun: `INSERT INTO "TrainingRun" ("id", "siteId", "kind", "state",
      "name", "datasetId", "datasetSha256", "baseId", "baseFingerprint",
      "barsId", "settings", "seed", "byId", "byName", "byEmail", "createdAt")
    SELECT ${id("c013", "n")}, '${SITE}', 'FINE_TUNE', 'STOPPED', 'run ' || n,
      ${id("b003", "60")}, repeat('a', 64), '${MODEL}', repeat('a', 64),
      ${id("c000", "1")}, '{}', n, '${ADMIN}', 'bench', 'bench@example.org',
      ${AGO} FROM ${rows(ROWS)}`,
  TrainingPoint: `INSERT INTO "TrainingPoint" ("runId", "phase", "step", "loss")
    SELECT ${id("c013", String(ROWS))}, 'heads', n, 1 FROM ${rows(1_000)}`,
  Alarm: `INSERT INTO "Alarm" ("id", "siteId", "kind", "subject", "since",
      "raisedAt", "figures", "ownerId", "ownerName", "acknowledgedAt",
      "acknowledgedById", "acknowledgedByName", "note", "endedAt")
    SELECT ${id("c014", "n")}, '${SITE}', 'SOURCE_SILENT', 'CR ' || n, ${AGO},
      ${AGO}, '{}', '${ADMIN}', 'bench', ${AGO}, '${ADMIN}', 'bench', 'Seen',
      ${AGO} FROM ${rows(ROWS * 5)}`,
  ThresholdProposal: `INSERT INTO "ThresholdProposal" ("id", "siteId", "kind",
      "baseVersion", "reason", "state", "proposedById", "proposedByName",
      "proposedAt", "closedById", "closedByName", "closedAt")
    SELECT ${id("c015", "n")}, '${SITE}', 'SINGLE_APPROVAL', 1, 'bench',
      'DECLINED', '${ADMIN}', 'bench', ${AGO}, gen_random_uuid(), 'bench', ${AGO}
    FROM ${rows(ROWS)}`,
};
