import { describe, expect, it } from "vitest";
import { filmKind, isTableFile, readFileFacts } from "./film-kind.ts";

describe("a file", () => {
  it("is what its first bytes say", () => {
    expect(filmKind(new Uint8Array([0x89, 0x50, 0x4e, 0x47]))).toBe("picture");
    expect(filmKind(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))).toBe("picture");
    const dicom = new Uint8Array(140);
    dicom.set([0x44, 0x49, 0x43, 0x4d], 128);
    expect(filmKind(dicom)).toBe("dicom");
    expect(filmKind(new Uint8Array(140))).toBe("unknown");
    expect(filmKind(new Uint8Array())).toBe("unknown");
  });

  it("is read no further than that", async () => {
    const dicom = new Uint8Array(4096);
    dicom.set([0x44, 0x49, 0x43, 0x4d], 128);
    expect(await readFileFacts(new Blob([dicom]), "cd/a.exe")).toEqual({
      kind: "dicom",
      aside: null,
    });
    expect(await readFileFacts(new Blob(["MZ"]), "cd/a.exe")).toEqual({
      kind: "unknown",
      aside: "program",
    });
  });

  it("may be a table", () => {
    expect(isTableFile("patients.CSV")).toBe(true);
    expect(isTableFile("unicode text.txt")).toBe(true);
    expect(isTableFile("film.png")).toBe(false);
  });
});
