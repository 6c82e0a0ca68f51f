import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PoliciesPage } from "../../../features/policies/components/policies-page.tsx";
import { requirePermission } from "../../../lib/guard.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("policies");
  return { title: t("title") };
}

export default async function Page() {
  await requirePermission("policy:read");
  return <PoliciesPage />;
}
