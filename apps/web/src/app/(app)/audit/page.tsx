import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuditPage } from "../../../features/audit/components/audit-page.tsx";
import { requirePermission } from "../../../lib/guard.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("audit");
  return { title: t("title") };
}

export default async function Page() {
  await requirePermission("audit:read");
  return <AuditPage />;
}
