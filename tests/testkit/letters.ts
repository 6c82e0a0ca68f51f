/** Five by seven dots a letter, rows as bits: enough to write a name with. */
const GLYPHS: Readonly<Record<string, readonly number[]>> = {
  A: [14, 17, 17, 31, 17, 17, 17],
  B: [30, 17, 17, 30, 17, 17, 30],
  C: [14, 17, 16, 16, 16, 17, 14],
  E: [31, 16, 16, 30, 16, 16, 31],
  G: [14, 17, 16, 23, 17, 17, 14],
  H: [17, 17, 17, 31, 17, 17, 17],
  I: [14, 4, 4, 4, 4, 4, 14],
  L: [16, 16, 16, 16, 16, 16, 31],
  N: [17, 25, 21, 19, 17, 17, 17],
  O: [14, 17, 17, 17, 17, 17, 14],
  T: [31, 4, 4, 4, 4, 4, 4],
  U: [17, 17, 17, 17, 17, 17, 14],
  V: [17, 17, 17, 17, 17, 10, 4],
  Y: [17, 17, 10, 4, 4, 4, 4],
  "1": [4, 12, 4, 4, 4, 4, 14],
  "5": [31, 16, 30, 1, 1, 17, 14],
  "7": [31, 1, 2, 4, 8, 8, 8],
  "9": [14, 17, 17, 15, 1, 2, 12],
  " ": [0, 0, 0, 0, 0, 0, 0],
};

interface Picture {
  width: number;
  pixels: Uint8Array | Uint16Array;
}

/** Writes a line into pixels at (x, y), each dot `dot` pixels wide. */
export function writeLetters(
  { width, pixels }: Picture,
  line: string,
  at: { x: number; y: number; dot: number; value: number },
): void {
  const { dot, value } = at;
  for (let index = 0; index < line.length; index += 1) {
    const letter = line.charAt(index);
    const rows = GLYPHS[letter];
    if (rows === undefined) throw new Error(`no dots for ${letter}`);
    for (let row = 0; row < 7 * dot; row += 1)
      for (let column = 0; column < 5 * dot; column += 1) {
        const bits = rows[Math.floor(row / dot)] ?? 0;
        if (((bits >> (4 - Math.floor(column / dot))) & 1) === 0) continue;
        const x = at.x + index * 6 * dot + column;
        pixels[(at.y + row) * width + x] = value;
      }
  }
}
