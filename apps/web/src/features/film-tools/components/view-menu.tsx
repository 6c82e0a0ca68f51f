"use client";

import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import {
  IconAdjustments,
  IconFlipVertical,
  IconRefresh,
  IconRotate2,
  IconRotateClockwise2,
} from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { Keys } from "../../../components/shortcuts/keys.tsx";
import { TURN_KEYS, TURNS } from "../../viewer/turn-film.ts";
import type { FilmTools } from "../use-film-tools.ts";
import {
  AUTOMATIC_KEY,
  WINDOW_KEYS,
  WINDOW_PRESETS,
} from "../../film-windows/window-presets.ts";

const ICON = 18;

const TURN_ICONS = {
  clockwise: IconRotateClockwise2,
  counterclockwise: IconRotate2,
  mirror: IconFlipVertical,
} as const;

/** Windows to choose from, and turns: what needs a word beside its sign. */
export function ViewMenu({ tools }: { tools: FilmTools }) {
  const t = useTranslations("viewer");
  return (
    <Menu position="top-start" shadow="md">
      <Menu.Target>
        <Tooltip label={t("menu.label")} position="bottom">
          <ActionIcon size={32} aria-label={t("menu.label")}>
            <IconAdjustments size={ICON} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("menu.window")}</Menu.Label>
        <Menu.Item
          leftSection={<IconRefresh size={ICON} aria-hidden />}
          rightSection={<Keys keys="shift+W" />}
          onClick={tools.resetWindow}
        >
          {t("action.resetWindow")}
        </Menu.Item>
        <Menu.Item
          rightSection={<Keys keys={AUTOMATIC_KEY} />}
          onClick={tools.showAutomatic}
        >
          {t("action.showAutomatic")}
        </Menu.Item>
        {WINDOW_PRESETS.map((preset) => (
          <Menu.Item
            key={preset}
            rightSection={<Keys keys={WINDOW_KEYS[preset]} />}
            onClick={() => tools.showPreset(preset)}
          >
            {tools.hasOwn(preset)
              ? t("own.name", { name: t(`preset.${preset}`) })
              : t(`preset.${preset}`)}
          </Menu.Item>
        ))}
        <Menu.Sub>
          <Menu.Sub.Target>
            <Menu.Sub.Item>{t("own.keep")}</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            {WINDOW_PRESETS.map((preset) => (
              <Menu.Item
                key={preset}
                rightSection={<Keys keys={WINDOW_KEYS[preset]} />}
                onClick={() => tools.keepWindow(preset)}
              >
                {t("own.inPlaceOf", { name: t(`preset.${preset}`) })}
              </Menu.Item>
            ))}
          </Menu.Sub.Dropdown>
        </Menu.Sub>
        {WINDOW_PRESETS.filter((preset) => tools.hasOwn(preset)).map(
          (preset) => (
            <Menu.Item key={preset} onClick={() => tools.forgetWindow(preset)}>
              {t("own.forget", { name: t(`preset.${preset}`) })}
            </Menu.Item>
          ),
        )}
        <Menu.Divider />
        <Menu.Label>{t("menu.turn")}</Menu.Label>
        {TURNS.map((turn) => {
          const Icon = TURN_ICONS[turn];
          return (
            <Menu.Item
              key={turn}
              leftSection={<Icon size={ICON} aria-hidden />}
              rightSection={<Keys keys={TURN_KEYS[turn]} />}
              onClick={() => tools.turn(turn)}
            >
              {t(`turn.${turn}`)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
