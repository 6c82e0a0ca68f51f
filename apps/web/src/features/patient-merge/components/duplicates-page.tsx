"use client";

import { SegmentedControl } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  PageBody,
  PageHeader,
} from "../../../components/layout/page-header.tsx";
import { MergeList } from "./merge-list.tsx";
import { PairList } from "./pair-list.tsx";

const VIEWS = ["suggested", "notSame", "merges"] as const;
type View = (typeof VIEWS)[number];

/** Records that look like one person's, and what was said and done about them. */
export function DuplicatesPage() {
  const t = useTranslations("duplicates");
  const [view, setView] = useState<View>("suggested");
  return (
    <PageBody>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <SegmentedControl
            size="xs"
            aria-label={t("show")}
            data={VIEWS.map((value) => ({ value, label: t(`views.${value}`) }))}
            value={view}
            onChange={(value) =>
              setView(VIEWS.find((one) => one === value) ?? "suggested")
            }
          />
        }
      />
      {view === "merges" ? <MergeList /> : <PairList key={view} view={view} />}
    </PageBody>
  );
}
