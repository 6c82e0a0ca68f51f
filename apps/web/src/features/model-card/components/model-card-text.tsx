"use client";

import { compiler } from "markdown-to-jsx/react";
import type { ReactNode } from "react";
import styles from "../../model-versions/components/models.module.css";

interface WithChildren {
  children?: ReactNode;
}

/**
 * Markdown as text on the page. HTML in it is shown as the letters it is
 * made of, pictures are left out, and only links to other sites are links:
 * a card is a file that somebody put there.
 */
export function ModelCardText({ markdown }: { markdown: string }) {
  return (
    <div className={styles.card}>
      {compiler(markdown, {
        disableParsingRawHTML: true,
        forceBlock: true,
        wrapper: null,
        overrides: {
          // The page's own headings are the first and the second level.
          h1: { component: "h3" },
          h2: { component: "h4" },
          h3: { component: "h5" },
          h4: { component: "h6" },
          a: CardLink,
          img: CardImage,
          table: CardTable,
        },
      })}
    </div>
  );
}

function CardLink({ href, children }: WithChildren & { href?: string }) {
  if (!href || !/^https?:\/\//.test(href)) return <span>{children}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

function CardImage({ alt }: { alt?: string }) {
  return alt ? <em>{alt}</em> : null;
}

function CardTable({ children }: WithChildren) {
  return (
    <div className={styles.scroll} tabIndex={0}>
      <table className={styles.table}>{children}</table>
    </div>
  );
}
