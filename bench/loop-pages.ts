import { performance } from "node:perf_hooks";
import { print, type DocumentNode } from "graphql";
import type pg from "pg";
import * as web from "../apps/web/src/gql/graphql.ts";
import { fillTable, quantile } from "./bench-database.ts";
import { BENCH_SITES, benchReader } from "./bench-people.ts";
import type { Benchmark, Measurement } from "./benchmark.ts";
import { signedIn, withFilledApi } from "./filled-api.ts";
import {
  DECIDED_CASE,
  JUDGEMENTS,
  PROMOTIONS,
  WITHDRAWN_PATIENT,
  YEARS,
} from "./loop-years.ts";
import { DECIDED, MODEL, PREDICTIONS, seedCases } from "./thresholds.ts";

const BUDGET_MS = 500;
const REPEATS = 30;
const WARM_UP = 3;
const [SITE = ""] = BENCH_SITES;
const ADMIN = benchReader(1);
const SHADOW = "00000000-0000-7000-b000-000000000002";
/** Films that a shadow answers before somebody decides on it. */
const SHADOWED = Math.min(20_000, PREDICTIONS);
const DATASETS = 60;

/** What each page of the loop asks, as the web asks it. */
const PAGES: readonly {
  page: string;
  document: DocumentNode;
  variables: object;
}[] = [
  page("monitoring", web.MonitoringDocument, { siteId: SITE, days: 90 }),
  page("golden films", web.GoldenRunsDocument, { siteId: SITE }),
  page("models", web.ModelsDocument, {}),
  page("judgements and promotions", web.LoopDocument, { siteId: SITE }),
  page("older judgements", web.OlderJudgementsDocument, {
    ...{ siteId: SITE, after: after(JUDGEMENTS, 200) },
  }),
  page("older promotions", web.OlderPromotionsDocument, {
    ...{ siteId: SITE, after: after(PROMOTIONS, 200) },
  }),
  page("a shadow beside the live model", web.ShadowDocument, {
    siteId: SITE,
    modelVersionId: SHADOW,
  }),
  page("cases on which they differ", web.DiscordantCasesDocument, {
    siteId: SITE,
    modelVersionId: SHADOW,
  }),
  page("thresholds", web.ThresholdDeskDocument, {
    siteId: SITE,
    ageGroup: "adult",
    harmWeight: 5,
    grades: ["ADJUDICATED", "TWO_AGREE", "ONE_BLIND"],
  }),
  page("proposed thresholds", web.ThresholdProposalsDocument, { siteId: SITE }),
  page("alarms that are over", web.AlarmsDocument, {
    ...{ siteId: SITE, isOpen: false },
  }),
  page("alarms", web.AlarmsDocument, { siteId: SITE, isOpen: true }),
  page("labels of a case", web.CaseLearningDocument, { caseId: DECIDED_CASE }),
  page("withdrawals", web.LearningWithdrawalsDocument, {}),
  page("exports that hold a patient", web.DatasetsHoldingDocument, {
    patientId: WITHDRAWN_PATIENT,
  }),
  page("erasures", web.ErasuresDocument, {}),
  page("what an erasure would take", web.ErasurePreviewDocument, {
    patientId: WITHDRAWN_PATIENT,
  }),
  page("retention", web.RetentionDocument, { siteId: SITE }),
  page("what is over after a year", web.RetentionPreviewDocument, {
    ...{ siteId: SITE, keepDays: 365 },
  }),
  page("what is over after ten years", web.RetentionPreviewDocument, {
    ...{ siteId: SITE, keepDays: 3_650 },
  }),
  page("exports", web.DatasetsDocument, {}),
  page("what an export would hold", web.DatasetPreviewDocument, {
    filter: { siteId: SITE },
  }),
  page("the same, of pneumonia by two readers", web.DatasetPreviewDocument, {
    filter: { siteId: SITE, labels: ["PNEUMONIA"], grades: ["TWO_AGREE"] },
  }),
  page(
    "the same, of a good picture where the AI was overridden",
    web.DatasetPreviewDocument,
    {
      filter: {
        ...{ siteId: SITE, agreement: false, withoutNotes: true },
        ...{ sexes: ["FEMALE", "UNKNOWN"], modelVersionId: MODEL },
      },
    },
  ),
  page("training", web.TrainingRunsDocument, { siteId: SITE }),
];

