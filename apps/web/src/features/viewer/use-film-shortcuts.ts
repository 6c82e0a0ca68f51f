"use client";

import { useTranslations } from "next-intl";
import type { Shortcut } from "../../components/shortcuts/shortcut-registry.ts";
import { useShortcuts } from "../../components/shortcuts/use-shortcuts.ts";
import type { FilmTools } from "./use-film-tools.ts";
import type { ViewerTool } from "./viewer-contract.ts";

/** The keys of the toolbar's tools, as `ui.md` fixes them for every screen. */
export const TOOL_KEYS: Record<ViewerTool, string> = {
  window: "w",
  zoom: "z",
  pan: "g",
  ruler: "l",
  box: "d",
};

/** A key held longer than this was a peek, not a switch. */
const PEEK_MS = 300;

interface Available {
  /** there is a map or a box to show, and it may be shown */
  hasMap: boolean;
  hasBoxes: boolean;
  canMark: boolean;
}

/** Puts the toolbar on the keyboard. */
export function useFilmShortcuts(tools: FilmTools, available: Available): void {
  const t = useTranslations("viewer");
  const { hasMap, hasBoxes, canMark } = available;
  const toolShortcuts = TOOLS.map((tool): Shortcut => ({
    id: `film.${tool}`,
    keys: TOOL_KEYS[tool],
    label: t(`tool.${tool}`),
    group: "film",
    enabled: tool !== "box" || canMark,
    run: () => tools.setTool(tool),
  }));
  const command = (
    name: "fit" | "invert" | "oneToOne" | "resetWindow",
    keys: string,
  ): Shortcut => ({
    id: `film.${name}`,
    keys,
    label: t(`action.${name}`),
    group: "film",
    run: tools[name],
  });
  useShortcuts([
    ...toolShortcuts,
    command("invert", "i"),
    command("fit", "0"),
    command("oneToOne", "shift+0"),
    command("resetWindow", "shift+W"),
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

export const TOOLS = [
  "window",
  "zoom",
  "pan",
  "ruler",
  "box",
] as const satisfies readonly ViewerTool[];
