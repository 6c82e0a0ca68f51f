import { RectangleROITool, type Types } from "@cornerstonejs/tools";

/**
 * Rectangle marks. Cornerstone's rectangle samples every pixel inside it for
 * area, mean and deviation while it is dragged and writes them beside it; a
 * mark says where, nothing else, so both are left out.
 */
export class MarkTool extends RectangleROITool {
  static override toolName = "Mark";

  constructor(toolProps: Types.PublicToolProps = {}) {
    super(toolProps, {
      supportedInteractionTypes: ["Mouse", "Touch"],
      configuration: {
        calculateStats: false,
        shadow: false,
        getTextLines: () => [],
        preventHandleOutsideImage: false,
      },
    });
  }
}
