/** A run of words that both texts have, or only one of them. */
export interface DiffPiece {
  kind: "same" | "added" | "removed";
  text: string;
}

/** Longest table that is filled: beyond, a section counts as written anew. */
const MAX_CELLS = 4_000_000;

/**
 * What changed from one text to the next, word by word: the longest common
 * subsequence of words and the spaces between them (Wagner and Fischer 1974),
 * what was taken away before what came in its place.
 */
export function wordDiff(before: string, now: string): DiffPiece[] {
  const old = wordsOf(before);
  const next = wordsOf(now);
  if (old.length * next.length > MAX_CELLS) {
    return joined([
      { kind: "removed", text: before },
      { kind: "added", text: now },
    ]);
  }
  const lengths = commonLengths(old, next);
  const width = next.length + 1;
  const pieces: DiffPiece[] = [];
  let row = 0;
  let column = 0;
  while (row < old.length || column < next.length) {
    const from = old[row];
    const to = next[column];
    if (from !== undefined && from === to) {
      pieces.push({ kind: "same", text: from });
      row += 1;
      column += 1;
      continue;
    }
    const down = lengths[(row + 1) * width + column] ?? -1;
    const right = lengths[row * width + column + 1] ?? -1;
    if (from !== undefined && (to === undefined || down >= right)) {
      pieces.push({ kind: "removed", text: from });
      row += 1;
    } else if (to !== undefined) {
      pieces.push({ kind: "added", text: to });
      column += 1;
    }
  }
  return joined(pieces);
}

/** Words and what is between them; together they are the text again. */
function wordsOf(text: string): string[] {
  return text.match(/\s+|[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu) ?? [];
}

/** Of the rest of both from each pair of places: how much is common. */
function commonLengths(old: string[], next: string[]): Uint16Array {
  const width = next.length + 1;
  const lengths = new Uint16Array((old.length + 1) * width);
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = next.length - 1; column >= 0; column -= 1) {
      const cell = row * width + column;
      lengths[cell] =
        old[row] === next[column]
          ? (lengths[cell + width + 1] ?? 0) + weightOf(old[row])
          : Math.max(lengths[cell + width] ?? 0, lengths[cell + 1] ?? 0);
    }
  }
  return lengths;
}

/** A word in common counts for more than the spaces around it. */
function weightOf(word: string | undefined): number {
  return word === undefined || word.trim() === "" ? 1 : 4;
}

/** Neighbours of one kind as one, and nothing empty. */
function joined(pieces: readonly DiffPiece[]): DiffPiece[] {
  return pieces.reduce<DiffPiece[]>((runs, piece) => {
    const last = runs.at(-1);
    if (piece.text === "") return runs;
    if (last?.kind !== piece.kind) return [...runs, { ...piece }];
    last.text += piece.text;
    return runs;
  }, []);
}
