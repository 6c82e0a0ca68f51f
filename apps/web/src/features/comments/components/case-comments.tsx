"use client";

import { useMutation, useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import {
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import type { CommentFieldsFragment } from "../../../gql/graphql.ts";
import { formatDateTime } from "../../../lib/dates.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import {
  ADD_COMMENT,
  CASE_COMMENTS,
  EDIT_COMMENT,
} from "../comment-queries.ts";
import { CommentForm } from "./comment-form.tsx";
import styles from "./comments.module.css";
import { EscalateAction } from "./escalate-action.tsx";

/** What staff and readers say to each other about the case. */
export function CaseComments({ open }: { open: OpenCase }) {
  const t = useTranslations("comments");
  const { can } = useViewer();
  const { data, error, refetch } = useQuery(CASE_COMMENTS, {
    variables: { id: open.id },
    fetchPolicy: "cache-and-network",
  });
  const [add] = useMutation(ADD_COMMENT, {
    refetchQueries: [CASE_COMMENTS],
    awaitRefetchQueries: true,
  });
  const found = data?.case;
  return (
    <section className={styles.panel} aria-label={t("text")}>
      <EscalateAction open={open} />
      {error && !found ? (
        <ErrorState
          title={t("failed")}
          error={error}
          onRetry={() => void refetch()}
          inline
        />
      ) : !found ? (
        <ListSkeleton rows={2} height={56} />
      ) : (
        <>
          {found.comments.length === 0 && found.commentsKept === 0 ? (
            <p className={styles.dim}>{t("empty")}</p>
          ) : null}
          {found.commentsKept > 0 ? (
            <p className={styles.dim} role="status">
              {t("kept", { count: found.commentsKept })}
            </p>
          ) : null}
          <ol className={styles.list}>
            {found.comments.map((comment) => (
              <Comment
                key={comment.id}
                comment={comment}
                caseId={open.id}
                siteId={open.site.id}
              />
            ))}
          </ol>
        </>
      )}
      {can("comment:write") ? (
        <CommentForm
          caseId={open.id}
          siteId={open.site.id}
          action={t("send")}
          onSend={(words) => add({ variables: { caseId: open.id, ...words } })}
        />
      ) : null}
    </section>
  );
}

interface CommentProps {
  comment: CommentFieldsFragment;
  caseId: string;
  siteId: string;
}

function Comment({ comment, caseId, siteId }: CommentProps) {
  const t = useTranslations("comments");
  const locale = useLocale();
  const [isEditing, setEditing] = useState(false);
  const [edit] = useMutation(EDIT_COMMENT, {
    onCompleted: () => setEditing(false),
  });
  const [newest, ...earlier] = comment.versions;
  const time = formatDateTime(comment.createdAt, locale);
  if (isEditing) {
    return (
      <li className={styles.comment}>
        <CommentForm
          caseId={caseId}
          siteId={siteId}
          comment={{ id: comment.id, text: newest?.text ?? "" }}
          action={t("save")}
          onCancel={() => setEditing(false)}
          onSend={(words) => edit({ variables: { id: comment.id, ...words } })}
        />
      </li>
    );
  }
  return (
    <li className={styles.comment}>
      <div className={styles.head}>
        <strong>{comment.author.name}</strong>
        <time dateTime={comment.createdAt}>{time}</time>
        {comment.viewerCanEdit ? (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            aria-label={t("editOf", { time })}
            onClick={() => setEditing(true)}
          >
            {t("edit")}
          </Button>
        ) : null}
      </div>
      <div className={styles.text}>{newest?.text}</div>
      {earlier.length > 0 ? (
        <details className={styles.dim}>
          <summary>
            {t("edited")} · {t("wordings")}
          </summary>
          {earlier.map((version) => (
            <div key={version.id} className={styles.text}>
              <time dateTime={version.createdAt}>
                {formatDateTime(version.createdAt, locale)}
              </time>{" "}
              {version.text}
            </div>
          ))}
        </details>
      ) : null}
    </li>
  );
}
