"use client";

import { Button } from "@mantine/core";
import { IconFileUnknown } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useEffect } from "react";
import { PageState } from "../../../components/layout/page-state.tsx";
import { ErrorState } from "../../../components/layout/states.tsx";
import { useCaseList } from "../../next-cases/use-case-list.ts";
import { useCase } from "../../cases/use-case.ts";
import type { CaseOfPage } from "../../cases/use-case-of-page.ts";
import { useOpenAhead } from "../../cases/use-open-ahead.ts";
import { CaseSkeleton } from "./case-skeleton.tsx";
import { ReadingRoom } from "./reading-room.tsx";

interface CasePageProps {
  caseId: string;
  answer: CaseOfPage;
}

/** One case: to be read by a radiologist, to be seen by others. */
export function CasePage({ caseId, answer }: CasePageProps) {
  const t = useTranslations("cases");
  const state = useCase(caseId, answer);
  const list = useCaseList(caseId);
  const openAhead = useOpenAhead();
  // Opened by its address: nobody has asked for the film yet.
  useEffect(() => openAhead(caseId, answer), [openAhead, caseId, answer]);
  switch (state.status) {
    case "loading":
      return <CaseSkeleton />;
    case "failed":
      return (
        <ErrorState
          title={t("notLoaded")}
          error={state.error}
          onRetry={state.retry}
        />
      );
    case "missing":
      return (
        <PageState
          icon={<IconFileUnknown size={28} />}
          title={t("missing.title")}
          actions={
            <Button component={Link} href={list.backHref} variant="default">
              {t("toList")}
            </Button>
          }
        >
          {t("missing.text")}
        </PageState>
      );
    case "open":
      return (
        <ReadingRoom open={state.case} refetch={state.refetch} list={list} />
      );
  }
}
