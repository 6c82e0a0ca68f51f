"use client";

import { SegmentedControl, Tabs } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  PageBody,
  PageHeader,
} from "../../../components/layout/page-header.tsx";
import { EmptyState } from "../../../components/layout/states.tsx";
import { useSite } from "../../../components/shell/site-context.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { ProcedureList } from "./procedure-list.tsx";
import { StepList } from "../../procedure-steps/components/step-list.tsx";

const SHOWN = ["mine", "overdue", "all"] as const;
type Shown = (typeof SHOWN)[number];

/** What is to be done beside the reading, and how it is written down. */
export function ProceduresPage() {
  const t = useTranslations("procedures");
  const { can } = useViewer();
  const { site, sites } = useSite();
  const [shown, setShown] = useState<Shown>(
    can("procedure:do") ? "mine" : "overdue",
  );
  const siteId = site?.id ?? sites[0]?.id ?? null;
  return (
    <PageBody>
      <PageHeader title={t("title")} description={t("description")} />
      <Tabs
        defaultValue={can("procedure:edit") ? "procedures" : "steps"}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="steps">{t("tabs.steps")}</Tabs.Tab>
          <Tabs.Tab value="procedures">{t("tabs.procedures")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="steps">
          <SegmentedControl
            size="xs"
            mb="md"
            aria-label={t("show")}
            data={SHOWN.filter(
              (value) => value !== "mine" || can("procedure:do"),
            ).map((value) => ({ value, label: t(`shown.${value}`) }))}
            value={shown}
            onChange={(value) =>
              setShown(SHOWN.find((one) => one === value) ?? "all")
            }
          />
          <StepList
            key={shown}
            siteId={site?.id ?? null}
            mine={shown === "mine"}
            overdue={shown === "overdue"}
          />
        </Tabs.Panel>
        <Tabs.Panel value="procedures">
          {siteId === null ? (
            <EmptyState title={t("noSite")}>{t("noSiteText")}</EmptyState>
          ) : (
            <ProcedureList key={siteId} siteId={siteId} />
          )}
        </Tabs.Panel>
      </Tabs>
    </PageBody>
  );
}