/** Where a list goes on, as the API writes it: behind the n-th row of a kind. */
function after(kind: string, n: number): string {
  const row = `00000000-0000-7000-${kind}-${String(n).padStart(12, "0")}`;
  return Buffer.from(JSON.stringify([row])).toString("base64url");
}

function page(name: string, document: unknown, variables: object) {
  // The generated documents are typed by their answers, which nobody reads here.
  return { page: name, document: document as DocumentNode, variables };
}

/** The pages of the loop at a desk that has run for years. */
export const loopPagesBenchmark: Benchmark = {
  name: "loop-pages",
  description: `pages of monitoring, models, promotions, thresholds, exports, withdrawals, erasures, retention with ${PREDICTIONS.toLocaleString("en")} predictions and ${DECIDED.toLocaleString("en")} decided cases`,
  run: (note) => {
    note(`  seeding ${PREDICTIONS.toLocaleString("en")} predictions`);
    return withFilledApi(seedLoop, async ({ url }, token) => {
      const measurements: Measurement[] = [];
      for (const { page: what, document, variables } of PAGES) {
        const query = print(document);
        const times: number[] = [];
        for (let turn = 0; turn < WARM_UP + REPEATS; turn += 1) {
          const start = performance.now();
          await ask(url, token, { query, variables });
          if (turn >= WARM_UP) times.push(performance.now() - start);
          // A page that takes seconds is known to after a few.
          if (turn >= WARM_UP + 4 && performance.now() - start > 3_000) break;
        }
        const value = quantile(times, 0.95);
        note(`  ${what}: ${value.toFixed(0)} ms`);
        measurements.push({
          what: `p95, ${what}`,
          value,
          unit: "ms",
          budget: `≤ ${String(BUDGET_MS)} ms`,
          met: value <= BUDGET_MS,
        });
      }
      return measurements;
    });
  },
};

async function ask(url: string, token: string, body: object): Promise<void> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (text.includes(`"errors"`)) throw new Error(text.slice(0, 500));
}

/** Beside the cases: a shadow, a promotion, a year of days, exports, an admin. */
async function seedLoop(seed: pg.Client): Promise<string> {
  await seedCases(seed);
  await seed.query(SIGNED);
  // As a server does by itself: where all times were empty, none is expected.
  await seed.query('VACUUM ANALYZE "Case"');
  await seed.query(
    `INSERT INTO "User" ("id", "email", "name", "role", "updatedAt")
     VALUES ($1, 'admin@example.org', 'Admin', 'ADMIN', now())`,
    [ADMIN],
  );
  for (const fills of [FILLS, YEARS])
    for (const [table, sql] of Object.entries(fills))
      await fillTable(seed, table, () => seed.query(sql));
  return signedIn(seed, ADMIN, [SITE]);
}

const id = (kind: string, n: string): string =>
  `('00000000-0000-7000-${kind}-' || lpad((${n})::text, 12, '0'))::uuid`;
const NEWEST = `generate_series(${String(PREDICTIONS - SHADOWED + 1)}::bigint, ${String(PREDICTIONS)}::bigint) n`;
/** Of version 7 and of now, as those that are made while a shadow runs. */
const SHADOW_ID = `(lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint), 12, '0')
  || '7000b000' || lpad(to_hex(n), 12, '0'))::uuid`;

/** Exports take signed cases by when they were signed. */
const SIGNED = `UPDATE "Case" c SET "signedAt" = c."arrivedAt",
    "agreesWithAi" = c."id" > ${id("a004", String(PREDICTIONS / 8))}
  FROM "CaseLabel" l WHERE l."caseId" = c."id"`;

