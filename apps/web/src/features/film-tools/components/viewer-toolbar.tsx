"use client";

import {
  IconAngle,
  IconArrowsMove,
  IconContrast,
  IconContrastOff,
  IconHeartbeat,
  IconLassoPolygon,
  IconMaximize,
  IconOval,
  IconRuler2,
  IconSquareToggle,
  IconStackFront,
  IconZoomIn,
  IconZoomScan,
} from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ComponentType, ReactNode } from "react";
import { FILM_TOOLS, type FilmTool, TOOL_KEYS } from "../film-tool.ts";
import type { FilmTools } from "../use-film-tools.ts";
import { ToolButton } from "./tool-button.tsx";
import { ViewMenu } from "./view-menu.tsx";
import styles from "./viewer-toolbar.module.css";

const ICON = 18;

const TOOL_ICONS: Record<
  FilmTool,
  ComponentType<{ size?: number; "aria-hidden"?: boolean }>
> = {
  window: IconContrast,
  zoom: IconZoomIn,
  pan: IconArrowsMove,
  ruler: IconRuler2,
  angle: IconAngle,
  ratio: IconHeartbeat,
  box: IconSquareToggle,
  ellipse: IconOval,
  freehand: IconLassoPolygon,
};

/**
 * What was drawn over the films on the screen before they came: nothing,
 * something, or something that a blind reader gets with the AI's answer.
 */
export type FilmDrawings = "none" | "shown" | "kept";

interface ViewerToolbarProps {
  tools: FilmTools;
  canUse: (tool: FilmTool) => boolean;
  drawings: FilmDrawings;
  /** the AI's controls, while it is revealed */
  ai?: ReactNode;
  /** at the end of the line: compare, full screen */
  end?: ReactNode;
}

/** Everything that acts on the film; it stands below it, never on it. */
export function ViewerToolbar({
  tools,
  canUse,
  drawings,
  ai,
  end,
}: ViewerToolbarProps) {
  const t = useTranslations("viewer");
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={t("toolbar")}>
      <div className={styles.group}>
        {FILM_TOOLS.map((tool) => {
          const Icon = TOOL_ICONS[tool];
          return (
            <ToolButton
              key={tool}
              label={t(`tool.${tool}`)}
              keys={TOOL_KEYS[tool]}
              isOn={tools.tool === tool}
              whyNot={canUse(tool) ? undefined : t("whyNot.mark")}
              onClick={() => tools.setTool(tool)}
            >
              <Icon size={ICON} aria-hidden />
            </ToolButton>
          );
        })}
      </div>
      <Commands tools={tools} />
      {drawings !== "none" ? (
        <div className={styles.group}>
          <ToolButton
            label={t("action.drawings")}
            keys="shift+D"
            isOn={drawings === "shown" && tools.areDrawingsOn}
            whyNot={drawings === "kept" ? t("whyNot.drawings") : undefined}
            onClick={tools.toggleDrawings}
          >
            <IconStackFront size={ICON} aria-hidden />
          </ToolButton>
        </div>
      ) : null}
      {ai ? <div className={styles.group}>{ai}</div> : null}
      {end ? (
        <div className={`${styles.group} ${styles.end}`}>{end}</div>
      ) : null}
    </div>
  );
}

function Commands({ tools }: { tools: FilmTools }) {
  const t = useTranslations("viewer");
  return (
    <div className={styles.group}>
      <ToolButton label={t("action.invert")} keys="i" onClick={tools.invert}>
        <IconContrastOff size={ICON} aria-hidden />
      </ToolButton>
      <ViewMenu tools={tools} />
      <ToolButton
        label={t("action.lens")}
        keys="q"
        isOn={tools.isLensOn}
        onClick={tools.toggleLens}
      >
        <IconZoomScan size={ICON} aria-hidden />
      </ToolButton>
      <ToolButton label={t("action.fit")} keys="0" onClick={tools.fit}>
        <IconMaximize size={ICON} aria-hidden />
      </ToolButton>
      <ToolButton
        label={t("action.oneToOne")}
        keys="shift+0"
        onClick={tools.oneToOne}
      >
        <span className={styles.oneToOne}>1:1</span>
      </ToolButton>
    </div>
  );
}
