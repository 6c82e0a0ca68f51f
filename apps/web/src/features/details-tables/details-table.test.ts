import { describe, expect, it } from "vitest";
import { parseDetailsTable } from "./details-table.ts";

const parse = (text: string) => {
  const table = parseDetailsTable(text);
  if (typeof table === "string") throw new Error(table);
  return table;
};
/** What the table says of the file. */
const detailsOf = (text: string, file: string) =>
  parse(text).lines.find((line) => line.file === file)?.details;

describe("a table of patient data", () => {
  it("is read as a spreadsheet copies it", () => {
    const text = "File\tMRN\tSex\tAge\nfilm-1.png\t77\tF\t63\n";
    expect(detailsOf(text, "film-1.png")).toEqual({
      mrn: "77",
      sex: "FEMALE",
      ageYears: "63",
    });
  });

  it("is read with quotes, semicolons and Vietnamese headings", () => {
    const text =
      'Tên tệp;Họ tên;Giới tính;Tuổi\r\na.jpg;"TRẦN; Văn ""B""";Nam;7m\r\n';
    expect(detailsOf(text, "a.jpg")).toEqual({
      patientName: 'TRẦN; Văn "B"',
      sex: "MALE",
      ageYears: "7m",
    });
  });

  it("is read by the separator that Excel names, or old Macs' lines", () => {
    expect(detailsOf("sep=|\nfile|mrn\na.png|7", "a.png")).toEqual({
      mrn: "7",
    });
    expect(detailsOf("file,mrn\ra.png,7\rb.png,8", "b.png")).toEqual({
      mrn: "8",
    });
  });

  it("keeps a line break and a separator inside quotes", () => {
    const text = 'file,"note, more"\n"a,1.png",x\n';
    expect(parse(text).lines[0]?.file).toBe("a,1.png");
    const note = 'file;note\na.png;"first\nsecond"\n';
    expect(detailsOf(note, "a.png")).toEqual({ clinicalNote: "first\nsecond" });
  });

  it("takes a birth date as it is written here", () => {
    const text = "file;ngày sinh\na.jpg;13/11/1960\nb.jpg;1960?";
    expect(detailsOf(text, "a.jpg")).toEqual({ birthDate: "1960-11-13" });
    expect(detailsOf(text, "b.jpg")).toEqual({ birthDate: "1960?" });
    expect(parse(text).doubts).toEqual([]);
  });

  it("keeps only flags that exist and says which headings it did not know", () => {
    const table = parse("file,flags,shoe\nx.png,fever | nonsense,44");
    expect(table.lines[0]?.details).toEqual({ clinicalFlags: ["fever"] });
    expect(table.unknownHeadings).toEqual(["shoe"]);
  });

  it("is refused without lines or without a column for the file", () => {
    expect(parseDetailsTable("file,mrn")).toBe("empty");
    expect(parseDetailsTable("mrn,age\n1,2")).toBe("no-file-column");
  });
});

describe("what a spreadsheet does to record numbers", () => {
  it.each([
    "9.87654E+12",
    "1,2E+07",
    "1E+15",
    "12345.0",
    "1234567890123450000",
    "1,234,567",
    "1 234 567",
    "12-Mar",
    "Mar-12",
    "TRUE",
  ])("is told of %s, which is not used", (value) => {
    const table = parse(`file;patient id\na.png;${value}`);
    expect(table.lines[0]?.details).toEqual({});
    expect(table.doubts).toEqual([
      { kind: "rounded-number", file: "a.png", value },
    ]);
  });

  it.each(["0000777", "12E5", "A-1", "123456789012345", "1234567890123456789"])(
    "leaves %s as it is",
    (value) => {
      const table = parse(`file;patient id\na.png;${value}`);
      expect(table.lines[0]?.details).toEqual({ mrn: value });
      expect(table.doubts).toEqual([]);
    },
  );

  it("is told of zeros that the others of the column have", () => {
    const rows = ["0012345", "12345", "0012346", "A-1"];
    const text = rows.map((mrn, i) => `${String(i)}.png;${mrn}`).join("\n");
    const table = parse(`file;mrn\n${text}`);
    expect(table.lines[1]?.details).toEqual({ mrn: "12345" });
    expect(table.doubts).toEqual([
      { kind: "lost-zeros", file: "1.png", value: "12345" },
    ]);
  });

  it("is undone where the sheet's own sign keeps the zeros", () => {
    expect(detailsOf('file,id\na.png,"=""0077"""', "a.png")).toEqual({
      mrn: "0077",
    });
    expect(detailsOf("file,id\na.png,'0077", "a.png")).toEqual({ mrn: "0077" });
  });

  it.each(["#N/A", "#REF!", "#######"])("is no number: %s", (value) => {
    const table = parse(`file;id;name\na.png;7;${value}`);
    expect(table.lines[0]?.details).toEqual({ mrn: "7" });
    expect(table.doubts).toMatchObject([{ kind: "sheet-error", value }]);
  });
});

