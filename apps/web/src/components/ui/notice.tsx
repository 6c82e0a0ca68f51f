import type { ReactNode } from "react";
import styles from "../layout/reading.module.css";

interface NoticeProps {
  title: string;
  tone?: "warn" | "plain" | "bad";
  role?: "alert" | "status" | undefined;
  children: ReactNode;
}

/** What stands in somebody's way, with what he can do about it. */
export function Notice({ title, tone = "warn", role, children }: NoticeProps) {
  return (
    <div className={styles.notice} data-tone={tone} role={role}>
      <div className={styles.noticeTitle}>{title}</div>
      <div className={styles.stack}>{children}</div>
    </div>
  );
}
