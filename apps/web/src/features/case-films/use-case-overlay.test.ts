import { describe, expect, it } from "vitest";
import { boxLabel } from "./use-case-overlay.ts";

const plain = (text: string) => text.replaceAll("\u202f", " ");

describe("what is written above a box of the AI", () => {
  it("is its own chance, not the film's", () => {
    expect(plain(boxLabel("Pneumonia", 0.41, 0.89))).toBe("Pneumonia 41 %");
    expect(plain(boxLabel("Pneumonia", 0.73, 0.89))).toBe("Pneumonia 73 %");
  });

  it("is the film's where the model knows no chance of boxes", () => {
    expect(plain(boxLabel("Pneumonia", null, 0.89))).toBe("Pneumonia 89 %");
    expect(boxLabel("Pneumonia", null, undefined)).toBe("Pneumonia");
  });
});
