import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import styles from "./page.module.css";

interface PageHeaderProps {
  title: string;
  /** One line below the title: what the page shows, or a count. */
  description?: ReactNode;
  /** Buttons at the end of the line; the primary one last. */
  actions?: ReactNode;
}

export function PageHeader({ title, description, actions }: PageHeaderProps) {
  return (
    <div className={styles.header}>
      <div className={styles.headings}>
        <Title order={1}>{title}</Title>
        {description ? (
          <div className={styles.description}>{description}</div>
        ) : null}
      </div>
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </div>
  );
}

interface PageBodyProps {
  children: ReactNode;
  /** For pages of text and forms; lists and films take the whole width. */
  narrow?: boolean;
}

/** The padded area below the shell's header. */
export function PageBody({ children, narrow }: PageBodyProps) {
  return (
    <div className={styles.body} data-narrow={narrow ?? undefined}>
      {children}
    </div>
  );
}
