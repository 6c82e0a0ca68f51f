import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const SOURCES = path.join(import.meta.dirname, "../..");

/** `patient.name`, also of `row.case.patient`, as it lies in the database. */
const RAW = /\bpatient\??\.name\b/;

describe("a patient's name on a page", () => {
  it("goes through usePatientName, which says in both languages that nobody knows it", () => {
    const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" });
    const pages = files.filter((file) => file.endsWith(".tsx"));
    expect(pages.length).toBeGreaterThan(100);
    const raw = pages.filter((file) =>
      RAW.test(readFileSync(path.join(SOURCES, file), "utf8")),
    );
    expect(raw).toEqual([]);
  });
});
