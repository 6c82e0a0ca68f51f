import { getTranslations } from "next-intl/server";
import Link from "next/link";
import { PageState } from "../../components/layout/page-state.tsx";
import { routes } from "../../lib/routes.ts";

export default async function NotFound() {
  const t = await getTranslations("common");
  return (
    <PageState
      isWholePage
      title={t("notFound.title")}
      actions={<Link href={routes.home()}>{t("toStart")}</Link>}
    >
      {t("notFound.text")}
    </PageState>
  );
}
