import type { DataSet } from "../file/data-set.ts";
import { TAG } from "../file/tags.ts";

/** When a film was taken, as far as its header knows. */
export interface FilmTime {
  /** ISO date, yyyy-mm-dd. */
  date: string;
  /** hh:mm:ss; absent where unknown, never a midnight that nobody wrote. */
  time?: string;
}

type Source = (data: DataSet) => FilmTime | undefined;

const ofPair =
  (date: number, time: number): Source =>
  (data) =>
    filmTime(data.code(date), data.code(time));

const ofDateTime =
  (tag: number): Source =>
  (data) => {
    const text = data.code(tag) ?? "";
    return filmTime(text.slice(0, 8), text.slice(8));
  };

/** Study first, since that is what people call the examination's time. */
const SOURCES: readonly Source[] = [
  ofPair(TAG.studyDate, TAG.studyTime),
  ofDateTime(TAG.acquisitionDateTime),
  ofPair(TAG.acquisitionDate, TAG.acquisitionTime),
  ofPair(TAG.contentDate, TAG.contentTime),
  ofPair(TAG.seriesDate, TAG.seriesTime),
  ofDateTime(TAG.frameAcquisitionDateTime),
];

/**
 * Date and time from one source: the first that has a date, or another of the
 * same day where only that one has a time. Unknown stays unknown.
 */
export function readFilmTime(data: DataSet): FilmTime | undefined {
  const known = SOURCES.map((source) => source(data)).filter(
    (found) => found !== undefined,
  );
  const [first] = known;
  if (first === undefined || first.time !== undefined) return first;
  return (
    known.find(({ date, time }) => date === first.date && time !== undefined) ??
    first
  );
}

function filmTime(
  date: string | undefined,
  time: string | undefined,
): FilmTime | undefined {
  const day = isoDate(date);
  if (day === undefined) return undefined;
  const clock = isoTime(time);
  return clock === undefined ? { date: day } : { date: day, time: clock };
}

/** "2026-11-23" from DA "20261123" or the older "2026.11.23"; only real days. */
export function isoDate(text: string | undefined): string | undefined {
  const match = /^(\d{4})[.-]?(\d{2})[.-]?(\d{2})$/u.exec(text ?? "");
  if (match === null) return undefined;
  const iso = match.slice(1, 4).join("-");
  const day = new Date(`${iso}T00:00:00Z`);
  const isReal =
    !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso);
  return isReal && iso >= "1850" ? iso : undefined;
}

/**
 * "08:45:12" from TM "084512.3", the older "08:45:12", "0845", or "84512" whose
 * leading zero a number field lost; undefined for what is no time of day.
 */
export function isoTime(text: string | undefined): string | undefined {
  const bare = (text ?? "").replace(/[+-]\d{4}$/u, "").replace(/[.,].*$/u, "");
  const digits = bare.replaceAll(":", "").trim();
  if (!/^\d{1,6}$/u.test(digits)) return undefined;
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  const [hour = "", minute = "00", second = "00"] = even.match(/../gu) ?? [];
  const isReal =
    Number(hour) < 24 && Number(minute) < 60 && Number(second) <= 60;
  // A leap second, which TM allows, is no time that Date can hold.
  const whole = second === "60" ? "59" : second;
  return isReal ? `${hour}:${minute}:${whole}` : undefined;
}

/** "+07:00" from (0008,0201) "+0700"; undefined where it is none. */
export function timezone(text: string | undefined): string | undefined {
  const match = /^([+-])(\d{2})(\d{2})$/u.exec(text ?? "");
  if (match === null || Number(match[2]) > 14 || Number(match[3]) > 59) {
    return undefined;
  }
  return `${match[1] ?? "+"}${match[2] ?? "00"}:${match[3] ?? "00"}`;
}
