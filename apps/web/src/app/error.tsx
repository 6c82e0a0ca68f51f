"use client";

import { Button, Code } from "@mantine/core";
import { useTranslations } from "next-intl";
import { PageState } from "../components/layout/page-state.tsx";

interface ErrorPageProps {
  error: Error & { digest?: string };
  retry: () => void;
}

/** A page outside the shell that broke. */
export default function ErrorPage({ error, retry }: ErrorPageProps) {
  const t = useTranslations("common");
  return (
    <PageState
      isWholePage
      role="alert"
      title={t("broken.title")}
      actions={
        <Button variant="default" onClick={retry}>
          {t("tryAgain")}
        </Button>
      }
    >
      {t("broken.text")}
      {error.digest ? (
        <div>
          {t("requestId")} <Code>{error.digest}</Code>
        </div>
      ) : null}
    </PageState>
  );
}
