import type { UrgencyInput } from "../urgency/urgency.rules.ts";
import type { ReplayCase } from "./replay.rules.ts";

/** A case of the replay with what places it; `waitedMinutes` is not said. */
export interface ReplayFacts extends ReplayCase {
  placedBy: Omit<UrgencyInput, "waitedMinutes">;
}
