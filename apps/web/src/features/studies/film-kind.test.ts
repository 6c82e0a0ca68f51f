import { describe, expect, it } from "vitest";
import { filmKind, isClutter, isTableFile, readFilmKind } from "./film-kind.ts";

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
    expect(await readFilmKind(new Blob([dicom]))).toBe("dicom");
  });

  it("is left out when it is clutter of a folder", () => {
    for (const path of ["a/.DS_Store", "Thumbs.db", "cd/DICOMDIR"]) {
      expect(isClutter(path), path).toBe(true);
    }
    expect(isClutter("cd/IM0001")).toBe(false);
    expect(isTableFile("patients.CSV")).toBe(true);
  });
});
