import { describe, expect, it } from "vitest";
import { type DiffPiece, wordDiff } from "./word-diff.ts";

/** "[-old-]{+new+}", as git shows words. */
const shown = (before: string, now: string) =>
  wordDiff(before, now)
    .map(({ kind, text }) =>
      kind === "same" ? text : kind === "added" ? `{+${text}+}` : `[-${text}-]`,
    )
    .join("");

const only = (pieces: DiffPiece[], kind: "added" | "removed") =>
  pieces
    .filter((piece) => piece.kind !== kind)
    .map(({ text }) => text)
    .join("");

describe("what changed between two texts", () => {
  it("is shown word by word", () => {
    expect(
      shown(
        "Pneumonia in the right lower zone.",
        "Pneumonia in the right middle zone.",
      ),
    ).toBe("Pneumonia in the right [-lower-]{+middle+} zone.");
  });

  it("takes a Vietnamese word with its marks as one", () => {
    expect(shown("Viêm phổi bên phải.", "Viêm phổi hai bên.")).toBe(
      "Viêm phổi {+hai +}bên[- phải-].",
    );
  });

  it("is all or nothing where one side is empty or both are the same", () => {
    expect(shown("", "New.")).toBe("{+New.+}");
    expect(shown("Old.", "")).toBe("[-Old.-]");
    expect(wordDiff("Same.", "Same.")).toEqual([
      { kind: "same", text: "Same." },
    ]);
    expect(wordDiff("", "")).toEqual([]);
  });

  it("loses nothing of either text", () => {
    const before = "1. Consolidation.\n2. Effusion, left.";
    const now = "1. Effusion on the left.\n\n2. No consolidation.";
    const pieces = wordDiff(before, now);
    expect(only(pieces, "added")).toBe(before);
    expect(only(pieces, "removed")).toBe(now);
  });

  it("says of very long texts that all is new", () => {
    const long = Array.from({ length: 2_100 }, (_, n) => `w${n}`).join(" ");
    expect(wordDiff(long, `x ${long}`)).toHaveLength(2);
  });
});
