import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MonitoringPage } from "../../../features/monitoring/components/monitoring-page.tsx";
import { requirePermission } from "../../../lib/guard.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("monitoring");
  return { title: t("title") };
}

export default async function Page() {
  await requirePermission("monitoring:read");
  return <MonitoringPage />;
}
