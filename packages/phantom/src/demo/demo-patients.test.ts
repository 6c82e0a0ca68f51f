import { describe, expect, it } from "vitest";
import { demoPatients } from "./demo-patients.ts";
import type { DemoFilm } from "./demo-types.ts";
import { renderDemoFilm } from "./render-demo-film.ts";

const NOW = new Date("2027-02-01T10:00:00Z");
const patients = demoPatients(NOW);
const films = patients.flatMap((patient) => patient.films);

describe("demoPatients", () => {
  it("lists at least 26 patients with record numbers and file names of their own", () => {
    expect(patients.length).toBeGreaterThanOrEqual(26);
    expect(new Set(patients.map((p) => p.mrn)).size).toBe(patients.length);
    expect(new Set(films.map((f) => f.fileName)).size).toBe(films.length);
    expect(new Set(films.map((f) => f.accessionNumber)).size).toBe(
      films.length,
    );
  });

  it("is the same list each time, counted back from now", () => {
    expect(demoPatients(NOW)).toEqual(patients);
    for (const film of films) {
      expect(NOW.getTime() - film.takenAt.getTime()).toBe(
        film.minutesBeforeNow * 60_000,
      );
    }
  });

  it("gives at least two patients films of months before, oldest first", () => {
    const withPriors = patients.filter((p) =>
      p.films.some((f) => f.minutesBeforeNow > 60 * 24 * 60),
    );
    expect(withPriors.length).toBeGreaterThanOrEqual(2);
    for (const { films: own } of withPriors) {
      expect(own.length).toBeGreaterThanOrEqual(2);
      const times = own.map((f) => f.takenAt.getTime());
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }
  });

  it("mixes health and disease, children, bedside films, formats and mistakes", () => {
    const pathologies = new Set(
      films.map((f) =>
        f.content.kind === "phantom"
          ? (f.content.options.pathology ?? "none")
          : "not-a-chest",
      ),
    );
    expect([...pathologies].sort()).toEqual([
      "bilateral-consolidation",
      "consolidation",
      "interstitial",
      "none",
      "not-a-chest",
    ]);
    expect(new Set(films.map((f) => f.format)).size).toBe(3);
    expect(
      films.some((f) => f.dicomOptions.photometric === "MONOCHROME1"),
    ).toBe(true);
    expect(films.filter((f) => f.ageYears < 9).length).toBeGreaterThanOrEqual(
      4,
    );
    expect(films.some((f) => f.view === "AP" && f.ageYears > 40)).toBe(true);
    expect(films.some((f) => f.clinicalFlags.includes("low-spo2"))).toBe(true);
  });

  it("never films a patient before birth", () => {
    for (const film of films) expect(film.ageYears).toBeGreaterThan(0);
  });
});

describe("renderDemoFilm", () => {
  /** The first film of a format, made small: its size does not matter here. */
  const first = (format: string): DemoFilm => {
    const film = films.find((f) => f.format === format);
    if (film?.content.kind !== "phantom") throw new Error(`no ${format} film`);
    const options = { ...film.content.options, width: 96, height: 96 };
    return { ...film, content: { kind: "phantom", options } };
  };

  it.each([
    ["png", 0, [0x89, 0x50, 0x4e, 0x47]],
    ["jpeg", 0, [0xff, 0xd8, 0xff]],
    ["dicom", 128, [0x44, 0x49, 0x43, 0x4d]],
  ])("makes %s with its own magic bytes", async (format, offset, magic) => {
    const bytes = await renderDemoFilm(first(format));
    expect([...bytes.subarray(offset, offset + magic.length)]).toEqual(magic);
  });

  it("writes the patient's own data into a DICOM film", async () => {
    const film = first("dicom");
    const text = new TextDecoder().decode(await renderDemoFilm(film));
    expect(text).toContain(film.patient.id);
    expect(text).toContain(film.accessionNumber);
    expect(text).toContain(film.patient.familyName);
  });
});
