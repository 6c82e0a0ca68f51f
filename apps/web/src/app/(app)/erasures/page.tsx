import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ErasurePage } from "../../../features/erasures/components/erasure-page.tsx";
import { requirePermission } from "../../../lib/guard.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("erasures");
  return { title: t("title") };
}

export default async function Page() {
  await requirePermission("erasure:read");
  return <ErasurePage />;
}
