import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CasePage } from "../../../../features/cases/components/case-page.tsx";
import { requirePermission } from "../../../../lib/guard.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("cases");
  // no patient's name: titles end up in histories and task bars
  return { title: t("title") };
}

interface PageProps {
  params: Promise<{ caseId: string }>;
}

export default async function Page({ params }: PageProps) {
  await requirePermission("case:read");
  const { caseId } = await params;
  return <CasePage key={caseId} caseId={decodeURIComponent(caseId)} />;
}
