import { describe, expect, it, vi } from "vitest";
import {
  ShortcutRegistry,
  findShortcut,
  type Shortcut,
} from "./shortcut-registry.ts";

const shortcut = (over: Partial<Shortcut> & { id: string }): Shortcut => ({
  keys: "c",
  label: "Claim",
  group: "list",
  run: () => undefined,
  ...over,
});

const press = {
  key: "c",
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
};
const calm = { isTyping: false, isDialogOpen: false, isRepeat: false };

describe("the meaning of a key", () => {
  it("is what was registered last", () => {
    const found = findShortcut(
      [shortcut({ id: "shell" }), shortcut({ id: "page" })],
      press,
      calm,
    );
    expect(found?.id).toBe("page");
  });

  it("skips what is switched off", () => {
    const found = findShortcut(
      [shortcut({ id: "shell" }), shortcut({ id: "page", enabled: false })],
      press,
      calm,
    );
    expect(found?.id).toBe("shell");
  });

  it("is the letter itself while somebody types", () => {
    const all = [shortcut({ id: "a" })];
    expect(
      findShortcut(all, press, { ...calm, isTyping: true }),
    ).toBeUndefined();
  });

  it("does not reach behind an open dialog", () => {
    const page = shortcut({ id: "page" });
    const dialog = shortcut({ id: "dialog", inDialogs: true });
    const open = { ...calm, isDialogOpen: true };
    expect(findShortcut([page], press, open)).toBeUndefined();
    expect(findShortcut([dialog, page], press, open)?.id).toBe("dialog");
  });

  it("does not repeat what a held key did once", () => {
    const held = { ...calm, isRepeat: true };
    expect(findShortcut([shortcut({ id: "a" })], press, held)).toBeUndefined();
    expect(
      findShortcut([shortcut({ id: "a", repeats: true })], press, held)?.id,
    ).toBe("a");
  });
});

describe("the registry", () => {
  it("keeps an owner's place when its shortcuts change", () => {
    const registry = new ShortcutRegistry();
    const [shell, page] = [Symbol("shell"), Symbol("page")];
    registry.set(shell, [shortcut({ id: "shell" })]);
    registry.set(page, [shortcut({ id: "page" })]);
    registry.set(shell, [shortcut({ id: "shell", label: "Other" })]);
    expect(registry.read().map(({ id }) => id)).toEqual(["shell", "page"]);
  });

  it("forgets what leaves the screen and says so", () => {
    const registry = new ShortcutRegistry();
    const owner = Symbol("page");
    const listener = vi.fn();
    registry.set(owner, [shortcut({ id: "page" })]);
    registry.subscribe(listener);
    registry.remove(owner);
    expect(registry.read()).toEqual([]);
    expect(listener).toHaveBeenCalledTimes(1);
  });
});

describe("parts of a page that are still being drawn", () => {
  it("are expected until each is there", () => {
    const registry = new ShortcutRegistry();
    expect(registry.isExpecting).toBe(false);
    const [first, second] = [registry.expect(), registry.expect()];
    first();
    expect(registry.isExpecting).toBe(true);
    second();
    expect(registry.isExpecting).toBe(false);
  });
});
