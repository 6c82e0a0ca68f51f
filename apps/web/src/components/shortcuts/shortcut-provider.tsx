"use client";

import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useState,
} from "react";
import {
  type PressContext,
  type Shortcut,
  ShortcutRegistry,
  findShortcut,
} from "./shortcut-registry.ts";

const RegistryContext = createContext<ShortcutRegistry | null>(null);

/** The registry of the page; components use `useShortcuts` instead. */
export function useShortcutRegistry(): ShortcutRegistry {
  const registry = useContext(RegistryContext);
  if (!registry) throw new Error("ShortcutProvider is missing above.");
  return registry;
}

/** Listens for keys once, for everything on screen. */
export function ShortcutProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(() => new ShortcutRegistry());
  useEffect(() => listenForKeys(registry), [registry]);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

/** A key that nothing took for so long is forgotten. */
const LONGEST_WAIT_MS = 1_000;

function listenForKeys(registry: ShortcutRegistry): () => void {
  const held = new Map<string, { shortcut: Shortcut; since: number }>();
  const letGo = (code: string, at: number) => {
    const entry = held.get(code);
    if (!entry) return;
    held.delete(code);
    entry.shortcut.release?.(at - entry.since);
  };
  // Keys that nothing took yet, while a part of the page is still being drawn.
  let early: { event: KeyboardEvent; context: PressContext }[] = [];
  const stopWaiting = registry.subscribe(() => {
    const oldest = performance.now() - LONGEST_WAIT_MS;
    early = early.filter(({ event }) => event.timeStamp >= oldest);
    // Acting on one may put further shortcuts up, and call this again.
    for (const press of early) {
      const shortcut = findShortcut(
        registry.read(),
        press.event,
        press.context,
      );
      if (!shortcut || !early.includes(press)) continue;
      early = early.filter((other) => other !== press);
      shortcut.run(press.event);
    }
  });
  // The key is for what was open when it was pressed: a dialog that Esc closes
  // may be gone before the page hears of the key.
  let isDialogOpen = false;
  const onPress = () => {
    isDialogOpen = document.querySelector('[aria-modal="true"]') !== null;
  };
  const onDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (isInPopover(event)) return;
    const context = {
      isTyping: isTyping(event),
      isDialogOpen,
      isRepeat: event.repeat,
    };
    const shortcut = findShortcut(registry.read(), event, context);
    if (!shortcut) {
      if (registry.isExpecting) early.push({ event, context });
      return;
    }
    if (isOwnKeyOf(event)) return;
    if (shortcut.run(event) === false) return;
    event.preventDefault();
    if (shortcut.release) {
      held.set(event.code, { shortcut, since: event.timeStamp });
    }
  };
  const onUp = (event: KeyboardEvent) => letGo(event.code, event.timeStamp);
  // A key let go in another window is never heard of here.
  const onBlur = () => {
    for (const code of [...held.keys()]) letGo(code, performance.now());
  };
  // Before the dialogs' own listeners there, as this one is older.
  window.addEventListener("keydown", onPress, { capture: true });
  document.addEventListener("keydown", onDown);
  document.addEventListener("keyup", onUp);
  window.addEventListener("blur", onBlur);
  return () => {
    stopWaiting();
    window.removeEventListener("keydown", onPress, { capture: true });
    document.removeEventListener("keydown", onDown);
    document.removeEventListener("keyup", onUp);
    window.removeEventListener("blur", onBlur);
  };
}

/** What floats over the page has its keys to itself: Esc closes it, no more. */
function isInPopover({ target }: KeyboardEvent): boolean {
  return (
    target instanceof Element &&
    target.closest('[role="dialog"]:not([aria-modal]), [role="menu"]') !== null
  );
}

const TEXT_FREE_INPUTS = ["checkbox", "radio", "button", "submit", "range"];

function isTyping({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) {
    // A list to choose from takes arrows, Enter and Esc, but no letters.
    if (target.readOnly) return key.length > 1;
    return !TEXT_FREE_INPUTS.includes(target.type);
  }
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    target.getAttribute("role") === "combobox"
  );
}

/** Enter and Space already press the button or link that has the focus. */
function isOwnKeyOf(event: KeyboardEvent): boolean {
  if (event.key !== "Enter" && event.key !== " ") return false;
  return (
    event.target instanceof Element &&
    event.target.closest("a[href], button, [role=button], [role=menuitem]") !==
      null
  );
}
