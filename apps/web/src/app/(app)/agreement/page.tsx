import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AgreementPage } from "../../../features/agreement/components/agreement-page.tsx";
import { requirePermission } from "../../../lib/guard.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("agreement");
  return { title: t("title") };
}

export default async function Page() {
  await requirePermission("agreement:read");
  return <AgreementPage />;
}
