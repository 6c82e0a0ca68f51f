/**
 * Keys are written "j", "?", "Enter", "Escape", "mod+k", "shift+Enter". `mod`
 * is Ctrl, or ⌘ on a Mac. Letters mean the typed character, so that "?" works
 * on every keyboard whatever must be held to type it.
 */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** "mod+k" in its parts; the sign itself is one part. */
function partsOf(keys: string): string[] {
  return keys === "+" ? ["+"] : keys.split("+");
}

/** Whether a key press is the one written in `keys`. */
export function matchesKeys(keys: string, press: KeyPress): boolean {
  const parts = partsOf(keys);
  const key = parts.at(-1) ?? "";
  const wantsMod = parts.includes("mod");
  const wantsShift = parts.includes("shift");
  if (wantsMod !== (press.ctrlKey || press.metaKey)) return false;
  if (press.altKey !== parts.includes("alt")) return false;
  if (wantsShift && !press.shiftKey) return false;
  if (key.length > 1) {
    return press.key === key && press.shiftKey === wantsShift;
  }
  // Caps lock must not switch the keyboard off; signs are compared as typed.
  const isLetter = /^[a-z]$/.test(key);
  if (isLetter && press.shiftKey && !wantsShift && !wantsMod) {
    return press.key === key;
  }
  return isLetter ? press.key.toLowerCase() === key : press.key === key;
}

const NAMES: Record<string, string> = {
  Escape: "Esc",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  " ": "Space",
};

/** The caps to draw, for example ["Ctrl", "K"]. */
export function keyCaps(keys: string, isMac: boolean): string[] {
  const parts = partsOf(keys);
  return parts.map((part) => {
    if (part === "mod") return isMac ? "⌘" : "Ctrl";
    if (part === "shift") return isMac ? "⇧" : "Shift";
    if (part === "alt") return isMac ? "⌥" : "Alt";
    const named = NAMES[part];
    if (named) return named;
    return parts.length > 1 ? part.toUpperCase() : part;
  });
}

/** The value of aria-keyshortcuts for a control that the keys also reach. */
export function ariaKeys(keys: string): string {
  return partsOf(keys)
    .map((part) => (part === "mod" ? "Control" : part))
    .map((part) => (part === "shift" ? "Shift" : part))
    .map((part) => (part === "+" ? "Plus" : part))
    .join("+");
}
