import {
  annotation,
  Enums,
  LengthTool,
  PanTool,
  ToolGroupManager,
  WindowLevelTool,
  ZoomTool,
  type Types,
} from "@cornerstonejs/tools";
import type {
  ViewerOptions,
  ViewerTool,
} from "../src/features/viewer/viewer-contract.ts";
import { MarkTool } from "./mark-tool.ts";

const { MouseBindings } = Enums;

/** Cornerstone types a tool's static name as any. */
function nameOf(tool: { readonly toolName: unknown }): string {
  return String(tool.toolName);
}

const TOOL_NAMES: Record<ViewerTool, string> = {
  window: nameOf(WindowLevelTool),
  zoom: nameOf(ZoomTool),
  pan: nameOf(PanTool),
  ruler: nameOf(LengthTool),
  box: nameOf(MarkTool),
};

export interface ViewerTools {
  readonly activate: (tool: ViewerTool) => void;
  /** Whether marks may be drawn, moved and resized. */
  readonly setMarksEditable: (editable: boolean) => void;
  readonly destroy: () => void;
}

interface LengthData {
  readonly handles?: { readonly points?: readonly (readonly number[])[] };
}

/**
 * The tools of one viewer. Whatever the main button does, the middle one pans
 * and the right one zooms, as on other radiology workstations.
 * @param unit of Cornerstone's world: mm where the film's spacing is known
 */
export function createTools(
  viewportId: string,
  engineId: string,
  options: ViewerOptions,
  unit: () => "mm" | "px",
): ViewerTools {
  const group = ToolGroupManager.createToolGroup(`tools-${viewportId}`);
  if (!group) throw new Error(`A viewer named ${viewportId} exists already`);
  addTools(group, options, unit);
  group.addViewport(viewportId, engineId);
  styleAnnotations(group.id, options);

  let active: ViewerTool = "window";
  let editable = false;
  const apply = () => {
    for (const name of Object.values(TOOL_NAMES)) group.setToolPassive(name);
    if (!editable) group.setToolEnabled(TOOL_NAMES.box);
    if (active !== "box" || editable) {
      bind(group, TOOL_NAMES[active], MouseBindings.Primary);
    }
    if (active !== "pan") bind(group, TOOL_NAMES.pan);
    if (active !== "zoom") bind(group, TOOL_NAMES.zoom);
  };
  apply();
  return {
    activate: (tool) => {
      active = tool;
      apply();
    },
    setMarksEditable: (next) => {
      editable = next;
      apply();
    },
    destroy: () => ToolGroupManager.destroyToolGroup(group.id),
  };
}

function addTools(
  group: Types.IToolGroup,
  options: ViewerOptions,
  unit: () => "mm" | "px",
): void {
  group.addTool(TOOL_NAMES.window);
  group.addTool(TOOL_NAMES.pan);
  group.addTool(TOOL_NAMES.zoom, {
    minZoomScale: 0.2,
    maxZoomScale: 40,
  });
  group.addTool(TOOL_NAMES.box);
  group.addTool(TOOL_NAMES.ruler, {
    // its undo and redo keys (z, y) belong to the page's own shortcuts
    actions: {},
    getTextLines: (data: LengthData) => [
      options.formatLength(lengthOf(data), unit()),
    ],
  });
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

/** Euclidean length of a two-point line, in world units. */
function lengthOf(data: LengthData): number {
  const [from, to] = data.handles?.points ?? [];
  if (!from || !to) return 0;
  return Math.hypot(...from.map((value, axis) => (to[axis] ?? 0) - value));
}

function styleAnnotations(groupId: string, { colors }: ViewerOptions): void {
  annotation.config.style.setToolGroupToolStyles(groupId, {
    global: {
      lineWidth: "1.5",
      shadow: false,
      textBoxFontFamily: "inherit",
      textBoxFontSize: "13px",
      textBoxLinkLineDash: "2,3",
    },
    [TOOL_NAMES.box]: {
      color: colors.mark,
      colorHighlighted: colors.markActive,
      colorSelected: colors.markActive,
      colorLocked: colors.mark,
    },
    [TOOL_NAMES.ruler]: {
      color: colors.ruler,
      colorHighlighted: colors.ruler,
      colorSelected: colors.ruler,
      textBoxColor: colors.ruler,
      textBoxColorHighlighted: colors.ruler,
      textBoxColorSelected: colors.ruler,
    },
  });
}
