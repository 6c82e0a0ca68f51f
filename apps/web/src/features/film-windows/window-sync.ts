import type {
  Film,
  Viewer,
  ViewState,
  VoiWindow,
} from "../viewer/viewer-contract.ts";
import { usableWindow } from "./window-level.ts";
import { fromRelative, toRelative } from "./window-presets.ts";

type Followed = Pick<Viewer, "film" | "view" | "onViewChange" | "setWindow">;

interface Entry {
  readonly viewer: Followed;
  readonly stop: () => void;
  filmId: string | null;
  /** where the window is, or was told to go */
  window: VoiWindow | null;
}

/**
 * Gives films that stand side by side the same window, whichever of them is
 * changed: the same in terms of each film's own, since their values differ.
 */
export class WindowSync {
  readonly #entries = new Map<string, Entry>();
  #isOn = true;

  /** Switched on again, the others follow the first one. */
  setOn(isOn: boolean): void {
    this.#isOn = isOn;
    const [first] = this.#entries.values();
    if (isOn && first) this.#lead(first);
  }

  /** Puts a viewer in a place, where it follows the others; null takes it. */
  set(place: string, viewer: Followed | null): void {
    this.#entries.get(place)?.stop();
    this.#entries.delete(place);
    if (!viewer) return;
    const [first] = this.#entries.values();
    const entry: Entry = {
      viewer,
      stop: viewer.onViewChange((view) => this.#changed(entry, view)),
      filmId: viewer.view()?.filmId ?? null,
      window: viewer.view()?.window ?? null,
    };
    this.#entries.set(place, entry);
    if (this.#isOn && first) follow(first, entry);
  }

  /** Gives every film the window that is its own by a rule. */
  show(windowOf: (film: Film) => VoiWindow): void {
    for (const entry of this.#entries.values()) {
      const film = entry.viewer.film();
      if (film) tell(entry, film, windowOf(film));
    }
  }

  #changed(entry: Entry, { filmId, window }: ViewState): void {
    const { window: before } = entry;
    const isOther = filmId !== entry.filmId;
    if (!isOther && before && isNear(before, window)) return;
    entry.filmId = filmId;
    entry.window = window;
    // Another film comes with its own window and changes nobody else's.
    if (this.#isOn && !isOther) this.#lead(entry);
  }

  #lead(leader: Entry): void {
    for (const entry of this.#entries.values()) {
      if (entry !== leader) follow(leader, entry);
    }
  }
}

function follow(leader: Entry, entry: Entry): void {
  const own = leader.viewer.film();
  const film = entry.viewer.film();
  if (!own || !film || !leader.window) return;
  const relative = toRelative(leader.window, own.window);
  tell(entry, film, fromRelative(relative, film.window));
}

function tell(entry: Entry, film: Film, window: VoiWindow): void {
  entry.window = usableWindow(window, film.maxValue);
  entry.viewer.setWindow(entry.window);
}

/** A viewer reports what it was told but for rounding; in parts of the width. */
const ROUNDING = 1e-3;

function isNear(a: VoiWindow, b: VoiWindow): boolean {
  const tolerance = ROUNDING * a.width;
  return (
    Math.abs(a.width - b.width) <= tolerance &&
    Math.abs(a.center - b.center) <= tolerance
  );
}
