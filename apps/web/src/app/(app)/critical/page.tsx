import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CriticalPage } from "../../../features/critical/components/critical-page.tsx";
import { requirePermission } from "../../../lib/guard.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("critical");
  return { title: t("title") };
}

export default async function Page() {
  await requirePermission("case:read");
  return <CriticalPage />;
}
