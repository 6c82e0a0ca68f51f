"use client";

import { Button } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { PageState } from "./page-state.tsx";

const TRY_EVERY_MS = 5000;

/** Instead of any page while this server cannot reach the API. */
export function ApiAway() {
  const t = useTranslations("common");
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), TRY_EVERY_MS);
    return () => clearInterval(timer);
  }, [router]);
  return (
    <main>
      <PageState
        isWholePage
        role="alert"
        icon={<IconPlugConnectedX size={28} />}
        title={t("apiAway.title")}
        actions={
          <Button variant="default" onClick={() => router.refresh()}>
            {t("tryAgain")}
          </Button>
        }
      >
        {t("apiAway.text")}
      </PageState>
    </main>
  );
}
