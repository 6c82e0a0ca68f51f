import { describe, expect, it } from "vitest";

import { DEFAULT_PICTURE_LIMITS } from "../picture-limits.ts";
import { filmElements } from "../write/film-elements.ts";
import { writeDicom, type DicomElement } from "../write/write-dicom.ts";
import { listHeader } from "./header-list.ts";

const IMPLICIT = "1.2.840.10008.1.2";

function headerOf(more: readonly DicomElement[], transferSyntax?: string) {
  const pixels = Array.from({ length: 256 }, (_, at) => at);
  const film = filmElements({ rows: 16, columns: 16, pixels, more });
  const bytes = writeDicom(film, transferSyntax ? { transferSyntax } : {});
  return listHeader(bytes, DEFAULT_PICTURE_LIMITS);
}

const subjects = (list: ReturnType<typeof headerOf>) =>
  Object.fromEntries(list.elements.map(({ tag, subject }) => [tag, subject]));

describe("a header for people to read", () => {
  it.each([undefined, IMPLICIT])(
    "has names, types and values (%s)",
    (syntax) => {
      const { elements, isCut } = headerOf(
        [
          ["00080005", "CS", "ISO_IR 192"],
          ["00100010", "PN", "NGUYỄN^Văn An"],
          ["00180060", "DS", "125"],
        ],
        syntax,
      );
      expect(isCut).toBe(false);
      expect(elements).toContainEqual({
        tag: "(0010,0010)",
        keyword: "PatientName",
        vr: "PN",
        value: "NGUYỄN^Văn An",
        bytes: expect.any(Number) as number,
        depth: 0,
        subject: "film",
      });
      const value = (tag: string) =>
        elements.find((element) => element.tag === tag)?.value;
      expect(value("(0018,0060)")).toBe("125");
      expect(value("(0028,0010)")).toBe("16");
      // the picture itself is so many bytes, not a text
      expect(value("(7FE0,0010)")).toBeNull();
    },
  );

  it("lists what stands in a sequence behind it, one deeper", () => {
    const { elements } = headerOf([
      ["00400275", "SQ", [[["00400007", "LO", "Thorax"]]]],
    ]);
    const at = elements.findIndex(({ tag }) => tag === "(0040,0275)");
    expect(elements[at]).toMatchObject({ value: null, depth: 0 });
    expect(elements[at + 1]).toMatchObject({ value: "Thorax", depth: 1 });
  });

  it("tells whom an element is about, whatever type the file gives it", () => {
    const list = headerOf([
      ["00080090", "LO", "House^Gregory"],
      ["00080094", "SH", "555-01"],
      ["00080096", "SQ", [[["00401101", "SQ", [[["00080100", "SH", "H-1"]]]]]]],
      ["00081070", "PN", "Operator^Olga"],
      ["00090010", "LO", "MAKER 1.0"],
      ["00091001", "SQ", [[["00100010", "PN", "Hidden^Here"]]]],
      ["00101001", "PN", "Doe^Janet"],
      ["00101060", "PN", "Mother^Mary"],
      ["00104000", "LT", "said by the patient"],
    ]);
    expect(subjects(list)).toMatchObject({
      "(0008,0090)": "other-person",
      "(0008,0094)": "other-person",
      "(0008,0096)": "other-person",
      // inside a sequence about somebody, all of it is about him
      "(0008,0100)": "other-person",
      "(0008,1070)": "other-person",
      "(0009,0010)": "private",
      "(0009,1001)": "private",
      "(0010,0010)": "private",
      "(0010,1001)": "film",
      "(0010,1060)": "other-person",
      "(0010,4000)": "film",
    });
  });

  it("stays bounded, in number and in length", () => {
    const item: DicomElement[] = [["00400007", "LO", "x"]];
    const many = headerOf([
      ["00400275", "SQ", Array.from({ length: 4_000 }, () => item)],
    ]);
    expect(many.elements).toHaveLength(3_000);
    expect(many.isCut).toBe(true);
    const { elements } = headerOf([["00104000", "LT", "y".repeat(9_000)]]);
    const long = elements.find(({ tag }) => tag === "(0010,4000)");
    expect(long?.value).toBe(`${"y".repeat(1_000)}…`);
    expect(long?.bytes).toBe(9_000);
  });
});
