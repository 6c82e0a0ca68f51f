"use client";

import { NativeSelect } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  PageBody,
  PageHeader,
} from "../../../components/layout/page-header.tsx";
import { EmptyState } from "../../../components/layout/states.tsx";
import { useSite } from "../../../components/shell/site-context.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { MacroList } from "./macro-list.tsx";

/** Texts that reports are written of: one's own and those of a site. */
export function MacrosPage() {
  const t = useTranslations("macros");
  const { can } = useViewer();
  const { site, sites } = useSite();
  const [chosen, setChosen] = useState<string | null>(null);
  const siteId = chosen ?? site?.id ?? sites[0]?.id ?? null;
  return (
    <PageBody narrow>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          sites.length > 1 ? (
            <NativeSelect
              aria-label={t("site")}
              value={siteId ?? ""}
              data={sites.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(event) => setChosen(event.currentTarget.value)}
            />
          ) : null
        }
      />
      {siteId === null ? (
        <EmptyState title={t("noSite")}>{t("noSiteText")}</EmptyState>
      ) : (
        <>
          {can("macro:own") ? (
            <MacroList key={`own ${siteId}`} siteId={siteId} isOfSite={false} />
          ) : null}
          <MacroList key={siteId} siteId={siteId} isOfSite />
        </>
      )}
    </PageBody>
  );
}
