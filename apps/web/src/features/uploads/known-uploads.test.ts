import { describe, expect, it } from "vitest";
import { knownUploads } from "./known-uploads.ts";

function memory(text: string | null = null) {
  const kept = { text };
  return {
    getItem: () => kept.text,
    setItem: (_key: string, value: string) => {
      kept.text = value;
    },
  };
}
const file = (name: string, bytes = 3) =>
  new File(["x".repeat(bytes)], name, { lastModified: 7 });

describe("uploads that were begun", () => {
  it("are found again by the file that is chosen again", () => {
    const same = memory();
    knownUploads(() => same).remember(file("a"), "m", "1");
    const after = knownUploads(() => same);
    expect(after.find(file("a"), "m")).toBe("1");
    expect(after.find(file("a", 4), "m")).toBeNull();
    expect(after.find(file("b"), "m")).toBeNull();
    // Said to be of another patient.
    expect(after.find(file("a"), "n")).toBeNull();
    after.forget(file("a"), "m");
    expect(after.find(file("a"), "m")).toBeNull();
  });

  it("are not upset by a broken memory", () => {
    const broken = memory('[["x"],3]');
    const known = knownUploads(() => broken);
    expect(known.find(file("a"), "m")).toBeNull();
    known.remember(file("a"), "m", "1");
    expect(known.find(file("a"), "m")).toBe("1");
    const none = memory("{");
    expect(knownUploads(() => none).find(file("a"), "m")).toBeNull();
  });
});
