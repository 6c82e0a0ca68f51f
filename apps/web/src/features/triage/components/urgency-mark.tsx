"use client";

import { useTranslations } from "next-intl";
import type { Urgency } from "../../../gql/graphql.ts";
import styles from "./urgency-mark.module.css";

interface UrgencyMarkProps {
  urgency: Urgency;
  /** Leaves the word to a tooltip and to screen readers. */
  shapeOnly?: boolean;
}

/** ◆ critical ▲ urgent ● soon ○ routine: a shape, a colour and a word. */
export function UrgencyMark({ urgency, shapeOnly }: UrgencyMarkProps) {
  const t = useTranslations("findings.urgency");
  const word = t(urgency);
  return (
    <span className={styles.mark} data-urgency={urgency}>
      <svg
        viewBox="0 0 12 12"
        width="12"
        height="12"
        className={styles.shape}
        {...(shapeOnly ? { role: "img", "aria-label": word } : {})}
        aria-hidden={shapeOnly ? undefined : true}
      >
        <Shape urgency={urgency} />
      </svg>
      {shapeOnly ? null : <span>{word}</span>}
    </span>
  );
}

function Shape({ urgency }: { urgency: Urgency }) {
  switch (urgency) {
    case "CRITICAL":
      return <path d="M6 0l6 6-6 6-6-6z" />;
    case "URGENT":
      return <path d="M6 .8l6 10.4H0z" />;
    case "SOON":
      return <circle cx="6" cy="6" r="4.5" />;
    case "ROUTINE":
      return (
        <circle
          cx="6"
          cy="6"
          r="4"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
        />
      );
  }
}
