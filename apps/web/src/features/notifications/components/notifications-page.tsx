"use client";

import { useTranslations } from "next-intl";
import {
  PageBody,
  PageHeader,
} from "../../../components/layout/page-header.tsx";
import { EmptyState } from "../../../components/layout/states.tsx";
import { useOneSite } from "../../../components/shell/use-one-site.tsx";
import { DeliveryList } from "./delivery-list.tsx";
import { WaysForm } from "./ways-form.tsx";

/** How notes leave the desk at a site, and what became of them. */
export function NotificationsPage() {
  const t = useTranslations("notifications");
  const { siteId, picker } = useOneSite(t("site"));
  return (
    <PageBody narrow>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={picker}
      />
      {siteId === null ? (
        <EmptyState title={t("noSite")} />
      ) : (
        <div key={siteId}>
          <WaysForm siteId={siteId} />
          <DeliveryList siteId={siteId} />
        </div>
      )}
    </PageBody>
  );
}
