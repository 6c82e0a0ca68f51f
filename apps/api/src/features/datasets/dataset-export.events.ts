import type { Leak } from "../export-scan/leak.ts";

/** What one step of an export leaves in the trail. */
export type StateEvent =
  | { type: "dataset.started"; details: Record<string, never> }
  | {
      type: "dataset.ready";
      details: {
        bytes: number;
        sha256: string;
        films: number;
        scan: { files: number; values: number };
      };
    }
  | { type: "dataset.held-back"; details: { places: number; leaks: Leak[] } }
  | { type: "dataset.patients-listed"; details: { patientIds: string[] } }
  | { type: "dataset.failed"; details: { reason: string } };

/** Some 20 kB an event. */
const PATIENTS_AN_EVENT = 500;

/** So that a search of the trail for one of them finds who has the export. */
export function listedPatients(ids: readonly string[]): StateEvent[] {
  const events: StateEvent[] = [];
  for (let at = 0; at < ids.length; at += PATIENTS_AN_EVENT)
    events.push({
      type: "dataset.patients-listed",
      details: { patientIds: ids.slice(at, at + PATIENTS_AN_EVENT) },
    });
  return events;
}
