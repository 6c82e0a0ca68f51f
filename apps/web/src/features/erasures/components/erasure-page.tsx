"use client";

import { useTranslations } from "next-intl";
import {
  PageBody,
  PageHeader,
} from "../../../components/layout/page-header.tsx";
import { useOneSite } from "../../../components/shell/use-one-site.tsx";
import { ErasureList } from "./erasure-list.tsx";
import { RetentionPanel } from "./retention-panel.tsx";

/** Records that were erased or are proposed to be, and how long they are kept. */
export function ErasurePage() {
  const t = useTranslations("erasures");
  const { siteId, picker } = useOneSite(t("site"));
  return (
    <PageBody>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={picker}
      />
      {siteId === null ? null : <RetentionPanel key={siteId} siteId={siteId} />}
      <ErasureList />
    </PageBody>
  );
}
