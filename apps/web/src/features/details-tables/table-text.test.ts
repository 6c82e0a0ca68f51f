import { describe, expect, it } from "vitest";
import { readTableText } from "./table-text.ts";

const bytes = (...parts: (string | number[])[]) =>
  new Uint8Array(
    parts.flatMap((part) =>
      typeof part === "string" ? [...Buffer.from(part, "latin1")] : part,
    ),
  );

describe("the letters of a table", () => {
  it("are UTF-8, with a mark or without", () => {
    const utf8 = new TextEncoder().encode("tên,TRẦN");
    expect(readTableText(utf8)).toEqual({
      text: "tên,TRẦN",
      encoding: "utf-8",
    });
    const marked = new Uint8Array([0xef, 0xbb, 0xbf, ...utf8]);
    expect(readTableText(marked).text).toBe("tên,TRẦN");
  });

  it.each([true, false])("are UTF-16 with a mark: %s", (hasMark) => {
    const little = Buffer.from("file\tTRẦN", "utf16le");
    const big = Buffer.from(little).swap16();
    const marked = (mark: number[], body: Buffer) =>
      new Uint8Array([...(hasMark ? mark : []), ...body]);
    expect(readTableText(marked([0xff, 0xfe], little))).toEqual({
      text: "file\tTRẦN",
      encoding: "utf-16le",
    });
    expect(readTableText(marked([0xfe, 0xff], big))).toEqual({
      text: "file\tTRẦN",
      encoding: "utf-16be",
    });
  });

  it("are of Windows-1252 where the bytes are no UTF-8", () => {
    expect(
      readTableText(bytes("Gr", [0xfc], "nwald, J", [0xf6], "rg")),
    ).toEqual({ text: "Grünwald, Jörg", encoding: "windows-1252" });
    // NICCOLÒ ends with a letter that would be a tone, on a consonant.
    expect(readTableText(bytes("NICCOL", [0xd2])).text).toBe("NICCOLÒ");
  });

  it("are of Windows-1258 where tones stand on vowels", () => {
    // "TRẦN THỊ BƯỞI": Â + grave, I + dot below, Ư, Ơ + hook.
    const name = bytes(
      "TR",
      [0xc2, 0xcc],
      "N THI",
      [0xf2],
      " B",
      [0xdd, 0xd5, 0xd2],
      "I",
    );
    expect(readTableText(name)).toEqual({
      text: "TRẦN THỊ BƯỞI",
      encoding: "windows-1258",
    });
  });
});
