import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ModelsPage } from "../../../features/models/components/models-page.tsx";
import { requirePermission } from "../../../lib/guard.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("models");
  return { title: t("title") };
}

export default async function Page() {
  await requirePermission("model:read");
  return <ModelsPage />;
}
