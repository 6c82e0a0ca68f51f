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
