import { getConfiguration, init as initCore } from "@cornerstonejs/core";
import { getRenderingCapabilities } from "@cornerstonejs/core/utilities/renderingCapabilities";
import { addTool, init as initTools, PanTool } from "@cornerstonejs/tools";
import type { ViewerOptions } from "../src/features/viewer/viewer-contract.ts";
import { registerFilmLoader } from "./film-loader.ts";
import { FilmWindowTool } from "./film-window-tool.ts";
import { FilmZoomTool } from "./film-zoom-tool.ts";

/** The film and the priors beside it share one context, one after another. */
const WEBGL_CONTEXTS = 1;

let backend: "cpu" | "gpu" | undefined;

/**
 * Starts Cornerstone, once for the page: it keeps its image cache, loaders
 * and tools in module state of its own.
 */
export function startCornerstone(
  wanted: ViewerOptions["backend"],
): "cpu" | "gpu" {
  if (backend) return backend;
  backend = chooseBackend(wanted ?? "auto");
  initCore({
    ...getConfiguration(),
    rendering: {
      ...getConfiguration().rendering,
      useCPURendering: backend === "cpu",
      webGlContextCount: WEBGL_CONTEXTS,
    },
  });
  initTools();
  for (const tool of [FilmWindowTool, FilmZoomTool, PanTool]) {
    addTool(tool);
  }
  registerFilmLoader();
  return backend;
}

/**
 * WebGL only where a graphics processor and 32-bit float textures stand behind
 * it: an emulated one is slower than Cornerstone's own processor path, and
 * smaller textures would round 16-bit films.
 */
function chooseBackend(wanted: "auto" | "cpu" | "gpu"): "cpu" | "gpu" {
  if (wanted !== "auto") return wanted;
  const capabilities = getRenderingCapabilities();
  return capabilities.webgl2 &&
    capabilities.floatLinear &&
    !capabilities.softwareRasterizer
    ? "gpu"
    : "cpu";
}
