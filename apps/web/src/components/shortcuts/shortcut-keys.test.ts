import { describe, expect, it } from "vitest";
import {
  ariaKeys,
  keyCaps,
  matchesKeys,
  type KeyPress,
} from "./shortcut-keys.ts";

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe("a key press", () => {
  it("is the letter that was typed", () => {
    expect(matchesKeys("j", press("j"))).toBe(true);
    expect(matchesKeys("j", press("k"))).toBe(false);
  });

  it("still counts with caps lock on, but not with shift held", () => {
    expect(matchesKeys("c", press("C"))).toBe(true);
    expect(matchesKeys("c", press("C", { shiftKey: true }))).toBe(false);
  });

  it("leaves the browser's own combinations alone", () => {
    expect(matchesKeys("c", press("c", { ctrlKey: true }))).toBe(false);
    expect(matchesKeys("c", press("c", { metaKey: true }))).toBe(false);
    expect(matchesKeys("c", press("c", { altKey: true }))).toBe(false);
  });

  it("takes a sign however it is typed", () => {
    expect(matchesKeys("?", press("?", { shiftKey: true }))).toBe(true);
    expect(matchesKeys("/", press("/", { shiftKey: true }))).toBe(true);
  });

  it("takes the sign that joins keys as a key of its own", () => {
    expect(matchesKeys("+", press("+", { shiftKey: true }))).toBe(true);
    expect(matchesKeys("+", press("+"))).toBe(true);
    expect(matchesKeys("+", press("="))).toBe(false);
    expect(matchesKeys("+", press("+", { ctrlKey: true }))).toBe(false);
    expect(matchesKeys("-", press("-"))).toBe(true);
  });

  it("takes Ctrl and the Mac's command key for mod", () => {
    expect(matchesKeys("mod+k", press("k", { ctrlKey: true }))).toBe(true);
    expect(matchesKeys("mod+k", press("k", { metaKey: true }))).toBe(true);
    expect(matchesKeys("mod+k", press("k"))).toBe(false);
  });

  it("tells Enter from shift and Enter", () => {
    expect(matchesKeys("Enter", press("Enter"))).toBe(true);
    expect(matchesKeys("Enter", press("Enter", { shiftKey: true }))).toBe(
      false,
    );
    expect(matchesKeys("shift+Enter", press("Enter", { shiftKey: true }))).toBe(
      true,
    );
  });
});

describe("how keys are written", () => {
  it("follows the machine", () => {
    expect(keyCaps("mod+k", false)).toEqual(["Ctrl", "K"]);
    expect(keyCaps("mod+k", true)).toEqual(["⌘", "K"]);
    expect(keyCaps("j", false)).toEqual(["j"]);
    expect(keyCaps("Escape", false)).toEqual(["Esc"]);
    expect(keyCaps("Enter", false)).toEqual(["Enter"]);
    expect(keyCaps("+", false)).toEqual(["+"]);
  });

  it("is spelled out for assistive technology", () => {
    expect(ariaKeys("mod+k")).toBe("Control+k");
    expect(ariaKeys("+")).toBe("Plus");
  });
});
