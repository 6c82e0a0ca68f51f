import { type KeyPress, matchesKeys } from "./shortcut-keys.ts";

/** Headings of the `?` list, in its order. */
export const SHORTCUT_GROUPS = [
  "general",
  "list",
  "case",
  "film",
  "decision",
] as const;
export type ShortcutGroup = (typeof SHORTCUT_GROUPS)[number];

export interface Shortcut {
  /** Stable name, for example "worklist.claim"; one of a name at a time. */
  id: string;
  /** See shortcut-keys.ts for how keys are written; a list means any of them. */
  keys: string | readonly string[];
  /** What it does, translated, for the `?` list and the palette. */
  label: string;
  group: ShortcutGroup;
  /** Returning false passes the key on, as if nobody had taken it. */
  run: (press: KeyboardEvent) => unknown;
  /** For keys that act while held: called when the key is let go. */
  release?: (heldMs: number) => void;
  /** false keeps it in the list but does nothing. */
  enabled?: boolean;
  /** Also while typing in a field. */
  whileTyping?: boolean;
  /** Also while a dialog is open; dialogs register their own this way. */
  inDialogs?: boolean;
  /** Again for every repeat of a key that is held down (moving in a list). */
  repeats?: boolean;
  /** Left out of the palette, for keys that make no sense as a command. */
  hiddenInPalette?: boolean;
}

export function keysOf(shortcut: Pick<Shortcut, "keys">): readonly string[] {
  return typeof shortcut.keys === "string" ? [shortcut.keys] : shortcut.keys;
}

export interface PressContext {
  isTyping: boolean;
  isDialogOpen: boolean;
  isRepeat: boolean;
}

/**
 * The shortcut that a key press means: of those on screen, the one that was
 * registered last, so that a page overrides the shell.
 */
export function findShortcut(
  shortcuts: readonly Shortcut[],
  press: KeyPress,
  context: PressContext,
): Shortcut | undefined {
  return shortcuts.findLast(
    (shortcut) =>
      shortcut.enabled !== false &&
      (!context.isTyping || shortcut.whileTyping === true) &&
      (!context.isDialogOpen || shortcut.inDialogs === true) &&
      (!context.isRepeat || shortcut.repeats === true) &&
      keysOf(shortcut).some((keys) => matchesKeys(keys, press)),
  );
}

type Listener = () => void;

interface Entry {
  owner: symbol;
  shortcuts: readonly Shortcut[];
}

/** All shortcuts on screen, in the order of registration. */
export class ShortcutRegistry {
  #entries: readonly Entry[] = [];
  #all: readonly Shortcut[] = [];
  readonly #listeners = new Set<Listener>();
  #comingParts = 0;

  /** Whether parts of the page with keys of their own are still being drawn. */
  get isExpecting(): boolean {
    return this.#comingParts > 0;
  }

  /**
   * A part of the page is being drawn.
   * @returns to be called once it is there
   */
  readonly expect = (): (() => void) => {
    this.#comingParts += 1;
    return () => {
      this.#comingParts -= 1;
    };
  };

  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly read = (): readonly Shortcut[] => this.#all;

  /** Adds an owner's shortcuts or replaces those it had, keeping its place. */
  set(owner: symbol, shortcuts: readonly Shortcut[]): void {
    const entry = { owner, shortcuts };
    const isKnown = this.#entries.some((known) => known.owner === owner);
    this.#replace(
      isKnown
        ? this.#entries.map((known) => (known.owner === owner ? entry : known))
        : [...this.#entries, entry],
    );
  }

  remove(owner: symbol): void {
    this.#replace(this.#entries.filter((entry) => entry.owner !== owner));
  }

  #replace(entries: readonly Entry[]): void {
    this.#entries = entries;
    this.#all = entries.flatMap((entry) => entry.shortcuts);
    for (const listener of this.#listeners) listener();
  }
}
