import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DuplicatesPage } from "../../../../features/patient-merge/components/duplicates-page.tsx";
import { requirePermission } from "../../../../lib/guard.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("duplicates");
  return { title: t("title") };
}

export default async function Page() {
  await requirePermission("patient:merge");
  return <DuplicatesPage />;
}
