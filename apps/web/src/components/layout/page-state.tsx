import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import styles from "./page.module.css";

export interface PageStateProps {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  /** What to do about it. */
  actions?: ReactNode;
  /** Inside a page that has more on it, rather than instead of one. */
  inline?: boolean;
  role?: "alert" | "status";
  /** The page has no other heading. */
  isWholePage?: boolean;
}

/** One message in the middle of where the content would be. */
export function PageState(props: PageStateProps) {
  return (
    <div
      className={styles.state}
      role={props.role}
      data-inline={props.inline ?? undefined}
    >
      {props.icon ? (
        <div className={styles.stateIcon} aria-hidden>
          {props.icon}
        </div>
      ) : null}
      <Title order={props.isWholePage ? 1 : 2}>{props.title}</Title>
      {props.children ? (
        <div className={styles.stateText}>{props.children}</div>
      ) : null}
      {props.actions ? (
        <div className={styles.stateActions}>{props.actions}</div>
      ) : null}
    </div>
  );
}
