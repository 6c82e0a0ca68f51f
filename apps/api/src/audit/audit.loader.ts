import type { AuditEvent, DatabaseClient } from "@lung-iris/prisma";
import DataLoader from "dataloader";
import {
  visibleDatasets,
  visiblePatients,
  visibleSites,
  visibleUsers,
} from "../access/scope.ts";
import type { Viewer } from "../access/viewer.ts";
import { findHistories, findSubjectNames } from "./audit.store.ts";
import type { Subject } from "./audit.store.ts";
import {
  patientsAsOf,
  type EventOfPatient,
  type PatientAsOf,
} from "./patients-as-of.ts";

export interface HistoryKey {
  caseId: string;
  beforeSeq: bigint | null;
  limit: number;
  /** Types left out: what the viewer may not know of the case yet. */
  without: readonly string[];
  /** No other types than these; null for any. */
  only: readonly string[] | null;
}

/** Histories of visible cases; those asked for alike are read together. */
export function auditLoaders(client: DatabaseClient, viewer: Viewer) {
  const visible = {
    users: visibleUsers(viewer),
    patients: visiblePatients(viewer),
    sites: visibleSites(viewer),
    datasets: visibleDatasets(viewer),
  };
  return {
    /** What an event's subject is called; null where it has no name. */
    subjectNames: new DataLoader<Subject, string | null, string>(
      async (subjects) => {
        const names = await findSubjectNames(client, visible, subjects);
        return subjects.map(
          ({ type, id }) => names.get(`${type}:${id}`) ?? null,
        );
      },
      { cacheKeyFn: ({ type, id }) => `${type}:${id}` },
    ),
    /** An event's patient under the name of that time. */
    patientAsOf: new DataLoader<EventOfPatient, PatientAsOf | null, bigint>(
      async (events) => {
        const found = await patientsAsOf(client, visible.patients, events);
        return events.map(({ seq }) => found.get(seq) ?? null);
      },
      { cacheKeyFn: ({ seq }) => seq },
    ),
    historyOfCase: new DataLoader<HistoryKey, AuditEvent[], string>(
      async (keys) => {
        const groups = new Map<string, HistoryKey[]>();
        for (const key of keys) {
          const like = likenessOf(key);
          groups.set(like, [...(groups.get(like) ?? []), key]);
        }
        const found = new Map<string, AuditEvent[]>();
        for (const group of groups.values()) {
          const [page = NOTHING] = group;
          const ids = group.map(({ caseId }) => caseId);
          const rows = await findHistories(client, ids, page);
          for (const key of group)
            found.set(nameOf(key), rows.get(key.caseId) ?? []);
        }
        return keys.map((key) => found.get(nameOf(key)) ?? []);
      },
      { cacheKeyFn: nameOf },
    ),
  };
}

const NOTHING = { beforeSeq: null, limit: 0, without: [], only: null };

function nameOf(key: HistoryKey): string {
  return `${key.caseId} ${likenessOf(key)}`;
}

function likenessOf({ beforeSeq, limit, without, only }: HistoryKey): string {
  const types = `${without.join(",")} ${only?.join(",") ?? "any"}`;
  return `${String(beforeSeq)} ${String(limit)} ${types}`;
}
