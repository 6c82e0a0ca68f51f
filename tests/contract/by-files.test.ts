import { describe, expect, it } from "vitest";
import * as api from "../../apps/api/src/platform/by-files.ts";
import * as web from "../../apps/web/src/features/uploads/by-files.ts";

const text = (words: string) => new TextEncoder().encode(words);
const DICOM = new Uint8Array([...new Uint8Array(128), ...text("DICM")]);
const DIRECTORY = new Uint8Array([
  ...DICOM,
  ...text("....UI..1.2.840.10008.1.3.10\0"),
]);
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
const PROGRAM = text("MZ.....");
const NOTHING = new Uint8Array();
const WORDS = text("<html>");

const FILES: readonly [string, Uint8Array, api.ByFile | null][] = [
  ["cd/DICOMDIR", DIRECTORY, "cd-index"],
  ["INDEX.DIR", DIRECTORY, "cd-index"],
  ["cd/dicomdir", NOTHING, "cd-index"],
  ["cd/FILMS/Thumbs.db", NOTHING, "system"],
  ["ehthumbs_vista.db", NOTHING, "system"],
  ["cd/.DS_Store", NOTHING, "system"],
  ["cd/._IM0001", DICOM, "system"],
  ["__MACOSX/IM0001", DICOM, "system"],
  ["desktop.ini", NOTHING, "system"],
  ["AUTORUN.INF", WORDS, "document"],
  ["cd/viewer/start", PROGRAM, "program"],
  ["cd/VIEWER.EXE", NOTHING, "program"],
  ["cd/lib/codec.dll", NOTHING, "program"],
  ["cd/index.html", WORDS, "document"],
  ["cd/help/viewer.chm", NOTHING, "document"],
  ["README.TXT", WORDS, "document"],
  ["cd/LICENSE", WORDS, "document"],
  ["cd/notes.txt", WORDS, "document"],
  ["cd/THUMBS/IM1.png", PNG, "preview"],
  ["cd/IM1_thumb.png", PNG, "preview"],
  ["cd/DICOMDIR;1", NOTHING, "cd-index"],
  ["cd/FILM1", text("\0\u0005\u0016\u0007"), "system"],
  ["cd/System Volume Information/x", NOTHING, "system"],
  ["cd/$RECYCLE.BIN/x", NOTHING, "system"],
  ["cd/~$report.docx", NOTHING, "system"],
  ["cd/viewer.app/Contents/MacOS/start", NOTHING, "program"],
  ["cd/lib/codec.so.1", NOTHING, "program"],
  ["cd/run.sh", WORDS, "program"],
  ["cd/VIEWER/splash.png", PNG, "program"],
  ["cd/weasis/config.dat", NOTHING, "program"],
  ["cd/VERSION", text("1.2\n"), "document"],
  ["cd/CHECKSUM.MD5", NOTHING, "document"],
  ["cd/font.ttc", NOTHING, "document"],
  ["cd/tn_IM1.png", PNG, "preview"],
  // What may be a film, whatever it is called.
  ["cd/VIEWER/IM0001", DICOM, null],
  ["viewer/film.png", PNG, null],
  [".film.dcm", DICOM, null],
  ["cd/IM0001", DICOM, null],
  ["cd/report.pdf", DICOM, null],
  ["cd/film.png", PNG, null],
  ["thumb.png", PNG, null],
  ["previews/film.png", PNG, null],
  ["cd/IM0002", NOTHING, null],
  ["notes.txt", WORDS, null],
  ["scan.pdf", WORDS, null],
  ["cd/scan.tif", text("II*\0"), null],
];

describe("what lies beside films", () => {
  it.each(FILES)("%s", (path, head, kind) => {
    expect(api.byFileOf(path, head)).toBe(kind);
    // The page decides before it sends; it must not differ from the desk.
    expect(web.byFileOf(path, head)).toBe(kind);
  });

  it("is a copy for looking at where a CD has an index of its films", () => {
    for (const { byFileOf } of [api, web]) {
      const on = { isOnCd: true };
      expect(byFileOf("cd/JPEG/IM1.png", PNG, on)).toBe("preview");
      expect(byFileOf("cd/IM0001", DICOM, on)).toBeNull();
    }
  });

  it("is told by as many bytes on both sides", () => {
    expect(web.HEAD_BYTES).toBe(api.HEAD_BYTES);
  });
});
