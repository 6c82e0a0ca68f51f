"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { routes } from "../../../lib/routes.ts";

/** The way to the desk, for who may see it. */
export function ThresholdsLink({ label }: { label: string }) {
  if (!useViewer().can("threshold:read")) return null;
  return (
    <Button component={Link} href={routes.thresholds()} variant="default">
      {label}
    </Button>
  );
}
