"use client";

import { Progress, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import Link from "next/link";
import type { Messages } from "../../../i18n/messages.ts";
import { useServerWords } from "../../../lib/code-words.ts";
import { routes } from "../../../lib/routes.ts";
import { useUploadManager } from "../../uploads/upload-context.tsx";
import type { FilmResult, UploadFilm } from "../../uploads/upload-state.ts";
import type { UploadedCase } from "../use-uploaded-cases.ts";
import { UrgencyMark } from "../../triage/components/urgency-mark.tsx";
import { TakeAsChest, useModalityText } from "./take-as-chest.tsx";
import styles from "./upload-table.module.css";

interface FilmOutcomeProps {
  film: UploadFilm;
  /** Its case, once it is known. */
  placed: UploadedCase | undefined;
}

/** How far a film is, or what became of it. */
export function FilmOutcome({ film, placed }: FilmOutcomeProps) {
  const t = useTranslations("upload.status");
  const { status } = film;
  switch (status.step) {
    case "new":
      return <Text size="sm">{t("new")}</Text>;
    case "aside":
      return null; // named above the table, not in it
    case "held":
      return <span className={styles.held}>{t("held")}</span>;
    case "queued":
      return (
        <Text size="sm" c="dimmed">
          {t("queued")}
        </Text>
      );
    case "sending":
      return <Sending sent={status.sent} />;
    case "retrying":
      return <RetryingText code={status.code} sent={status.sent} />;
    case "done":
      return <Result film={film} result={status.result} placed={placed} />;
    case "failed":
      return <FailureText code={status.code} message={status.message} />;
  }
}

function Sending({ sent }: { sent: number }) {
  const t = useTranslations("upload.status");
  const percent = Math.floor(sent * 100);
  return (
    <div>
      <Progress
        value={percent}
        size="sm"
        aria-label={t("sending", { percent })}
      />
      <Text size="xs" c="dimmed" mt={2}>
        {sent >= 1 ? t("checking") : t("sending", { percent })}
      </Text>
    </div>
  );
}

/** What the API may remark of a film that it took. */
const NOTES = [
  "unknown-patient",
  "patient-mismatch",
  "study-of-two-patients",
  "changed-resend",
  "placeholder-number",
  "age-contradicts-birth-date",
  "date-in-future",
];

function Result(props: FilmOutcomeProps & { result: FilmResult }) {
  const { film, placed, result } = props;
  const t = useTranslations("upload.status");
  const taken = useTranslations("upload.take");
  const reason = useRefusalText();
  if (result.canBeTaken && result.modality !== null) {
    return <Doubtful film={film} modality={result.modality} />;
  }
  if (result.outcome === "refused") {
    return (
      <span className={styles.bad}>
        {t("refused", { reason: reason(result.code, result.message) })}
      </span>
    );
  }
  const text = t(result.outcome);
  const note = NOTES.find((code) => code === result.code);
  return (
    <span>
      {placed && placed.state !== "SIGNED" && !isPending(placed) ? (
        <>
          <UrgencyMark urgency={placed.urgency} />{" "}
        </>
      ) : null}
      {result.caseId ? (
        <Link
          href={routes.case(result.caseId)}
          prefetch={false}
          className={styles.good}
        >
          {text}
        </Link>
      ) : (
        <span className={styles.good}>{text}</span>
      )}
      {film.isTakenAsChest && result.outcome === "accepted" ? (
        <span className={styles.note}> · {taken("note")}</span>
      ) : null}
      {note ? (
        <span className={styles.note}> · {reason(note, result.message)}</span>
      ) : null}
    </span>
  );
}

/** Its place is the one for all new films until the AI has spoken. */
function isPending({ assessment }: UploadedCase): boolean {
  return assessment === "PENDING";
}

/** Not taken for what it says it is; a person may know better. */
function Doubtful({ film, modality }: { film: UploadFilm; modality: string }) {
  const t = useTranslations("upload");
  const manager = useUploadManager();
  const modalityText = useModalityText();
  const reason = t("take.says", { what: modalityText(modality) });
  return (
    <div>
      <div className={styles.warn}>{t("status.refused", { reason })}</div>
      {manager.canRetry(film.id) ? (
        <TakeAsChest film={film} modality={modality} />
      ) : null}
    </div>
  );
}

function RetryingText({
  code,
  sent,
}: {
  code: string;
  sent: number | undefined;
}) {
  const t = useTranslations("upload.status");
  const refusalText = useRefusalText();
  const reason = refusalText(code, null);
  return (
    <span className={styles.warn}>
      {sent === undefined
        ? t("retrying", { reason })
        : t("goesOn", { reason, percent: Math.floor(sent * 100) })}
    </span>
  );
}

function FailureText(props: { code: string; message: string | null }) {
  const t = useTranslations("upload.status");
  const reason = useRefusalText();
  return (
    <span className={styles.bad}>
      {t("failed", { reason: reason(props.code, props.message) })}
    </span>
  );
}

type RefusalKey = keyof Messages["upload"]["refusals"];
type ErrorKey = keyof Messages["errors"]["codes"];

/**
 * The sentence for a code: ours, else the general one, else the
 * server's where that is the reader's language. */
export function useRefusalText(): (
  code: string | null,
  message: string | null,
) => string {
  const t = useTranslations();
  const say = useServerWords();
  return (code, message) => {
    // `has` is asked first, so the names are known ones.
    if (
      code &&
      t.has(`upload.refusals.${code}` as `upload.refusals.${RefusalKey}`)
    ) {
      return t(`upload.refusals.${code as RefusalKey}`);
    }
    if (code && t.has(`errors.codes.${code}` as `errors.codes.${ErrorKey}`)) {
      return t(`errors.codes.${code as ErrorKey}`);
    }
    return say(message, t("errors.codes.UNKNOWN"));
  };
}
