import { describe, expect, it, vi } from "vitest";
import type { FilmMarks, ShownMark } from "./film-marks.ts";
import { pressOnMark } from "./mark-keys.ts";

/** Half a canvas pixel a film pixel. */
const sheet = {
  film: { width: 1000, height: 800 },
  view: { a: 0.5, b: 0, c: 0, d: 0.5, e: 10, f: 20 },
};
const key = (name: string, more: object = {}) => ({
  key: name,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  ...more,
});

function marks(of: Partial<ShownMark> = {}, selectedId: string | null = "a") {
  const onChange = vi.fn();
  const onSelect = vi.fn();
  const mark: ShownMark = {
    ...{ id: "a", kind: "RULER", points: [100, 100, 200, 100] },
    ...{ label: "", isEditable: true },
    ...of,
  };
  const film: FilmMarks = {
    marks: [mark],
    selectedId,
    canDraw: () => true,
    onDrawn: vi.fn(),
    onChange,
    onSelect,
  };
  return { film, onChange, onSelect };
}

describe("keys for the selected mark", () => {
  it("move it as far as they do on the screen", () => {
    const { film, onChange } = marks();
    expect(pressOnMark(key("ArrowRight"), film, sheet)).toBe(true);
    // 4 px of the screen are 8 of the film
    expect(onChange).toHaveBeenCalledWith(
      { id: "a", kind: "RULER", points: [108, 100, 208, 100] },
      true,
    );
  });

  it("make one step of a key that is held", () => {
    const { film, onChange } = marks();
    pressOnMark(key("ArrowUp", { repeat: true, shiftKey: true }), film, sheet);
    expect(onChange).toHaveBeenCalledWith(
      { id: "a", kind: "RULER", points: [100, 20, 200, 20] },
      false,
    );
  });

  it("let it go with Esc", () => {
    const { film, onSelect } = marks();
    expect(pressOnMark(key("Escape"), film, sheet)).toBe(true);
    expect(onSelect).toHaveBeenCalledWith(null);
  });

  it.each([
    ["nothing is selected", marks({}, null)],
    ["it may not be changed", marks({ isEditable: false })],
  ])("are the film's where %s", (_, { film, onChange }) => {
    expect(pressOnMark(key("ArrowLeft"), film, sheet)).toBe(false);
    expect(onChange).not.toHaveBeenCalled();
  });
});
