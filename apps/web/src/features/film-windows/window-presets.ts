import type { Film, VoiWindow } from "../viewer/viewer-contract.ts";
import { fullWindow } from "./window-level.ts";

/** Windows that every film has, in the order of their keys. */
export const WINDOW_PRESETS = [
  "lungs",
  "mediastinum",
  "edges",
  "soft",
  "all",
] as const;

export type WindowPreset = (typeof WINDOW_PRESETS)[number];

export const WINDOW_KEYS: Record<WindowPreset, string> = {
  lungs: "5",
  mediastinum: "6",
  edges: "7",
  soft: "8",
  all: "9",
};

/** The window that the film's own values ask for; nobody keeps another there. */
export const AUTOMATIC_KEY = "shift+A";

/** A window in terms of a film's own, which other films can follow. */
export interface RelativeWindow {
  /** from the film's own centre, in widths of its own window */
  readonly shift: number;
  /** in widths of its own window */
  readonly width: number;
}

/**
 * Radiographs have no scale as CT has: values differ by maker and dose, and
 * the film's own window is what its maker chose for it. So each preset says
 * how it differs from that. Film values are MONOCHROME2: air is dark.
 */
const RELATIVE: Record<Exclude<WindowPreset, "all">, RelativeWindow> = {
  /** the darker half, steeper: what lies over air */
  lungs: { shift: -0.15, width: 0.7 },
  /** the brighter half, steeper: spine, heart, what lies behind it */
  mediastinum: { shift: 0.2, width: 0.6 },
  /** steep in the middle: lines, tubes, pleural edges */
  edges: { shift: 0, width: 0.45 },
  /** flat: nothing is clipped that the film's own window shows */
  soft: { shift: 0, width: 1.5 },
};

/** The window of a film under a preset. */
export function presetWindow(
  preset: WindowPreset,
  film: Pick<Film, "window" | "maxValue">,
): VoiWindow {
  return preset === "all"
    ? fullWindow(film.maxValue)
    : fromRelative(RELATIVE[preset], film.window);
}

/** A relative window in the values of a film. */
export function fromRelative(
  { shift, width }: RelativeWindow,
  own: VoiWindow,
): VoiWindow {
  return { center: own.center + shift * own.width, width: width * own.width };
}

/** How a window differs from a film's own. */
export function toRelative(window: VoiWindow, own: VoiWindow): RelativeWindow {
  return {
    shift: (window.center - own.center) / own.width,
    width: window.width / own.width,
  };
}
