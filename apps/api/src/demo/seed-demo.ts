import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import {
  demoPatients,
  renderDemoFilm,
  type DemoPatient,
} from "@lung-iris/phantom";
import type { Database, DatabaseClient } from "@lung-iris/prisma";
import { systemViewer } from "../access/viewer.ts";
import { AuditLog } from "../audit/audit-log.ts";
import { assignByRules } from "../features/assignment/assign-by-rules.ts";
import { CaseRetakeCommands } from "../features/retakes/case-retake.commands.ts";
import { CaseCommands } from "../features/cases/case.commands.ts";
import { IngestService } from "../features/intake/ingest.service.ts";
import type { Clock } from "../platform/clock.ts";
import { readDatabaseClock } from "../platform/database-clock.ts";
import { newRequestId } from "../platform/ids.ts";
import type { FilmReader } from "../platform/inference-client.ts";
import type { ObjectStore } from "../platform/object-store.ts";
import { openDemoAccounts } from "./demo-accounts.ts";
import { switchOnProcedures } from "./demo-procedures.ts";
import { applyDemoState } from "./demo-states.ts";
import { planDemo, type PlannedFilm } from "./demo-plan.ts";
import { enterByPolicy } from "../features/policies/case-entry.ts";
import { SitePolicies } from "../features/policies/site-policies.ts";
import { clockAt } from "./demo-time.ts";
import { seedDemoPeople, type DemoPeople } from "./demo-users.ts";

export interface SeedDemoDeps {
  database: Database;
  objectStore: ObjectStore;
  filmReader: FilmReader;
  maxFilmBytes: number;
  /** Of the data folder. */
  secret: string;
  /** Told of each film brought in; counts from 1. */
  onProgress?: (done: number, total: number) => void;
  /** Stops between two films; the next run goes on from there. */
  signal?: AbortSignal;
  /** Other patients than the demo's, for tests. */
  patients?: (now: Date) => DemoPatient[];
  /** How long to wait for the worker's predictions; 15 minutes. */
  patienceMs?: number;
  /** This machine's clock; another one in tests. The database's counts. */
  localClock?: Clock;
}

export type SeedResult =
  /** Seeded by an earlier run; nothing was touched. */
  | "already-there"
  | "done"
  /** Stopped, or the worker did not come; the next run goes on. */
  | "unfinished";

const PATIENCE_MS = 15 * 60_000;
const POLL_MS = 500;

/**
 * Fills an empty desk with invented patients. Users first, then every film
 * through the same door as any upload, oldest first; the worker's real model
 * assesses them; then the older ones are read. Safe to run again at any time:
 * what is there stays as it is, and a run that was killed is gone on with.
 */
export async function seedDemo(deps: SeedDemoDeps): Promise<SeedResult> {
  const { client } = deps.database;
  const clock = await readDatabaseClock(client, deps.localClock);
  const audit = new AuditLog(client, clock);
  await openDemoAccounts(audit);
  if (await wasSeeded(client)) return "already-there";
  const people = await seedDemoPeople(audit, clock.now());
  // Times count back from the first run, so that a later one makes the very
  // same files and recognises them.
  const patients = deps.patients ?? demoPatients;
  const plan = planDemo(patients(people.site.createdAt));
  for (const [position, planned] of plan.entries()) {
    if (deps.signal?.aborted === true) return "unfinished";
    await bringIn(deps, audit, people, planned);
    deps.onProgress?.(position + 1, plan.length);
  }
  if (!(await settled(deps, people))) return "unfinished";
  for (const planned of plan) {
    await applyDemoState(
      { client, audit, clock, people, secret: deps.secret },
      planned,
    );
  }
  await switchOnProcedures({ client, audit, clock }, people);
  await audit.changeAndRecord(seeder(), (_tx, record) => {
    record({
      type: "demo.seeded",
      subject: { type: "system", id: "demo" },
      siteId: people.site.id,
      patientId: null,
      details: { films: plan.length },
    });
    return Promise.resolve();
  });
  return "done";
}

async function wasSeeded(client: DatabaseClient): Promise<boolean> {
  const marker = await client.auditEvent.findFirst({
    where: { type: "demo.seeded" },
    select: { seq: true },
  });
  return marker !== null;
}

async function bringIn(
  deps: SeedDemoDeps,
  audit: AuditLog,
  people: DemoPeople,
  { patient, film }: PlannedFilm,
): Promise<void> {
  const { client } = deps.database;
  const { site } = people;
  const known = await client.image.findFirst({
    where: { siteId: site.id, originalName: film.fileName },
    select: { id: true },
  });
  if (known) return;
  // Films arrive when they were taken; the audit trail keeps real time.
  const clock = clockAt(film.takenAt);
  const commands = new CaseCommands(clock);
  const policies = new SitePolicies(client);
  const ingest = new IngestService({
    client,
    audit,
    clock,
    commands,
    retakes: new CaseRetakeCommands(commands, clock),
    enter: enterByPolicy(policies, deps.secret),
    assignArrival: assignByRules(commands, policies, clock),
    objectStore: deps.objectStore,
    inspector: deps.filmReader,
    maxBytes: deps.maxFilmBytes,
    atOnce: 1,
  });
  const bytes = await renderDemoFilm(film);
  const outcome = await ingest.ingest(people.as("staff@demo.lung-iris"), {
    siteId: site.id,
    fileName: film.fileName,
    body: Readable.from([Buffer.from(bytes)]),
    details: {
      mrn: patient.mrn,
      patientName: patient.name,
      birthDate: patient.birthDate,
      sex: patient.sex === "F" ? "FEMALE" : "MALE",
      ageYears: film.ageYears,
      weightKg: patient.weightKg,
      viewPosition: film.view,
      accessionNumber: film.accessionNumber,
      description: film.description,
      clinicalFlags: [...film.clinicalFlags],
      ...(film.clinicalNote === null
        ? {}
        : { clinicalNote: film.clinicalNote }),
      studiedAt: film.takenAt.toISOString(),
    },
  });
  if (outcome.outcome === "refused") {
    throw new Error(
      `the demo film ${film.fileName} was refused: ${outcome.message ?? ""}`,
    );
  }
}

/** Waits until the worker has looked at every film. */
async function settled(
  deps: SeedDemoDeps,
  { site }: DemoPeople,
): Promise<boolean> {
  const until = Date.now() + (deps.patienceMs ?? PATIENCE_MS);
  while (Date.now() < until && deps.signal?.aborted !== true) {
    const pending = await deps.database.client.case.count({
      where: { siteId: site.id, assessment: "PENDING" },
    });
    if (pending === 0) return true;
    await sleep(POLL_MS);
  }
  return false;
}

function seeder() {
  return systemViewer("demo-seed", newRequestId());
}
