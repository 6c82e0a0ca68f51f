import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NotificationsPage } from "../../../features/notifications/components/notifications-page.tsx";
import { requirePermission } from "../../../lib/guard.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notifications");
  return { title: t("title") };
}

export default async function Page() {
  await requirePermission("notification:manage");
  return <NotificationsPage />;
}