const FILLS: Record<string, string> = {
  Patient: `INSERT INTO "Patient" ("id", "siteId", "mrn", "name", "updatedAt")
    SELECT ${id("a000", "n")}, '${SITE}', 'MRN-' || n, 'NAME, ' || n, now()
    FROM generate_series(1, 400000) n`,
  ModelVersion: `INSERT INTO "ModelVersion" ("id", "name", "sha256",
      "fingerprint", "manifest")
    SELECT '${SHADOW}', 'shadow', repeat('b', 64), repeat('b', 64), "manifest"
    FROM "ModelVersion" WHERE "id" = '${MODEL}'`,
  ModelRole: `INSERT INTO "ModelRole" ("id", "siteId", "modelVersionId", "role",
      "since", "byId", "byName")
    VALUES (gen_random_uuid(), '${SITE}', '${SHADOW}', 'SHADOW',
      now() - interval '3 weeks', 'SYSTEM', 'bench')`,
  Prediction: `INSERT INTO "Prediction" ("id", "imageId", "modelVersionId",
      "role", "gateStatus", "engine", "milliseconds")
    SELECT ${SHADOW_ID}, ${id("a002", "n")}, '${SHADOW}', 'SHADOW', 'ASSESSED',
      'wasm', 1 FROM ${NEWEST}`,
  PredictionFinding: `INSERT INTO "PredictionFinding" ("predictionId", "code",
      "probability", "low", "high", "ownThreshold", "ageGroup", "groupFrom")
    SELECT p."id", 'pneumonia', (hashtext(p."id"::text) & 1023) / 1024.0, 0, 1,
      0.42, 'adult', 'age'
    FROM "Prediction" p WHERE p."modelVersionId" = '${SHADOW}'`,
  PredictionCount: `INSERT INTO "PredictionCount"
    SELECT '${SITE}', "modelVersionId", 0, count(*) FROM "Prediction" GROUP BY 2`,
  BarsVersion: `INSERT INTO "BarsVersion" ("id", "siteId", "version",
      "document", "reason", "byId", "byName")
    VALUES (${id("c000", "1")}, '${SITE}', 1, first_bars(), 'As shipped',
      'SYSTEM', 'bench')`,
  Judgement: `INSERT INTO "Judgement" ("id", "siteId", "barsId", "candidateId",
      "liveId", "byId", "byName")
    VALUES (${id("c001", "1")}, '${SITE}', ${id("c000", "1")}, '${MODEL}',
      '${SHADOW}', 'SYSTEM', 'bench')`,
  JudgementResult: `INSERT INTO "JudgementResult" VALUES (${id("c001", "1")},
    'PASSED', NULL, NULL, '{"outcomes": [], "changes": [], "engine": null}', now())`,
  Promotion: `INSERT INTO "Promotion" ("id", "siteId", "judgementId",
      "candidateId", "replacesId", "state", "reason", "proposedById",
      "proposedByName", "proposedAt", "decidedById", "decidedByName", "decidedAt")
    VALUES (${id("c002", "1")}, '${SITE}', ${id("c001", "1")}, '${MODEL}',
      '${SHADOW}', 'APPROVED', 'bench', '${ADMIN}', 'bench', now(),
      gen_random_uuid(), 'bench', now() - interval '13 days')`,
  MonitoringDay: `INSERT INTO "MonitoringDay" ("siteId", "day", "source",
      "ageGroup", "sex", "films", "assessed", "refusals", "confirmed",
      "overridden", "reasons")
    SELECT '${SITE}', current_date - d, 'CR ' || s, a, x::"Sex", 9, 8,
      '{"lateral": 1}', 6, 1, '{"FALSE_POSITIVE": 1}'
    FROM generate_series(0, 729) d, generate_series(1, 12) s,
      unnest(ARRAY['0-4', '5-17', '18-64', '65+']) a,
      unnest(ARRAY['FEMALE', 'MALE']) x`,
  Dataset: `INSERT INTO "Dataset" ("id", "siteId", "createdById", "name",
      "filter", "state")
    SELECT ${id("b003", "n")}, '${SITE}', '${ADMIN}', 'Export ' || n,
      '{"siteId": "${SITE}"}', 'READY'
    FROM generate_series(1, ${String(DATASETS)}) n`,
};
