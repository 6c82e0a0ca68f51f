import { describe, expect, it } from "vitest";

import { decodeText } from "./character-sets.ts";

// Names as systems write them under labels that are not theirs; the bytes are
// from the tables of each set.
const bytes = (...parts: (string | number)[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === "string" ? [...Buffer.from(part, "latin1")] : [part],
    ),
  );
const utf8 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));

const HANGUL = bytes(0xc8, 0xab, "^", 0xb1, 0xe6, 0xb5, 0xbf);
const HAN = bytes(0xd5, 0xc5, "^", 0xd0, 0xa1, 0xb6, 0xab);
const CYRILLIC = bytes(
  ...[0xc8, 0xe2, 0xe0, 0xed, 0xee, 0xe2],
  "^",
  ...[0xcf, 0xb8, 0xf2, 0xf0],
);
const VIETNAMESE = bytes(
  "TR",
  ...[0xc2, 0xcc],
  "N^THI",
  0xf2,
  " B",
  ...[0xdd, 0xd5, 0xd2],
  "I",
);

describe("letters under a label that is not theirs", () => {
  it.each([
    ["Korean as an extension, never switched on", ["", "ISO 2022 IR 149"]],
    ["the same beside the default's name", ["ISO_IR 6", "ISO 2022 IR 149"]],
  ])("are read: %s", (_, labels) => {
    expect(decodeText(HANGUL, labels)).toBe("홍^길동");
  });

  it.each([[["", "ISO 2022 IR 58"]], [["ISO_IR 100"]], [[]]])(
    "are Chinese pairs under %j",
    (labels) => {
      expect(decodeText(HAN, labels)).toBe("张^小东");
    },
  );

  it.each([[["ISO_IR 100"]], [["ISO_IR 144"]], [[]], [["CP1251"]]])(
    "are those of Windows-1251 under %j",
    (labels) => {
      expect(decodeText(CYRILLIC, labels)).toBe("Иванов^Пётр");
    },
  );

  it.each([[["ISO_IR 100"]], [[]], [["windows-1258"]]])(
    "are those of Windows-1258 under %j",
    (labels) => {
      expect(decodeText(VIETNAMESE, labels)).toBe("TRẦN^THỊ BƯỞI");
    },
  );

  it("are those of Windows-1252 where Latin-1 has control characters", () => {
    const name = bytes("M", 0x9a, "ller^", 0x8a, "ime");
    expect(decodeText(name, ["ISO_IR 100"])).toBe("Mšller^Šime");
  });

  it("are UTF-8 that was written as UTF-8 once more", () => {
    const once = Buffer.from("TRẦN^BƯỞI").toString("latin1");
    expect(decodeText(utf8(once), ["ISO_IR 192"])).toBe("TRẦN^BƯỞI");
  });

  it("are UTF-8 whose last letter a field's length cut", () => {
    const cut = utf8("NGUYỄN^THỊ BƯỞ").subarray(0, -1);
    expect(decodeText(cut, ["ISO_IR 192"])).toBe("NGUYỄN^THỊ BƯ");
    expect(decodeText(bytes(...cut, " "), ["ISO_IR 100"])).toBe(
      "NGUYỄN^THỊ BƯ",
    );
  });
});

describe("letters under their own label", () => {
  it.each([
    ["Müller^Jürgen", bytes("M", 0xfc, "ller^J", 0xfc, "rgen"), "ISO_IR 100"],
    // Ends with a letter that would be a tone, on a consonant.
    ["NICCOLÒ", bytes("NICCOL", 0xd2), "ISO_IR 100"],
    ["Þór^Ægir", bytes(0xde, 0xf3, "r^", 0xc6, "gir"), "ISO_IR 100"],
    ["Иванов", bytes(0xb8, 0xd2, 0xd0, 0xdd, 0xde, 0xd2), "ISO_IR 144"],
  ])("stay: %s", (text, name, label) => {
    expect(decodeText(name, [label])).toBe(text);
  });

  it("stay where Korean and Chinese could both be meant", () => {
    // All lead bytes are common to both: nothing is guessed.
    expect(decodeText(HANGUL, ["ISO_IR 100"])).toBe("È«^±æµ¿");
  });
});
