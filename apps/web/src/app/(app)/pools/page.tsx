import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PoolsPage } from "../../../features/pools/components/pools-page.tsx";
import { requirePermission } from "../../../lib/guard.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("pools");
  return { title: t("title") };
}

export default async function Page() {
  await requirePermission("pool:manage");
  return <PoolsPage />;
}
