"use client";

import { useTranslations } from "next-intl";
import type { PolicyDifference } from "../../policy-draft/policy-draft.ts";
import { usePolicyWords } from "../use-policy-words.ts";
import styles from "../../policy-draft/components/policies.module.css";

/** "Routine: 120 min → 240 min", a line a value. */
export function PolicyChanges({
  differences,
}: {
  differences: readonly PolicyDifference[];
}) {
  const t = useTranslations("policies");
  const words = usePolicyWords();
  return (
    <ul className={styles.differences}>
      {differences.map((item) => (
        <li key={`${item.path} ${item.of ?? ""}`}>
          {t("difference", {
            name: words.name(item),
            before: words.value({ ...item, value: item.before }),
            after: words.value({ ...item, value: item.after }),
          })}
        </li>
      ))}
    </ul>
  );
}
