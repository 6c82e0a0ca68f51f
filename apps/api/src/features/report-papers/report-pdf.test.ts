import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { UNKNOWN_NAME } from "../film-identity/identity-conflicts.rules.ts";
import { PDF_WORDS } from "./pdf-words.ts";
import type { ReportDocument } from "./report-document.ts";
import { reportPdf } from "./report-pdf.ts";

const document: ReportDocument = {
  language: "vi",
  site: {
    name: "Bệnh viện Phổi",
    code: "HCM-01",
    timeZone: "Asia/Ho_Chi_Minh",
  },
  patient: {
    name: "NGUYỄN Thị Hường",
    mrn: "0012345",
    birthDate: new Date("1956-03-02"),
    sex: "FEMALE",
    isCertain: true,
  },
  study: {
    accessionNumber: null,
    description: null,
    studyDate: null,
    studyTime: null,
    referringPhysician: null,
  },
  report: {
    language: "vi",
    indication: "",
    technique: "",
    comparison: "",
    findings: "Viêm phổi ở vùng dưới bên phải.",
    impression: "Viêm phổi.",
    addenda: [],
  },
  label: "PNEUMONIA",
  signer: "BS. Lê Thị Quỳnh",
  signedAt: new Date("2026-11-28T02:30:00Z"),
  version: 1,
  supersededBy: null,
  preliminary: null,
  authorisation: null,
  isReopened: false,
  amendReason: null,
  keyImage: null,
  ai: null,
};

/** Every packed stream of the file, as text. */
function streamsOf(file: Buffer): string {
  const text = file.toString("latin1");
  return [...text.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)]
    .map(([, packed]) => {
      try {
        return inflateSync(Buffer.from(packed ?? "", "latin1")).toString(
          "latin1",
        );
      } catch {
        return ""; // a font or a picture
      }
    })
    .join("\n");
}

const pagesOf = (file: Buffer): number =>
  file.toString("latin1").match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;

/** #6b3fa0, the AI's own hue, as a PDF writes it. */
const HUE_OF_THE_AI = /0\.4196\d* 0\.2470\d* 0\.6274\d*/;

describe("the printed report", () => {
  it("has a glyph for Vietnamese letters, also where they came in pieces", async () => {
    const file = await reportPdf(
      {
        ...document,
        patient: {
          ...document.patient,
          // U+0045 U+0302 U+0303, as some systems send it.
          name: document.patient.name.normalize("NFD"),
        },
      },
      false,
    );
    expect(file.subarray(0, 5).toString()).toBe("%PDF-");
    const streams = streamsOf(file).toLowerCase();
    // Ễ, ở and Q: in the table that leads from glyphs back to letters.
    for (const letter of ["1ec4", "1edf", "0051"])
      expect(streams).toContain(`<${letter}>`);
    expect(streams).not.toContain("<0303>");
  });

  it("has the AI's part in the AI's hue, and nothing of it without", async () => {
    const ai = {
      model: "chest-1",
      decision: "CONFIRM",
      answer: {
        name: "Viêm phổi",
        probability: 0.82,
        low: 0.74,
        high: 0.88,
        threshold: 0.5,
      },
    } as const;
    expect(streamsOf(await reportPdf({ ...document, ai }, false))).toMatch(
      HUE_OF_THE_AI,
    );
    expect(streamsOf(await reportPdf(document, false))).not.toMatch(
      HUE_OF_THE_AI,
    );
  });

  it("goes on over as many pages as the words need", async () => {
    const words = "Mờ không đồng nhất ở vùng dưới. ".repeat(120).trim();
    const long = {
      indication: words,
      technique: words,
      findings: words,
      impression: words,
    };
    const report = { ...long, language: "vi", comparison: "", addenda: [] };
    const file = await reportPdf(
      { ...document, report: { ...report, language: "vi" } },
      false,
    );
    expect(pagesOf(file)).toBeGreaterThan(2);
    expect(pagesOf(await reportPdf(document, false))).toBe(1);
  });

  it("says on each page that a preliminary report is no more, across it too", async () => {
    const words = "Mờ không đồng nhất ở vùng dưới. ".repeat(120).trim();
    const given: ReportDocument = {
      ...document,
      language: "en",
      report: {
        language: "en",
        indication: words,
        technique: words,
        comparison: "",
        findings: words,
        impression: words,
        addenda: [],
      },
    };
    const unsigned = { ...given, preliminary: { isSignedSince: false } };
    const file = await reportPdf(unsigned, false);
    const plain = await reportPdf(given, false);
    // 84 points: nothing else is so large.
    const across = (bytes: Buffer) =>
      streamsOf(bytes).match(/\/F\d+ 84 Tf/g)?.length ?? 0;
    expect(pagesOf(file)).toBeGreaterThan(2);
    expect(across(file)).toBe(pagesOf(file));
    expect(across(plain)).toBe(0);
    expect(
      pagesOf(
        await reportPdf(
          { ...document, preliminary: { isSignedSince: true } },
          false,
        ),
      ),
    ).toBe(1);
  });

  it("lies under a word as long as no senior has authorised what a junior signed", async () => {
    const given: ReportDocument = { ...document, language: "en" };
    const of = (authorisation: ReportDocument["authorisation"]) =>
      reportPdf({ ...given, authorisation }, false);
    const across = (bytes: Buffer) =>
      streamsOf(bytes).match(/\/F\d+ 84 Tf/g)?.length ?? 0;
    const awaited = await of({ by: null });
    expect(across(awaited)).toBe(pagesOf(awaited));
    const by = { name: "Dr Senior", signedAt: document.signedAt };
    const authorised = await of({ by });
    expect(across(authorised)).toBe(0);
    // The senior's name stands on it, so it is another paper.
    const plain = await of(null);
    expect(streamsOf(authorised)).not.toBe(streamsOf(plain));
  });

  it("says in its own language that nobody knows whose film it is", async () => {
    const called = async (name: string) =>
      streamsOf(
        await reportPdf(
          { ...document, patient: { ...document.patient, name } },
          false,
        ),
      );
    expect(await called(UNKNOWN_NAME)).toBe(await called(PDF_WORDS.vi.unknown));
  });

  it("asks to print only where it was asked for, and names no patient outside its pages", async () => {
    const print = (await reportPdf(document, true)).toString("latin1");
    expect(print).toMatch(/\/N\s*\/?\(?Print/);
    const plain = (await reportPdf(document, false)).toString("latin1");
    expect(plain).not.toContain("OpenAction");
    const title = Buffer.from("NGUY", "utf16le").swap16().toString("latin1");
    expect(plain).not.toContain("NGUY");
    expect(plain).not.toContain(title);
  });
});
