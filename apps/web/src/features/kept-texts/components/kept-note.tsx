"use client";

import { Button } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import { formatDateTime } from "../../../lib/dates.ts";
import { formatClockTime } from "../../../lib/clock-time.ts";
import type { Kept } from "../use-kept.ts";
import styles from "./kept-note.module.css";

interface KeptNoteProps<Value> {
  kept: Kept<Value>;
  /** False where the form has a button of its own that takes all back. */
  hasDiscard?: boolean;
}

/** Whether what is typed above is with the server, and since when. */
export function KeptNote<Value>(props: KeptNoteProps<Value>) {
  const { kept, hasDiscard = true } = props;
  const t = useTranslations("common.typed");
  const locale = useLocale();
  const notify = useNotify();
  if (kept.isUnkept)
    return (
      <div className={styles.unkept} role="status">
        {t("unkept")}
      </div>
    );
  if (kept.keptAt === null) return null;
  const discard = () => {
    const { value } = kept;
    kept.discard();
    notify.done(t("discarded"), () => kept.setValue(value));
  };
  return (
    <div className={styles.row}>
      <span role="status">
        {kept.isRestored
          ? t("restored", { time: formatDateTime(kept.keptAt, locale) })
          : t("kept", {
              time: formatClockTime(Date.parse(kept.keptAt), locale),
            })}
      </span>
      {hasDiscard ? (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          flex="none"
          // An emptied field forgets as well. A stop that comes a second after
          // the last letter would turn Tab, Tab, Enter into another button.
          tabIndex={-1}
          onClick={discard}
        >
          {t("discard")}
        </Button>
      ) : null}
    </div>
  );
}
