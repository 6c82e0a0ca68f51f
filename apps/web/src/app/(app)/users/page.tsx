import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { UsersPage } from "../../../features/users/components/users-page.tsx";
import { requirePermission } from "../../../lib/guard.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("users");
  return { title: t("title") };
}

export default async function Page() {
  await requirePermission("user:read", "user:manage");
  return <UsersPage />;
}
