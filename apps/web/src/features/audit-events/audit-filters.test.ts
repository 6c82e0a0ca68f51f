import { describe, expect, it } from "vitest";
import {
  NO_FILTERS,
  hasFilters,
  readFilters,
  toApiFilter,
  fromRangeEnd,
  toRangeEnd,
  writeFilters,
} from "./audit-filters.ts";

const read = (query: string, search = "") =>
  readFilters(new URLSearchParams(query), search);
const NOW = Date.parse("2026-11-23T09:00:00Z");

describe("the address of the audit page", () => {
  it("gives back the filters it was made of", () => {
    const filters = {
      ...NO_FILTERS,
      search: "nguyễn văn",
      types: ["case.opened", "image.viewed"],
      actorId: "SYSTEM",
      patientId: "p-1",
      subjectId: "s-1",
      subjectType: "case",
      from: "2026-11-20T17:00:00.000Z",
      until: "2026-11-21T17:00:00.000Z",
    };
    expect(read(writeFilters(filters), filters.search)).toEqual(filters);
    expect(decodeURIComponent(writeFilters(filters))).not.toContain("nguy");
  });

  it("is empty without filters", () => {
    expect(writeFilters(NO_FILTERS)).toBe("");
    expect(read("")).toEqual(NO_FILTERS);
    expect(hasFilters(read("?foo=bar"))).toBe(false);
  });

  it("leaves out what makes no sense", () => {
    expect(read("?last=century&from=yesterday&of=case")).toEqual(NO_FILTERS);
  });

  it("prefers a range that ends now over fixed ends", () => {
    const filters = read("?last=day&from=2026-01-01T00:00:00Z");
    expect(filters.from).toBeNull();
    expect(toApiFilter(filters, NOW)).toEqual({
      after: "2026-11-22T09:00:00.000Z",
    });
  });
});

describe("the API's filter", () => {
  it("has only what is narrowed", () => {
    expect(toApiFilter(NO_FILTERS, NOW)).toEqual({});
    expect(
      toApiFilter(
        read("?type=case.opened&until=2026-11-23T08:00:00Z", " tran "),
        NOW,
      ),
    ).toEqual({
      patientSearch: "tran",
      types: ["case.opened"],
      before: "2026-11-23T08:00:00.000Z",
    });
  });
});

describe("a range of one's own", () => {
  it("goes from its fields to instants on the reader's clock and back", () => {
    const end = { day: "2026-11-23", time: "9:05" };
    const iso = fromRangeEnd(end, "from");
    expect(iso).toBe(new Date(2026, 10, 23, 9, 5).toISOString());
    expect(toRangeEnd(String(iso))).toEqual({
      day: "2026-11-23",
      time: "09:05",
    });
    expect(toRangeEnd(null)).toEqual({ day: "", time: "" });
  });

  it("without a time holds both days whole", () => {
    const end = { day: "2026-11-30", time: "" };
    expect(fromRangeEnd(end, "from")).toBe(
      new Date(2026, 10, 30).toISOString(),
    );
    expect(fromRangeEnd(end, "until")).toBe(
      new Date(2026, 11, 1).toISOString(),
    );
  });

  it("has no end where nothing stands, and a wrong one where nonsense does", () => {
    expect(fromRangeEnd({ day: "", time: "" }, "until")).toBeNull();
    expect(fromRangeEnd({ day: "", time: "9:00" }, "from")).toBe(false);
    expect(fromRangeEnd({ day: "31/4", time: "" }, "from")).toBe(false);
    expect(fromRangeEnd({ day: "2026-11-23", time: "25" }, "from")).toBe(false);
  });
});
