"use client";

import { SegmentedControl } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { shareText } from "../monitoring-format.ts";
import type { Monitoring, Share, Subgroup } from "../use-monitoring.ts";
import { Panel, PanelTable, type Table } from "./panel.tsx";

const DIMENSIONS = ["SOURCE", "AGE", "SEX"] as const;
type Dimension = (typeof DIMENSIONS)[number];

/** How the AI does on parts of the films, with intervals. */
export function SubgroupPanel({ subgroups }: Pick<Monitoring, "subgroups">) {
  const t = useTranslations("monitoring.subgroups");
  const [by, setBy] = useState<Dimension>("SOURCE");
  const table = useTable(subgroups.filter(({ dimension }) => dimension === by));
  return (
    <Panel
      title={t("title")}
      text={t("text")}
      width="whole"
      fileName={`monitoring-by-${by.toLowerCase()}`}
      table={table}
      controls={
        <SegmentedControl
          size="xs"
          aria-label={t("by")}
          data={DIMENSIONS.map((value) => ({ value, label: t(value) }))}
          value={by}
          onChange={setBy}
        />
      }
    >
      <PanelTable title={t("title")} table={table} none={t("none")} />
    </Panel>
  );
}

function useTable(groups: readonly Subgroup[]): Table {
  const t = useTranslations("monitoring.subgroups");
  const locale = useLocale();
  const nameOf = useGroupName();
  const shares = (group: Subgroup) => [
    [t("refused"), group.refused] as const,
    [t("agreement"), group.agreement] as const,
    [t("sensitivity"), group.sensitivity] as const,
    [t("specificity"), group.specificity] as const,
  ];
  const names = [
    t("refused"),
    t("agreement"),
    t("sensitivity"),
    t("specificity"),
  ];
  return {
    head: [t("group"), t("films"), t("signed"), ...names],
    plainHead: [
      t("group"),
      t("films"),
      t("signed"),
      ...names.flatMap((name) => [name, `${name} low`, `${name} high`]),
    ],
    rows: groups.map((group) => ({
      key: group.name,
      cells: [
        nameOf(group),
        group.films,
        group.signed,
        ...shares(group).map(([, share]) => shareText(share, locale)),
      ],
      plain: [
        nameOf(group),
        group.films,
        group.signed,
        ...shares(group).flatMap(([, share]) => plainOf(share)),
      ],
    })),
  };
}

function plainOf(share: Share | null | undefined): (number | null)[] {
  return share ? [share.value, share.low, share.high] : [null, null, null];
}

function useGroupName(): (group: Subgroup) => string {
  const t = useTranslations("monitoring.subgroups");
  return ({ dimension, name }) => {
    if (dimension === "SOURCE") return name === "" ? t("unknownSource") : name;
    if (dimension === "AGE")
      return name === "unknown" ? t("unknown") : t("years", { range: name });
    switch (name) {
      case "FEMALE":
      case "MALE":
      case "OTHER":
      case "UNKNOWN":
        return t(name);
      default:
        return name;
    }
  };
}
