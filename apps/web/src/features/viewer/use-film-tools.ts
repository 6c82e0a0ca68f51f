"use client";

import { useLocalStorage } from "@mantine/hooks";
import { useState } from "react";
import {
  DEFAULT_MAP_STYLE,
  parseMapStyle,
  type MapStyle,
} from "./film-overlay.ts";
import type { FilmTool } from "./film-tool.ts";
import { ViewSync } from "./view-sync.ts";
import type { Viewer } from "./viewer-contract.ts";

/** What the toolbar and the keys do to the films on the screen. */
export interface FilmTools {
  tool: FilmTool;
  setTool: (tool: FilmTool) => void;
  isMapOn: boolean;
  toggleMap: () => void;
  areBoxesOn: boolean;
  toggleBoxes: () => void;
  mapStyle: MapStyle;
  setMapStyle: (change: Partial<MapStyle>) => void;
  /** Keeps the viewer of a place on the screen; null takes it away. */
  setViewer: (place: string, viewer: Viewer | null) => void;
  fit: () => void;
  oneToOne: () => void;
  invert: () => void;
  resetWindow: () => void;
  /** Films side by side keep the same zoom and place. */
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
  const [mapStyle, setMapStyle] = useLocalStorage<MapStyle>({
    key: "lung-iris:map-style",
    defaultValue: DEFAULT_MAP_STYLE,
    deserialize: (text) => parseMapStyle(text ?? ""),
  });
  const [viewers] = useState(() => new Map<string, Viewer>());
  const [sync] = useState(() => new ViewSync());
  const [areLinked, setLinked] = useState(true);
  const each = (command: (viewer: Viewer) => void) => () =>
    viewers.forEach(command);
  return {
    tool,
    setTool,
    isMapOn,
    toggleMap: () => setMapOn((before) => !before),
    areBoxesOn,
    toggleBoxes: () => setBoxesOn((before) => !before),
    mapStyle,
    setMapStyle: (change) =>
      setMapStyle((before) => ({ ...before, ...change })),
    setViewer: (place, viewer) => {
      if (viewer) viewers.set(place, viewer);
      else viewers.delete(place);
      sync.set(place, viewer);
    },
    fit: each((viewer) => viewer.fit()),
    oneToOne: () => {
      const [first] = viewers.values();
      // Linked films follow the first; each at its own would pull both ways.
      if (areLinked) first?.oneToOne();
      else viewers.forEach((viewer) => viewer.oneToOne());
    },
    invert: each((viewer) => viewer.setInverted(!viewer.view()?.inverted)),
    resetWindow: each((viewer) => viewer.resetWindow()),
    areLinked,
    toggleLinked: () => {
      setLinked(!areLinked);
      sync.setOn(!areLinked);
    },
  };
}
