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
import { PoolList } from "./pool-list.tsx";

/** Named groups of readers of a site, to which cases are given. */
export function PoolsPage() {
  const t = useTranslations("pools");
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
        <PoolList key={siteId} siteId={siteId} />
      )}
    </PageBody>
  );
}
