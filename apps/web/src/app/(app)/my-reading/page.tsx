import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MyReadingPage } from "../../../features/my-reading/components/my-reading-page.tsx";
import { requirePermission } from "../../../lib/guard.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("myReading");
  return { title: t("title") };
}

export default async function Page() {
  await requirePermission("reading:sign");
  return <MyReadingPage />;
}
