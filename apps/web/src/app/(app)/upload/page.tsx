import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { UploadPage } from "../../../features/upload-page/components/upload-page.tsx";
import { requirePermission } from "../../../lib/guard.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("upload");
  return { title: t("title") };
}

export default async function Page() {
  await requirePermission("study:upload");
  return <UploadPage />;
}
