import type { MarkKind } from "../../gql/graphql.ts";
import { isRegion } from "../marks/shape.ts";
import type { ViewerTool } from "../viewer/viewer-contract.ts";

/** What the main button does on a film, in the order of the toolbar. */
export const FILM_TOOLS = [
  "window",
  "zoom",
  "pan",
  "ruler",
  "angle",
  "ratio",
  "box",
  "ellipse",
  "freehand",
] as const;

export type FilmTool = (typeof FILM_TOOLS)[number];

/** The keys of the tools; `ui.md` fixes the first ones for every screen. */
export const TOOL_KEYS: Record<FilmTool, string> = {
  window: "w",
  zoom: "z",
  pan: "g",
  ruler: "l",
  box: "d",
  ellipse: "e",
  freehand: "x",
  angle: "v",
  // h alone agrees with the AI in part
  ratio: "shift+H",
};

const DRAWN_BY: Readonly<Partial<Record<FilmTool, MarkKind>>> = {
  ruler: "RULER",
  angle: "ANGLE",
  ratio: "RATIO",
  box: "BOX",
  ellipse: "ELLIPSE",
  freehand: "FREEHAND",
};

/** What a tool draws; null for one that changes the view. */
export function drawnBy(tool: FilmTool): MarkKind | null {
  return DRAWN_BY[tool] ?? null;
}

/** Whether a tool is on: regions are for who may mark, measuring for all. */
export function canUse(tool: FilmTool, canMark: boolean): boolean {
  const kind = drawnBy(tool);
  return canMark || kind === null || !isRegion(kind);
}

/**
 * What the viewer's main button does under a tool.
 * @param isDrawing whether the page draws; where it may not, the button does
 * what it does at first
 */
export function viewerTool(tool: FilmTool, isDrawing: boolean): ViewerTool {
  if (isDrawing) return "none";
  return tool === "zoom" || tool === "pan" ? tool : "window";
}
