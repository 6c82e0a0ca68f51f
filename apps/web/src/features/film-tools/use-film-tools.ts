"use client";

import { useLocalStorage } from "@mantine/hooks";
import { useRef, useState } from "react";
import { automaticWindow } from "../film-windows/automatic-window.ts";
import {
  DEFAULT_MAP_STYLE,
  parseMapStyle,
  type MapStyle,
} from "../film-layers/film-overlay.ts";
import type { FilmTool } from "./film-tool.ts";
import { type KeyLike, steer } from "../viewer/steer.ts";
import { type Turn, turned } from "../viewer/turn-film.ts";
import { ViewSync } from "../viewer/view-sync.ts";
import type { Viewer } from "../viewer/viewer-contract.ts";
import { useOwnWindows } from "../film-windows/use-own-windows.ts";
import {
  fromRelative,
  presetWindow,
  toRelative,
  type WindowPreset,
} from "../film-windows/window-presets.ts";
import { WindowSync } from "../film-windows/window-sync.ts";

/** What the toolbar and the keys do to the films on the screen. */
export interface FilmTools {
  tool: FilmTool;
  setTool: (tool: FilmTool) => void;
  isMapOn: boolean;
  toggleMap: () => void;
  areBoxesOn: boolean;
  toggleBoxes: () => void;
  /** Drawings that came with a film are shown over it. */
  areDrawingsOn: boolean;
  toggleDrawings: () => void;
  mapStyle: MapStyle;
  setMapStyle: (change: Partial<MapStyle>) => void;
  /** Keeps the viewer of a place on the screen; null takes it away. */
  setViewer: (place: string, viewer: Viewer | null) => void;
  /** the film that `turn` is for: the one used last */
  setActive: (place: string) => void;
  turn: (turn: Turn) => void;
  /** The person's own window of that key, else the preset. */
  showPreset: (preset: WindowPreset) => void;
  /** Whether the person keeps a window of his own under the preset's key. */
  hasOwn: (preset: WindowPreset) => boolean;
  /** Keeps the window of the film used last under the preset's key. */
  keepWindow: (preset: WindowPreset) => void;
  forgetWindow: (preset: WindowPreset) => void;
  isLensOn: boolean;
  toggleLens: () => void;
  fit: () => void;
  oneToOne: () => void;
  invert: () => void;
  /**
   * Moves the film used last by a key; see steer.ts.
   * @returns whether the key meant anything
   */
  steer: (press: KeyLike) => boolean;
  resetWindow: () => void;
  /** The window that each film's own values ask for. */
  showAutomatic: () => void;
  /** Films side by side keep the same zoom, place and window. */
  areLinked: boolean;
  toggleLinked: () => void;
}

/**
 * The state behind the toolbar. Commands go to every film on the screen, so
 * that a prior beside the film stays comparable.
 */
export function useFilmTools(): FilmTools {
  const [tool, setTool] = useState<FilmTool>("window");
  const [isMapOn, setMapOn] = useState(false);
  const [areBoxesOn, setBoxesOn] = useState(false);
  // They are part of what was sent: whoever does not want them says so.
  const [areDrawingsOn, setDrawingsOn] = useState(true);
  const [mapStyle, setMapStyle] = useLocalStorage<MapStyle>({
    key: "lung-iris:map-style",
    defaultValue: DEFAULT_MAP_STYLE,
    deserialize: (text) => parseMapStyle(text ?? ""),
  });
  const [viewers] = useState(() => new Map<string, Viewer>());
  const active = useRef<string | null>(null);
  const [isLensOn, setLensOn] = useState(false);
  const [views] = useState(() => new ViewSync());
  const [windows] = useState(() => new WindowSync());
  const [areLinked, setLinked] = useState(true);
  const each = (command: (viewer: Viewer) => void) => () =>
    viewers.forEach(command);
  const own = useOwnWindows();
  const activeViewer = () => {
    const [first] = viewers.values();
    return viewers.get(active.current ?? "") ?? first;
  };
  return {
    tool,
    setTool,
    isMapOn,
    toggleMap: () => setMapOn((before) => !before),
    areBoxesOn,
    toggleBoxes: () => setBoxesOn((before) => !before),
    areDrawingsOn,
    toggleDrawings: () => setDrawingsOn((before) => !before),
    mapStyle,
    setMapStyle: (change) =>
      setMapStyle((before) => ({ ...before, ...change })),
    setViewer: (place, viewer) => {
      if (viewer) viewers.set(place, viewer);
      else viewers.delete(place);
      views.set(place, viewer);
      windows.set(place, viewer);
    },
    setActive: (place) => {
      active.current = place;
    },
    turn: (turn) => {
      // A film that cannot be drawn turned stays as it is.
      void activeViewer()?.orient((before) => turned(before, turn));
    },
    showPreset: (preset) =>
      windows.show((film) => {
        const kept = own.of(preset);
        return kept
          ? fromRelative(kept, film.window)
          : presetWindow(preset, film);
      }),
    hasOwn: (preset) => own.of(preset) !== null,
    keepWindow: (preset) => {
      const viewer = activeViewer();
      const film = viewer?.film();
      const view = viewer?.view();
      if (!film || !view) return;
      void own.keep(preset, toRelative(view.window, film.window));
    },
    forgetWindow: (preset) => void own.forget(preset),
    isLensOn,
    toggleLens: () => setLensOn((before) => !before),
    fit: each((viewer) => viewer.fit()),
    oneToOne: () => {
      const [first] = viewers.values();
      // Linked films follow the first; each at its own would pull both ways.
      if (areLinked) first?.oneToOne();
      else viewers.forEach((viewer) => viewer.oneToOne());
    },
    invert: each((viewer) => viewer.setInverted(!viewer.view()?.inverted)),
    steer: (press) => {
      const viewer = activeViewer();
      const film = viewer?.film();
      return viewer && film ? steer(viewer, film, press) : false;
    },
    resetWindow: () => windows.show(({ window }) => window),
    showAutomatic: () => windows.show(automaticWindow),
    areLinked,
    toggleLinked: () => {
      setLinked(!areLinked);
      views.setOn(!areLinked);
      windows.setOn(!areLinked);
    },
  };
}
