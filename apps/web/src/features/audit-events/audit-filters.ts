import type { AuditFilter } from "../../gql/graphql.ts";
import { readDay, readTime } from "../../lib/typed-day.ts";

const MINUTE_MS = 60_000;

/** Time ranges that end now, in minutes. */
export const PRESETS = {
  hour: 60,
  day: 24 * 60,
  week: 7 * 24 * 60,
  month: 30 * 24 * 60,
} as const;
export type Preset = keyof typeof PRESETS;

/** What the audit page is narrowed to; all but the search is in the address. */
export interface AuditFilters {
  search: string;
  types: readonly string[];
  actorId: string | null;
  patientId: string | null;
  subjectId: string | null;
  /** With the subject, only to name the filter. */
  subjectType: string | null;
  last: Preset | null;
  /** Instants as ISO texts; not used together with `last`. */
  from: string | null;
  until: string | null;
}

export const NO_FILTERS: AuditFilters = {
  search: "",
  types: [],
  actorId: null,
  patientId: null,
  subjectId: null,
  subjectType: null,
  last: null,
  from: null,
  until: null,
};

/**
 * Reads an address; what makes no sense in it is left out.
 * @param search what is looked for; it names patients and is in no address
 */
export function readFilters(
  query: URLSearchParams,
  search: string,
): AuditFilters {
  const text = (name: string) => {
    const value = query.get(name)?.trim() ?? "";
    return value === "" ? null : value;
  };
  const last = text("last");
  const preset = isPreset(last) ? last : null;
  return {
    search,
    types: (text("type") ?? "").split(",").filter((type) => type !== ""),
    actorId: text("actor"),
    patientId: text("patient"),
    subjectId: text("subject"),
    subjectType: text("subject") === null ? null : text("of"),
    last: preset,
    from: preset ? null : instant(text("from")),
    until: preset ? null : instant(text("until")),
  };
}

/** The address of these filters, for example "?type=case.opened&last=day" or "". */
export function writeFilters(filters: AuditFilters): string {
  const query = new URLSearchParams();
  const put = (name: string, value: string | null) => {
    if (value) query.set(name, value);
  };
  put("type", filters.types.join(","));
  put("actor", filters.actorId);
  put("patient", filters.patientId);
  put("subject", filters.subjectId);
  put("of", filters.subjectId === null ? null : filters.subjectType);
  put("last", filters.last);
  put("from", filters.last ? null : filters.from);
  put("until", filters.last ? null : filters.until);
  // Commas may stand as they are, and the address stays readable.
  const text = query.toString().replaceAll("%2C", ",");
  return text ? `?${text}` : "";
}

/**
 * The API's filter for these filters.
 * @param nowMs when the list was asked for; a preset ends there
 */
export function toApiFilter(filters: AuditFilters, nowMs: number): AuditFilter {
  const search = filters.search.trim();
  const after = filters.last
    ? new Date(nowMs - PRESETS[filters.last] * MINUTE_MS).toISOString()
    : filters.from;
  return {
    ...(search ? { patientSearch: search } : {}),
    ...(filters.types.length > 0 ? { types: [...filters.types] } : {}),
    ...(filters.actorId ? { actorId: filters.actorId } : {}),
    ...(filters.patientId ? { patientId: filters.patientId } : {}),
    ...(filters.subjectId ? { subjectId: filters.subjectId } : {}),
    ...(after ? { after } : {}),
    ...(!filters.last && filters.until ? { before: filters.until } : {}),
  };
}

export function hasFilters(filters: AuditFilters): boolean {
  return writeFilters(filters) !== "" || filters.search.trim() !== "";
}

function isPreset(value: string | null): value is Preset {
  return value !== null && Object.hasOwn(PRESETS, value);
}

function instant(text: string | null): string | null {
  if (text === null) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

/** One end of a range of one's own, as its two fields hold it. */
export interface RangeEnd {
  /** "2026-11-23", "" for no limit, or what was typed so far */
  day: string;
  /** "9:05"; empty means the whole day */
  time: string;
}

/** An instant as the two fields show it, on the reader's clock. */
export function toRangeEnd(iso: string | null): RangeEnd {
  if (iso === null) return { day: "", time: "" };
  const at = new Date(iso);
  const two = (value: number) => String(value).padStart(2, "0");
  return {
    day: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
    time: `${two(at.getHours())}:${two(at.getMinutes())}`,
  };
}

/**
 * The instant that an end means; null for no limit, false while the fields
 * make no sense. Without a time a range
 * begins as its first day begins, and holds its last day whole.
 */
export function fromRangeEnd(
  end: RangeEnd,
  edge: "from" | "until",
): string | null | false {
  const { day, time } = end;
  if (day === "") return time.trim() === "" ? null : false;
  const [year, month, date] = (readDay(day) ?? "").split("-").map(Number);
  if (!year || !month || !date) return false;
  if (time.trim() === "") {
    const days = edge === "until" ? 1 : 0;
    return new Date(year, month - 1, date + days).toISOString();
  }
  const [hours, minutes] = (readTime(time) ?? "").split(":").map(Number);
  if (hours === undefined || minutes === undefined) return false;
  return new Date(year, month - 1, date, hours, minutes).toISOString();
}
