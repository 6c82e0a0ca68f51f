"use client";

import { useTranslations } from "next-intl";
import {
  PageBody,
  PageHeader,
} from "../../../components/layout/page-header.tsx";
import { EmptyState } from "../../../components/layout/states.tsx";
import { useOneSite } from "../../../components/shell/use-one-site.tsx";
import { PoolList } from "./pool-list.tsx";

/** Named groups of readers of a site, to which cases are given. */
export function PoolsPage() {
  const t = useTranslations("pools");
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
        <PoolList key={siteId} siteId={siteId} />
      )}
    </PageBody>
  );
}
