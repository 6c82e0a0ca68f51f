import type { DataSet } from "../file/data-set.ts";
import { TAG } from "../file/tags.ts";
import type { ExamTime } from "./identity-types.ts";

/** Date and time from one and the same source, in order of trust. */
const SOURCES = [
  { date: TAG.studyDate, time: TAG.studyTime },
  { dateTime: TAG.acquisitionDateTime },
  { date: TAG.acquisitionDate, time: TAG.acquisitionTime },
  { date: TAG.contentDate, time: TAG.contentTime },
  { date: TAG.seriesDate, time: TAG.seriesTime },
  { dateTime: TAG.frameAcquisitionDateTime },
  { date: TAG.performedStepDate, time: TAG.performedStepTime },
] as const;
/** Before Röntgen's first plate (1895) there is no film. */
const FIRST_YEAR = "1895";
/** Nobody who was filmed was born before. */
export const FIRST_BIRTH_YEAR = "1850";

/**
 * When the film was taken. A source whose day cannot be is passed over; a
 * time that is none is unknown, and is looked for in a later source of the
 * same day only, so that day and time never come from two events.
 */
export function readExamTime(data: DataSet): ExamTime {
  const zone = zoneMinutes(data.code(TAG.timezoneOffset));
  let found: ExamTime | null = null;
  for (const source of SOURCES) {
    const here = readSource(data, source, zone);
    if (here.date === null) continue;
    if (here.time !== null && (found === null || found.date === here.date))
      return here;
    found ??= here;
  }
  return found ?? { date: null, time: null, zoneMinutes: zone };
}

function readSource(
  data: DataSet,
  source: (typeof SOURCES)[number],
  zone: number | null,
): ExamTime {
  if (!("dateTime" in source))
    return {
      date: studyDay(data.code(source.date)),
      time: takenAt(data.code(source.time)),
      zoneMinutes: zone,
    };
  const match = /^(\d{8})(\d{2,6})?(?:\.\d+)?([+-]\d{4})?$/u.exec(
    data.code(source.dateTime) ?? "",
  );
  return {
    date: studyDay(match?.[1]),
    time: takenAt(match?.[2]),
    zoneMinutes: zoneMinutes(match?.[3]) ?? zone,
  };
}

/** The second of midnight is what is written where only the day is known. */
function takenAt(text: string | undefined): string | null {
  const time = clockTime(text);
  return time === "00:00:00" ? null : time;
}

/** What clocks and programs write where they know no day. */
const NO_STUDY_DAYS = new Set(["1900-01-01", "1970-01-01", "1980-01-01"]);

/** The day of a film; null for one that a clock shows which was never set. */
function studyDay(text: string | undefined): string | null {
  const found = day(text);
  return found !== null && NO_STUDY_DAYS.has(found) ? null : found;
}

/** "2026-11-23" from DA "20261123" or the older "2026.11.23"; only real days. */
export function day(
  text: string | undefined,
  firstYear = FIRST_YEAR,
): string | null {
  const match = /^(\d{4})[./-]?(\d{2})[./-]?(\d{2})$/u.exec(text ?? "");
  if (match === null) return null;
  const iso = match.slice(1, 4).join("-");
  const date = new Date(`${iso}T00:00:00Z`);
  const isReal =
    !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
  return isReal && iso >= firstYear ? iso : null;
}

/**
 * "08:45:12" from TM (PS3.5 6.2). Five digits have lost a leading zero on
 * their way through a number; three may as well be "8:45" as "84:5", so only
 * a reading that is a time of day counts. A lone hour is no time of day.
 */
export function clockTime(text: string | undefined): string | null {
  const digits = (text ?? "")
    .replace(/[.,]\d*$/u, "")
    .replace(/(?<=\d{2})[+-]\d{4}$/u, "")
    .replaceAll(":", "");
  if (!/^\d{3,6}$/u.test(digits)) return null;
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  const [hour = "", minute = "", second = "00"] = even.match(/\d{2}/gu) ?? [];
  const isReal =
    Number(hour) < 24 && Number(minute) < 60 && Number(second) <= 60;
  // A leap second is shown as the last one that clocks know.
  return isReal ? `${hour}:${minute}:${second === "60" ? "59" : second}` : null;
}

/** Minutes east of UTC from "+0700" (0008,0201); -12:00 to +14:00. */
export function zoneMinutes(text: string | undefined): number | null {
  const match = /^([+-]?)(\d{2}):?(\d{2})$/u.exec(text?.trim() ?? "");
  if (match === null) return null;
  const size = Number(match[2]) * 60 + Number(match[3]);
  const minutes = match[1] === "-" ? -size : size;
  const isReal = Number(match[3]) < 60 && minutes >= -720 && minutes <= 840;
  return isReal ? minutes : null;
}

/** "+07:00" from minutes east of UTC. */
export function zoneText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.trunc(size / 60))}:${two(size % 60)}`;
}
