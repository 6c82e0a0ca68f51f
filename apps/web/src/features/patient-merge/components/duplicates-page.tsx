"use client";

import { Button, SegmentedControl } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  PageBody,
  PageHeader,
} from "../../../components/layout/page-header.tsx";
import { ChooseRecords } from "./choose-records.tsx";
import { MergeList } from "./merge-list.tsx";
import { PairList } from "./pair-list.tsx";

const VIEWS = ["suggested", "notSame", "merges"] as const;
type View = (typeof VIEWS)[number];

/** Records that look like one person's, and what was said and done about them. */
export function DuplicatesPage() {
  const t = useTranslations("duplicates");
  const [view, setView] = useState<View>("suggested");
  const [isChoosing, setChoosing] = useState(false);
  return (
    <PageBody>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <>
            <Button
              size="xs"
              variant="default"
              onClick={() => setChoosing(true)}
            >
              {t("choose.start")}
            </Button>
            <SegmentedControl
              size="xs"
              aria-label={t("show")}
              data={VIEWS.map((value) => ({
                value,
                label: t(`views.${value}`),
              }))}
              value={view}
              onChange={(value) =>
                setView(VIEWS.find((one) => one === value) ?? "suggested")
              }
            />
          </>
        }
      />
      {isChoosing ? <ChooseRecords onClose={() => setChoosing(false)} /> : null}
      {view === "merges" ? <MergeList /> : <PairList key={view} view={view} />}
    </PageBody>
  );
}
