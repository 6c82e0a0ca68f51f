import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { WorklistPage } from "../../../features/worklist/components/worklist-page.tsx";
import { requirePermission } from "../../../lib/guard.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("worklist");
  return { title: t("title") };
}

export default async function Page() {
  await requirePermission("case:read");
  return <WorklistPage />;
}
