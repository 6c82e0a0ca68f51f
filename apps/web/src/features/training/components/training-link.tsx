"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { routes } from "../../../lib/routes.ts";

/** The way to the runs that make candidates, for who may see them. */
export function TrainingLink() {
  const t = useTranslations("training");
  if (!useViewer().can("training:read")) return null;
  return (
    <Button component={Link} href={routes.training()} variant="default">
      {t("title")}
    </Button>
  );
}
