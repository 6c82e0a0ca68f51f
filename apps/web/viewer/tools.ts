import {
  Enums,
  PanTool,
  ToolGroupManager,
  type Types,
} from "@cornerstonejs/tools";
import type { ViewerTool } from "../src/features/viewer/viewer-contract.ts";
import { FilmWindowTool } from "./film-window-tool.ts";
import { FilmZoomTool } from "./film-zoom-tool.ts";
import { ZOOM_BOUNDS } from "./zoom-bounds.ts";

const { MouseBindings } = Enums;

/** Cornerstone types a tool's static name as any. */
function nameOf(tool: { readonly toolName: unknown }): string {
  return String(tool.toolName);
}

const TOOL_NAMES = {
  window: nameOf(FilmWindowTool),
  zoom: nameOf(FilmZoomTool),
  pan: nameOf(PanTool),
} as const satisfies Partial<Record<ViewerTool, string>>;

export interface ViewerTools {
  readonly activate: (tool: ViewerTool) => void;
  readonly destroy: () => void;
}

/**
 * The tools of one viewer. Whatever the main button does, the middle one pans
 * and the right one zooms, as on other radiology workstations. With "none" the
 * main button is the page's, which draws over the film.
 */
export function createTools(viewportId: string, engineId: string): ViewerTools {
  const group = ToolGroupManager.createToolGroup(`tools-${viewportId}`);
  if (!group) throw new Error(`A viewer named ${viewportId} exists already`);
  group.addTool(TOOL_NAMES.window);
  group.addTool(TOOL_NAMES.pan);
  group.addTool(TOOL_NAMES.zoom, {
    minZoomScale: ZOOM_BOUNDS.least,
    maxZoomScale: ZOOM_BOUNDS.most,
    // up is in, as on other viewers
    invert: true,
    // two fingers are touch.ts's, on every tool
    pinchToZoom: false,
  });
  group.addViewport(viewportId, engineId);
  const activate = (tool: ViewerTool) => {
    for (const name of Object.values(TOOL_NAMES)) group.setToolPassive(name);
    if (tool !== "none") bind(group, TOOL_NAMES[tool], MouseBindings.Primary);
    if (tool !== "pan") bind(group, TOOL_NAMES.pan);
    if (tool !== "zoom") bind(group, TOOL_NAMES.zoom);
  };
  activate("window");
  return {
    activate,
    destroy: () => ToolGroupManager.destroyToolGroup(group.id),
  };
}

type Binding = Types.SetToolBindingsType["bindings"][number];

function bind(
  group: Types.IToolGroup,
  name: string,
  primary?: typeof MouseBindings.Primary,
): void {
  const bindings: Binding[] = [];
  if (primary !== undefined) bindings.push({ mouseButton: primary });
  if (name === TOOL_NAMES.pan) {
    bindings.push({ mouseButton: MouseBindings.Auxiliary });
  }
  if (name === TOOL_NAMES.zoom) {
    bindings.push({ mouseButton: MouseBindings.Secondary });
  }
  group.setToolActive(name, { bindings });
}
