import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TrainingPage } from "../../../features/training/components/training-page.tsx";
import { requirePermission } from "../../../lib/guard.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("training");
  return { title: t("title") };
}

export default async function Page() {
  await requirePermission("training:read");
  return <TrainingPage />;
}
