import type {
  FindingPresence,
  FindingSide,
  LungZone,
} from "../../gql/graphql.ts";
import type { DraftFinding } from "./draft-findings.ts";

export const PRESENCES = [
  { value: "PRESENT", key: "p" },
  { value: "ABSENT", key: "n" },
  { value: "UNCERTAIN", key: "q" },
] as const satisfies readonly { value: FindingPresence; key: string }[];

/** As the film shows them: the patient's right is on the left. */
export const SIDES = [
  { value: "RIGHT", key: "r" },
  { value: "LEFT", key: "l" },
  { value: "BOTH", key: "b" },
] as const satisfies readonly { value: FindingSide; key: string }[];

export const ZONES = [
  { value: "UPPER", key: "u" },
  { value: "MIDDLE", key: "m" },
  { value: "LOWER", key: "d" },
] as const satisfies readonly { value: LungZone; key: string }[];

interface Places {
  hasSides: boolean;
  hasZones: boolean;
}

/** The other side, or none where it was this one. */
export function toggledSide(
  finding: DraftFinding,
  side: FindingSide,
): Partial<DraftFinding> {
  return { side: finding.side === side ? null : side };
}

/** One zone more or less, from the top down. */
export function toggledZone(
  { zones }: DraftFinding,
  zone: LungZone,
): Partial<DraftFinding> {
  const isOn = zones.includes(zone);
  return {
    zones: ZONES.flatMap(({ value }) =>
      (value === zone ? !isOn : zones.includes(value)) ? [value] : [],
    ),
  };
}

/**
 * What a letter changes of a finding that has the focus; null where it means
 * nothing there. What the opinion says is there stays there.
 */
export function changeOfKey(
  finding: DraftFinding,
  key: string,
  { hasSides, hasZones }: Places,
  isOfLabel: boolean,
): Partial<DraftFinding> | null {
  const letter = key.toLowerCase();
  const presence = PRESENCES.find((item) => item.key === letter);
  if (presence) return isOfLabel ? {} : { presence: presence.value };
  const side = SIDES.find((item) => item.key === letter);
  if (side) return hasSides ? toggledSide(finding, side.value) : {};
  const zone = ZONES.find((item) => item.key === letter);
  if (zone) return hasZones ? toggledZone(finding, zone.value) : {};
  return null;
}
