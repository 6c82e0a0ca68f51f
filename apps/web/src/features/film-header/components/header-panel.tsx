"use client";

import { useQuery } from "@apollo/client/react";
import { TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  EmptyState,
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import type { FilmHeaderQuery } from "../../../gql/graphql.ts";
import { FILM_HEADER } from "../film-header-query.ts";
import { elementsLike, keywordWords } from "../header-search.ts";
import styles from "./header-panel.module.css";

type Header = FilmHeaderQuery["filmHeader"];
type Element = NonNullable<Header["elements"]>[number];

/** Rows that are drawn at once; a search finds the others. */
const MAX_ROWS = 300;

/** The DICOM header of a film, to be searched. */
export function HeaderPanel({ imageId }: { imageId: string }) {
  const t = useTranslations("viewer.header");
  const { data, error, refetch } = useQuery(FILM_HEADER, {
    variables: { imageId },
  });
  if (error) {
    return (
      <ErrorState
        title={t("notLoaded")}
        error={error}
        onRetry={() => void refetch().catch(() => undefined)}
        inline
      />
    );
  }
  if (!data) return <ListSkeleton rows={8} height={36} />;
  const { elements } = data.filmHeader;
  if (!elements) {
    return (
      <EmptyState title={t("none.title")} inline>
        {t("none.text")}
      </EmptyState>
    );
  }
  return <Elements header={data.filmHeader} elements={elements} />;
}

interface ElementsProps {
  header: Header;
  elements: readonly Element[];
}

function Elements({ header, elements }: ElementsProps) {
  const t = useTranslations("viewer.header");
  const [search, setSearch] = useState("");
  const found = elementsLike(elements, search);
  const { withheld, isCut } = header;
  return (
    <div className={styles.header}>
      <TextInput
        autoFocus
        type="search"
        size="xs"
        aria-label={t("search")}
        placeholder={t("search")}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          if (search === "") event.currentTarget.blur();
          else setSearch("");
        }}
      />
      <div className={styles.note} role="status">
        {t("count", { found: found.length, all: elements.length })}
      </div>
      {found.length === 0 ? (
        <div className={styles.note}>{t("nothingFound")}</div>
      ) : (
        <dl className={styles.elements}>
          {found.slice(0, MAX_ROWS).map((element, index) => (
            <ElementRow key={index} element={element} />
          ))}
        </dl>
      )}
      {found.length > MAX_ROWS ? (
        <div className={styles.note}>
          {t("more", { count: found.length - MAX_ROWS })}
        </div>
      ) : null}
      {withheld.people > 0 ? (
        <div className={styles.note}>
          {t("withheldPeople", { count: withheld.people })}
        </div>
      ) : null}
      {withheld.private > 0 ? (
        <div className={styles.note}>
          {t("withheldPrivate", { count: withheld.private })}
        </div>
      ) : null}
      {isCut ? <div className={styles.note}>{t("cut")}</div> : null}
    </div>
  );
}

function ElementRow({ element }: { element: Element }) {
  const t = useTranslations("viewer.header");
  const { tag, keyword, vr, value, bytes, depth } = element;
  const indent = { paddingInlineStart: `${depth * 0.75}rem` };
  return (
    <div className={styles.element} style={indent}>
      <dt>
        <span>{keyword ? keywordWords(keyword) : t("unknown")}</span>
        <span className={styles.tag}>
          {tag} {vr}
        </span>
      </dt>
      <dd>
        {vr === "SQ" ? (
          <span className={styles.plain}>{t("sequence")}</span>
        ) : value === null ? (
          <span className={styles.plain}>{t("bytes", { count: bytes })}</span>
        ) : value === "" ? (
          <span className={styles.plain}>{t("empty")}</span>
        ) : (
          value
        )}
      </dd>
    </div>
  );
}
