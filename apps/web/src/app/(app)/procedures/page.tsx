import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ProceduresPage } from "../../../features/procedures/components/procedures-page.tsx";
import { requirePermission } from "../../../lib/guard.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("procedures");
  return { title: t("title") };
}

export default async function Page() {
  await requirePermission("procedure:read");
  return <ProceduresPage />;
}
