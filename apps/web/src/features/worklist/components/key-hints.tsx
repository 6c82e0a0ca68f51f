"use client";

import { useTranslations } from "next-intl";
import { Keys } from "../../../components/shortcuts/keys.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import styles from "./key-hints.module.css";

/** The list's most used keys, below it and always in sight. */
export function KeyHints() {
  const t = useTranslations("worklist.hints");
  const { can } = useViewer();
  return (
    <div className={styles.hints} role="note" aria-label={t("label")}>
      <Hint keys={["j", "k"]} text={t("move")} />
      <Hint keys={["Enter"]} text={t("open")} />
      {can("case:claim") ? <Hint keys={["c"]} text={t("claim")} /> : null}
      {can("case:assign") ? (
        <>
          <Hint keys={["a"]} text={t("assign")} />
          <Hint keys={["x"]} text={t("select")} />
        </>
      ) : null}
      <Hint keys={["/"]} text={t("search")} />
      <Hint keys={["?"]} text={t("all")} />
    </div>
  );
}

function Hint({ keys, text }: { keys: readonly string[]; text: string }) {
  return (
    <span className={styles.hint}>
      {keys.map((key) => (
        <Keys key={key} keys={key} />
      ))}
      {text}
    </span>
  );
}
