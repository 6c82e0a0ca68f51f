"use client";

import { useTranslations } from "next-intl";
import type { CriticalFieldsFragment } from "../../../gql/graphql.ts";
import { useDurationText } from "../../../lib/use-duration-text.ts";
import { useNow } from "../../../lib/use-now.ts";
import styles from "../../critical-marks/components/critical.module.css";

type Tone = "overdue" | "open" | "closed";

/** Where a result stands against its time. */
export function toneOf(
  { state, dueAt }: Pick<CriticalFieldsFragment, "state" | "dueAt">,
  now: number,
): Tone {
  if (state === "ACKNOWLEDGED" || state === "WITHDRAWN") return "closed";
  return new Date(dueAt).getTime() <= now ? "overdue" : "open";
}

/** "not told yet, overdue since 12 min" */
export function CriticalStateText({
  result,
}: {
  result: CriticalFieldsFragment;
}) {
  const t = useTranslations("critical");
  const now = useNow(15_000);
  const durationText = useDurationText();
  const tone = toneOf(result, now);
  const due = new Date(result.dueAt).getTime();
  return (
    <span className={styles.state} data-tone={tone}>
      {t(`states.${result.state}`)}
      {tone === "closed"
        ? null
        : `, ${
            tone === "overdue"
              ? t("overdueSince", { time: durationText(result.dueAt, now) })
              : t("dueIn", {
                  time: durationText(
                    new Date(now).toISOString(),
                    Math.max(due, now),
                  ),
                })
          }`}
    </span>
  );
}
