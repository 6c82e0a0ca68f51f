import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BoardPage } from "../../../features/board/components/board-page.tsx";
import { requirePermission } from "../../../lib/guard.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("board");
  return { title: t("title") };
}

export default async function Page() {
  await requirePermission("board:read");
  return <BoardPage />;
}
