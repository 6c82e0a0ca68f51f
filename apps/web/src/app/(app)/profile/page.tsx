import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ProfilePage } from "../../../features/profile/components/profile-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("title") };
}

export default function Page() {
  return <ProfilePage />;
}
