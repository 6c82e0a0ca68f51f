import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ThresholdsPage } from "../../../features/thresholds/components/thresholds-page.tsx";
import { requirePermission } from "../../../lib/guard.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("thresholds");
  return { title: t("title") };
}

export default async function Page() {
  await requirePermission("threshold:read");
  return <ThresholdsPage />;
}
