"use client";

import { useTranslations } from "next-intl";
import type { Shortcut } from "../../components/shortcuts/shortcut-registry.ts";
import { useShortcuts } from "../../components/shortcuts/use-shortcuts.ts";
import { FILM_TOOLS, type FilmTool, TOOL_KEYS } from "./film-tool.ts";
import { TURN_KEYS, TURNS } from "../viewer/turn-film.ts";
import type { FilmTools } from "./use-film-tools.ts";
import {
  AUTOMATIC_KEY,
  WINDOW_KEYS,
  WINDOW_PRESETS,
} from "../film-windows/window-presets.ts";

/** A key held longer than this was a peek, not a switch. */
const PEEK_MS = 300;

const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"] as const;

/** Nothing on the page has the focus. */
function isFree({ target }: KeyboardEvent): boolean {
  return target === document.body;
}

interface Available {
  /** there is a map or a box to show, and it may be shown */
  hasMap: boolean;
  hasBoxes: boolean;
  /** something was drawn over a film on the screen before it came */
  hasDrawings: boolean;
  /** tools that draw what the reader may not mark are off */
  canUse: (tool: FilmTool) => boolean;
}

/** Puts the toolbar on the keyboard. */
export function useFilmShortcuts(tools: FilmTools, available: Available): void {
  const t = useTranslations("viewer");
  const { hasMap, hasBoxes, hasDrawings, canUse } = available;
  const toolShortcuts = FILM_TOOLS.map((tool): Shortcut => ({
    id: `film.${tool}`,
    keys: TOOL_KEYS[tool],
    label: t(`tool.${tool}`),
    group: "film",
    enabled: canUse(tool),
    run: () => tools.setTool(tool),
  }));
  const command = (
    name: "fit" | "invert" | "oneToOne" | "resetWindow" | "showAutomatic",
    keys: string,
  ): Shortcut => ({
    id: `film.${name}`,
    keys,
    label: t(`action.${name}`),
    group: "film",
    run: tools[name],
  });
  const steering = (
    name: "zoomIn" | "zoomOut" | "move" | "shiftWindow",
    keys: readonly string[],
    run: Shortcut["run"],
  ): Shortcut => ({
    id: `film.${name}`,
    keys,
    label: t(`steer.${name}`),
    group: "film",
    repeats: true,
    hiddenInPalette: true,
    run,
  });
  useShortcuts([
    ...toolShortcuts,
    steering("zoomIn", ["+", "="], tools.steer),
    steering("zoomOut", ["-"], tools.steer),
    // Arrows belong to whatever has the focus; to the film where nothing has.
    steering("move", ARROWS, (press) => isFree(press) && tools.steer(press)),
    steering(
      "shiftWindow",
      ARROWS.map((arrow) => `shift+${arrow}`),
      (press) => isFree(press) && tools.steer(press),
    ),
    command("invert", "i"),
    command("fit", "0"),
    command("oneToOne", "shift+0"),
    command("resetWindow", "shift+W"),
    command("showAutomatic", AUTOMATIC_KEY),
    ...WINDOW_PRESETS.map((preset): Shortcut => ({
      id: `film.window.${preset}`,
      keys: WINDOW_KEYS[preset],
      label: t("presetOf", { name: t(`preset.${preset}`) }),
      group: "film",
      run: () => tools.showPreset(preset),
    })),
    ...TURNS.map((turn): Shortcut => ({
      id: `film.${turn}`,
      keys: TURN_KEYS[turn],
      label: t(`turn.${turn}`),
      group: "film",
      run: () => tools.turn(turn),
    })),
    {
      id: "film.lens",
      keys: "q",
      label: t("action.lens"),
      group: "film",
      run: tools.toggleLens,
    },
    {
      id: "film.drawings",
      keys: "shift+D",
      label: t("action.drawings"),
      group: "film",
      enabled: hasDrawings,
      run: tools.toggleDrawings,
    },
    {
      id: "film.map",
      keys: "m",
      label: t("action.map"),
      group: "film",
      enabled: hasMap,
      run: tools.toggleMap,
      release: (heldMs) => {
        if (heldMs > PEEK_MS) tools.toggleMap();
      },
    },
    {
      id: "film.boxes",
      keys: "b",
      label: t("action.boxes"),
      group: "film",
      enabled: hasBoxes,
      run: tools.toggleBoxes,
    },
  ]);
}
