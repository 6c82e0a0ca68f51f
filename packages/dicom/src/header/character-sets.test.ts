import { describe, expect, it } from "vitest";

import { decodeText } from "./character-sets.ts";

// Byte strings of the examples in PS3.5 annexes H to K and PS3.3 C.12.1.1.2.
const ESC = "\x1b";
const bytes = (text: string): Uint8Array => Buffer.from(text, "latin1");

describe("text in DICOM character sets", () => {
  it("decodes Latin-1", () => {
    expect(decodeText(bytes("M\xfcller"), ["ISO_IR 100"])).toBe("Müller");
  });

  it("decodes UTF-8", () => {
    expect(decodeText(Buffer.from("Nguyễn"), ["ISO_IR 192"])).toBe("Nguyễn");
  });

  it("decodes GB18030", () => {
    const name = Buffer.from("cdf5d0a1b6ab", "hex");
    expect(decodeText(name, ["GB18030"])).toBe("王小东");
  });

  it("decodes Cyrillic, Greek and Thai", () => {
    expect(decodeText(Buffer.from("bbee", "hex"), ["ISO_IR 144"])).toBe("Лю");
    expect(decodeText(Buffer.from("c4e9", "hex"), ["ISO_IR 126"])).toBe("Δι");
    expect(decodeText(Buffer.from("a1d2", "hex"), ["ISO_IR 166"])).toBe("กา");
  });

  it("decodes Japanese with escapes (PS3.5 H.3.1)", () => {
    const name = bytes(
      `Yamada^Tarou=${ESC}$B;3ED${ESC}(B^${ESC}$BB@O:${ESC}(B=${ESC}$B$d$^$@${ESC}(B^${ESC}$B$?$m$&${ESC}(B`,
    );
    expect(decodeText(name, ["", "ISO 2022 IR 87"])).toBe(
      "Yamada^Tarou=山田^太郎=やまだ^たろう",
    );
  });

  it("decodes half-width katakana beside kanji (PS3.5 H.3.2)", () => {
    const name = bytes(
      `\xd4\xcf\xc0\xde^\xc0\xdb\xb3=${ESC}$B;3ED${ESC}(J^${ESC}$BB@O:${ESC}(J`,
    );
    expect(decodeText(name, ["ISO 2022 IR 13", "ISO 2022 IR 87"])).toBe(
      "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎",
    );
  });

  it("decodes Korean with escapes (PS3.5 I.2)", () => {
    const name = bytes(
      `Hong^Gildong=${ESC}$)C\xfb\xf3^${ESC}$)C\xd1\xce\xd4\xd7`,
    );
    expect(decodeText(name, ["", "ISO 2022 IR 149"])).toBe(
      "Hong^Gildong=洪^吉洞",
    );
  });

  it("takes undeclared text for UTF-8 where it is, else for Latin-1", () => {
    expect(decodeText(Buffer.from("Müller"), [])).toBe("Müller");
    expect(decodeText(bytes("M\xfcller"), [])).toBe("Müller");
  });

  it("survives an escape that means nothing", () => {
    expect(decodeText(bytes(`A${ESC}!B`), [""])).toContain("A");
  });
});

describe("labels as systems write them", () => {
  const viet = "TRẦN^THỊ BƯỞI";
  const korean = Buffer.from("b9da5ebcadc1d8", "hex");

  it.each([
    [["ISO_IR 100"]],
    [["ISO_IR 100", "ISO_IR 192"]],
    [["ISO_IR 192", "ISO_IR 100"]],
    [["ISO 2022 IR 6", "ISO_IR 192"]],
    [[]],
    [["UTF-8"]],
    [["ISO_IR 144"]],
  ])("reads valid UTF-8 under %j as UTF-8", (labels) => {
    expect(decodeText(Buffer.from(viet), labels)).toBe(viet);
  });

  it.each(["ISO_IR 149", "ISO-IR 149", "iso_ir_149", "ISO 2022 IR 149"])(
    "reads Korean under %s",
    (label) => {
      expect(decodeText(korean, [label])).toBe("박^서준");
    },
  );

  it.each(["ISO_IR 58", "GBK", "GB2312", "ISO 2022 IR 58", "CP936"])(
    "reads Chinese under %s",
    (label) => {
      const name = Buffer.from("cdf5d0a1b6ab", "hex");
      expect(decodeText(name, [label])).toBe("王小东");
    },
  );

  it.each(["ISO_IR100", "ISO-8859-1", "ISO IR 100", "LATIN1", ""])(
    "reads Latin-1 under '%s'",
    (label) => {
      expect(decodeText(bytes("M\xfcller"), [label])).toBe("Müller");
    },
  );

  it("reads Windows-1251, and Windows-1258 with its tones composed", () => {
    expect(decodeText(Buffer.from("cbfe", "hex"), ["WINDOWS-1251"])).toBe("Лю");
    // "ễ" is "ê" and a combining tilde (0xDE) in Windows-1258.
    const name = Buffer.from("4e677579eade6e", "hex");
    expect(decodeText(name, ["CP1258"])).toBe("Nguyễn");
  });

  it("goes back to the first set at ^ and = (PS3.5 6.1.2.5.3)", () => {
    const name = Buffer.concat([
      bytes(`Hong^Gil=${ESC}$)C`),
      Buffer.from("c8ab", "hex"),
      bytes("^M\xfcller"),
    ]);
    const labels = ["ISO_IR 100", "ISO 2022 IR 149"];
    expect(decodeText(name, labels)).toBe("Hong^Gil=홍^Müller");
  });
});
