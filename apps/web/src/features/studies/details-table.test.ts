import { describe, expect, it } from "vitest";
import { detailsForFile, parseDetailsTable } from "./details-table.ts";

const parse = (text: string) => {
  const table = parseDetailsTable(text);
  if (typeof table === "string") throw new Error(table);
  return table;
};

describe("a table of patient data", () => {
  it("is read as a spreadsheet copies it", () => {
    const table = parse("File\tMRN\tSex\tAge\nfilm-1.png\t77\tF\t63\n");
    expect(detailsForFile(table, "film-1.png")).toEqual({
      mrn: "77",
      sex: "FEMALE",
      ageYears: "63",
    });
  });

  it("is read with quotes, semicolons and Vietnamese headings", () => {
    const table = parse(
      'Tên tệp;Họ tên;Giới tính;Tuổi\r\na.jpg;"TRẦN; Văn ""B""";Nam;7m\r\n',
    );
    expect(detailsForFile(table, "a.jpg")).toEqual({
      patientName: 'TRẦN; Văn "B"',
      sex: "MALE",
      ageYears: "7m",
    });
  });

  it("takes a birth date as it is written here", () => {
    const table = parse("file;ngày sinh\na.jpg;03/11/1960\nb.jpg;1960?");
    expect(detailsForFile(table, "a.jpg")).toEqual({ birthDate: "1960-11-03" });
    expect(detailsForFile(table, "b.jpg")).toEqual({ birthDate: "1960?" });
  });

  it("finds a film by its path, its case or without its ending", () => {
    const table = parse("file,mrn\nA-1,5");
    expect(detailsForFile(table, "monday/a-1.PNG")).toEqual({ mrn: "5" });
    expect(detailsForFile(table, "a-12.png")).toBeUndefined();
  });

  it("keeps only flags that exist and says which headings it did not know", () => {
    const table = parse("file,flags,shoe\nx.png,fever | nonsense,44");
    expect(detailsForFile(table, "x.png")).toEqual({
      clinicalFlags: ["fever"],
    });
    expect(table.unknownHeadings).toEqual(["shoe"]);
  });

  it("is refused without lines or without a column for the file", () => {
    expect(parseDetailsTable("file,mrn")).toBe("empty");
    expect(parseDetailsTable("mrn,age\n1,2")).toBe("no-file-column");
  });
});