describe("columns by what people head them with", () => {
  it.each([
    ["Họ và tên", "patientName"],
    ["Tên bệnh nhân", "patientName"],
    ["Patient's Name", "patientName"],
    ["Mã BN", "mrn"],
    ["Số hồ sơ", "mrn"],
    ["MRN#", "mrn"],
    ["PID", "mrn"],
    ["DOB (dd/mm/yyyy)", "birthDate"],
    ["Ngày tháng năm sinh", "birthDate"],
    ["Age (years)", "ageYears"],
    ["Cân nặng (kg)", "weightKg"],
  ])("%s", (heading, field) => {
    const table = parse(`file;${heading}\na.png;7`);
    expect(table.lines[0]?.details).toEqual({ [field]: "7" });
  });

  it.each(["Đường dẫn", "Tên tập tin", "Ảnh", "file_path", "Image file"])(
    "the film's by %s",
    (heading) => {
      expect(detailsOf(`${heading};mrn\na.png;7`, "a.png")).toEqual({
        mrn: "7",
      });
    },
  );

  it("below a title and an empty line", () => {
    const text = "Danh sách tháng 11\n\nfile;mrn\na.png;7";
    expect(detailsOf(text, "a.png")).toEqual({ mrn: "7" });
  });

  it("two halves of a name", () => {
    expect(detailsOf("file;họ;tên\na.png;Nguyễn;An", "a.png")).toEqual({
      patientName: "Nguyễn, An",
    });
    const english = "file,first name,last name\na.png,Ann,Reed";
    expect(detailsOf(english, "a.png")).toEqual({ patientName: "Reed, Ann" });
  });

  it("the first of two for one field, and tells of the other", () => {
    const table = parse("file,mrn,MRN\na.png,7,8");
    expect(table.lines[0]?.details).toEqual({ mrn: "7" });
    expect(table.unknownHeadings).toEqual(["MRN"]);
  });
});

describe("day and month of a birth date", () => {
  it.each([
    ["1991-06-05 00:00:00", "1991-06-05"],
    ["1991-06-05T00:00:00", "1991-06-05"],
    ["05-Jun-1991", "1991-06-05"],
    ["5 June 1991", "1991-06-05"],
    ["19910605", "1991-06-05"],
    ["31/12/1990 00:00", "1990-12-31"],
    ["13/13/1990", "13/13/1990"],
  ])("are read of %s", (value, day) => {
    const table = parse(`file;dob\na.png;${value}`);
    expect(table.lines[0]?.details.birthDate).toBe(day);
  });

  it("are told where they could change places", () => {
    const table = parse("file;dob\na.png;05/06/1991\nb.png;07/07/1950");
    expect(table.lines.map(({ details }) => details.birthDate)).toEqual([
      "1991-06-05",
      "1950-07-07",
    ]);
    expect(table.doubts).toEqual([
      { kind: "day-or-month", file: "a.png", value: "05/06/1991" },
    ]);
  });

  it("are read in the order that another day of the column shows", () => {
    const table = parse("file;dob\na.png;05/06/1991\nb.png;12/31/1950");
    expect(table.lines.map(({ details }) => details.birthDate)).toEqual([
      "1991-05-06",
      "1950-12-31",
    ]);
    expect(table.doubts).toEqual([]);
  });

  it("are not guessed in a column that has both", () => {
    const table = parse(
      "file;dob\na.png;05/06/1991\nb.png;12/31/1950\nc.png;31/12/1950",
    );
    expect(table.lines[0]?.details).toEqual({});
    expect(table.lines[2]?.details).toEqual({ birthDate: "1950-12-31" });
    expect(table.doubts).toMatchObject([{ kind: "mixed-days", file: "a.png" }]);
  });
});

describe("what is doubtful in a table", () => {
  it("is a word for a sex that is not known", () => {
    const table = parse("file;sex\na.png;2\nb.png;Nữ\nc.png;unknown");
    expect(table.lines.map(({ details }) => details.sex)).toEqual([
      undefined,
      "FEMALE",
      "UNKNOWN",
    ]);
    expect(table.doubts).toMatchObject([{ kind: "unknown-sex", value: "2" }]);
  });

  it("is a file with two lines that disagree", () => {
    const table = parse("file;id\na.png;1\na.png;2\nb.png;3\nb.png;3");
    expect(table.lines).toEqual([
      { file: "a.png", details: {} },
      { file: "b.png", details: { mrn: "3" } },
    ]);
    expect(table.doubts).toMatchObject([{ kind: "named-twice" }]);
  });
});
