import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ExportPage } from "../../../features/datasets/components/export-page.tsx";
import { requirePermission } from "../../../lib/guard.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("datasets");
  return { title: t("title") };
}

export default async function Page() {
  await requirePermission("dataset:read");
  return <ExportPage />;
}
