"use client";

import { useTranslations } from "next-intl";
import {
  PageBody,
  PageHeader,
} from "../../../components/layout/page-header.tsx";
import { EmptyState } from "../../../components/layout/states.tsx";
import { useOneSite } from "../../../components/shell/use-one-site.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { MacroList } from "./macro-list.tsx";

/** Texts that reports are written of: one's own and those of a site. */
export function MacrosPage() {
  const t = useTranslations("macros");
  const { can } = useViewer();
  const { siteId, picker } = useOneSite(t("site"));
  return (
    <PageBody narrow>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={picker}
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
