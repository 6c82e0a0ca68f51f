import { ACUTE } from "./roster-acute.ts";
import { MISTAKEN, ROUTINE } from "./roster-routine.ts";
import type { RosterPatient } from "./roster-types.ts";

/** Everybody in the demo hospital. */
export const ROSTER: readonly RosterPatient[] = [
  ...ACUTE,
  ...ROUTINE,
  ...MISTAKEN,
];
