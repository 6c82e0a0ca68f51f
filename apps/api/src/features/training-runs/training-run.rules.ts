import type { TrainingState } from "@lung-iris/prisma";

/** What somebody may tell a run to do. */
export const TRAINING_COMMANDS = ["pause", "resume", "stop"] as const;
export type TrainingCommand = (typeof TRAINING_COMMANDS)[number];

const AFTER: Record<
  TrainingCommand,
  Partial<Record<TrainingState, TrainingState>>
> = {
  pause: { QUEUED: "PAUSED", RUNNING: "PAUSED" },
  resume: { PAUSED: "QUEUED" },
  stop: { QUEUED: "STOPPED", RUNNING: "STOPPED", PAUSED: "STOPPED" },
};

/** The state after a command; null where a run of that state takes none such. */
export function stateAfter(
  state: TrainingState,
  command: TrainingCommand,
): TrainingState | null {
  return AFTER[command][state] ?? null;
}

/** Whether nothing becomes of a run any more. */
export function isOver(state: TrainingState): boolean {
  return state === "STOPPED" || state === "DONE" || state === "FAILED";
}

const NAME = /^[a-z0-9](?:[a-z0-9.-]{0,58}[a-z0-9])?$/u;

/** Whether a model may be called so: it becomes a folder on every machine. */
export function isCandidateName(name: string): boolean {
  return NAME.test(name) && !name.includes("..");
}

/** What of a dataset a run would be taught. */
export interface DatasetLearning {
  /** Films that may be taught; the evergreen ones are left out of these. */
  films: number;
  evergreen: number;
  /** Patients in the dataset who were withdrawn from learning since. */
  withdrawnPatients: number;
  /**
   * Patients whose films stand in another split although they are of the
   * evergreen test now, by a record that was merged into theirs since.
   */
  evergreenPatients: number;
}

/** Why nothing may be taught from a dataset, or null. */
export function datasetRefusal(learning: DatasetLearning): {
  code: "withdrawn-patients" | "evergreen-film" | "no-films";
  detail: string;
} | null {
  const { withdrawnPatients, evergreenPatients, films } = learning;
  if (withdrawnPatients > 0)
    return {
      code: "withdrawn-patients",
      detail: `${String(withdrawnPatients)} patients of this dataset were withdrawn from learning since it was made. Make a new one.`,
    };
  if (evergreenPatients > 0)
    return {
      code: "evergreen-film",
      detail: `${String(evergreenPatients)} patients of this dataset are of the evergreen test, from which nothing is learnt. Make a new one.`,
    };
  if (films === 0)
    return {
      code: "no-films",
      detail: "All films of this dataset are of the evergreen test.",
    };
  return null;
}
