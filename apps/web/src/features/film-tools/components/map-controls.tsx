"use client";

import { Select, Slider } from "@mantine/core";
import { IconFlame, IconSquareDashed } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { COLOR_SCALES } from "../../film-layers/color-scale.ts";
import type { FilmTools } from "../use-film-tools.ts";
import { ToolButton } from "./tool-button.tsx";
import styles from "./viewer-toolbar.module.css";

interface MapControlsProps {
  tools: FilmTools;
  hasMap: boolean;
  hasBoxes: boolean;
  /** what the AI says is on its way: nothing is missing yet */
  isLoading: boolean;
}

/** Map on and off, its strength and colours, and the AI's boxes. */
export function MapControls(props: MapControlsProps) {
  const { tools, hasMap, hasBoxes, isLoading } = props;
  const t = useTranslations("viewer");
  return (
    <>
      <ToolButton
        label={t("action.map")}
        keys="m"
        isAi
        isOn={hasMap && tools.isMapOn}
        whyNot={hasMap ? undefined : t(isLoading ? "whyNot.coming" : "noMap")}
        onClick={tools.toggleMap}
      >
        <IconFlame size={18} aria-hidden />
      </ToolButton>
      {hasMap || isLoading ? (
        <MapStyleFields tools={tools} isDisabled={!hasMap} />
      ) : null}
      <span className={styles.note} role="status">
        {hasMap || isLoading ? "" : t("noMap")}
      </span>
      <ToolButton
        label={t("action.boxes")}
        keys="b"
        isAi
        isOn={hasBoxes && tools.areBoxesOn}
        whyNot={
          hasBoxes ? undefined : t(isLoading ? "whyNot.coming" : "whyNot.boxes")
        }
        onClick={tools.toggleBoxes}
      >
        <IconSquareDashed size={18} aria-hidden />
      </ToolButton>
    </>
  );
}

interface MapStyleFieldsProps {
  tools: FilmTools;
  isDisabled: boolean;
}

/** How strong the map is drawn, and in which colours. */
function MapStyleFields({ tools, isDisabled }: MapStyleFieldsProps) {
  const t = useTranslations("viewer");
  const format = useFormatter();
  const { mapStyle, setMapStyle } = tools;
  return (
    <>
      <Slider
        className={styles.slider}
        size="sm"
        color="violet"
        min={10}
        max={100}
        step={5}
        label={null}
        thumbLabel={t("opacity")}
        disabled={isDisabled}
        value={Math.round(mapStyle.opacity * 100)}
        onChange={(percent) => setMapStyle({ opacity: percent / 100 })}
      />
      <span className={styles.percent}>
        {format.number(mapStyle.opacity, { style: "percent" })}
      </span>
      <Select
        w="6.75rem"
        size="xs"
        aria-label={t("scale.label")}
        allowDeselect={false}
        disabled={isDisabled}
        data={COLOR_SCALES.map((scale) => ({
          value: scale,
          label: t(`scale.${scale}`),
        }))}
        value={mapStyle.scale}
        onChange={(value) => {
          const scale = COLOR_SCALES.find((known) => known === value);
          if (scale) setMapStyle({ scale });
        }}
      />
    </>
  );
}
