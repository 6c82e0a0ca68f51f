import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MacrosPage } from "../../../features/macros/components/macros-page.tsx";
import { requirePermission } from "../../../lib/guard.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("macros");
  return { title: t("title") };
}

export default async function Page() {
  await requirePermission("macro:read");
  return <MacrosPage />;
}
