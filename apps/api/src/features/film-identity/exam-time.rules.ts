import type { DicomHeader } from "@lung-iris/inference";

/** When the film was taken, as far as that is known. */
export interface ExamTime {
  /** ISO date by the calendar on the wall; null where nobody knows. */
  studyDate: string | null;
  /** "HH:MM:SS" by the clock on the wall. */
  studyTime: string | null;
  /** Minutes east of UTC of that clock. */
  zoneMinutes: number | null;
  /** The instant, where all three are known. */
  studiedAt: Date | null;
}

export const UNKNOWN_TIME: ExamTime = {
  studyDate: null,
  studyTime: null,
  zoneMinutes: null,
  studiedAt: null,
};

const DAY_MS = 86_400_000;

/**
 * When the film was taken: by its header, else by its sender. Never by its
 * arrival. `isInFuture`: a day was named that is yet to come, so that a clock
 * was wrong; it counts as unknown. A day's grace is for zones.
 */
export function examTimeOf(input: {
  header: DicomHeader["identity"]["examTime"] | undefined;
  /** ISO date or date-time of the sender's form. */
  stated: string | undefined;
  /** IANA zone of the site. */
  siteZone: string | null;
  receivedAt: Date;
}): ExamTime & { isInFuture: boolean } {
  const { header, stated, siteZone, receivedAt } = input;
  const told = [
    header && header.date !== null
      ? examTime(header.date, header.time, header.zoneMinutes, siteZone)
      : null,
    stated === undefined ? null : statedTime(stated, siteZone),
  ].filter((time) => time !== null);
  const limit = new Date(receivedAt.getTime() + DAY_MS).toISOString();
  const past = told.find(({ studyDate }) => (studyDate ?? "") <= limit);
  return { ...(past ?? UNKNOWN_TIME), isInFuture: told.length > 0 && !past };
}

/** Day and time of a wall, with the instant where the zone is known. */
export function examTime(
  studyDate: string,
  studyTime: string | null,
  headerZone: number | null,
  siteZone: string | null,
): ExamTime {
  const wall = Date.parse(`${studyDate}T${studyTime ?? "12:00:00"}Z`);
  const zoneMinutes =
    headerZone ?? (siteZone === null ? null : offsetAt(siteZone, wall));
  const isWhole = studyTime !== null && zoneMinutes !== null;
  return {
    studyDate,
    studyTime,
    zoneMinutes,
    studiedAt: isWhole ? new Date(wall - zoneMinutes * 60_000) : null,
  };
}

const ISO =
  /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/u;

function statedTime(stated: string, siteZone: string | null): ExamTime | null {
  const [, date, minutes, seconds = "00", zone] = ISO.exec(stated) ?? [];
  if (date === undefined) return null;
  const time = minutes === undefined ? null : `${minutes}:${seconds}`;
  if (zone === "Z" && time !== null && siteZone !== null) {
    // Programs send UTC; the wall in question is the site's.
    const instant = Date.parse(`${date}T${time}Z`);
    const wall = new Date(instant + offsetOf(siteZone, instant) * 60_000);
    const [day = date, clock = time] = wall.toISOString().split(/[T.]/u);
    return examTime(day, clock, offsetOf(siteZone, instant), siteZone);
  }
  return examTime(date, time, zone === undefined ? null : east(zone), siteZone);
}

function east(zone: string): number {
  if (zone === "Z") return 0;
  const size = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith("-") ? -size : size;
}

/** Minutes east of UTC that a zone's clocks stand at when they show `wall`. */
function offsetAt(zone: string, wall: number): number {
  const near = offsetOf(zone, wall);
  return offsetOf(zone, wall - near * 60_000);
}

/** Minutes east of UTC at an instant. */
function offsetOf(zone: string, instant: number): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    timeZoneName: "longOffset",
  }).formatToParts(instant);
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/u.exec(name) ?? [];
  if (sign === undefined) return 0; // "GMT"
  const size = Number(hours) * 60 + Number(minutes);
  return sign === "-" ? -size : size;
}
