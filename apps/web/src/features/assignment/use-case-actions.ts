"use client";

import { useMutation } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import { useNotify } from "../../components/ui/use-notify.tsx";
import { useViewer } from "../../components/shell/viewer-context.tsx";
import type { CaseRowFragment } from "../../gql/graphql.ts";
import { CLAIM_CASE, RELEASE_CASE } from "../cases/case-mutations.ts";
import { usePatientName } from "../patients/use-patient-name.ts";
import { receiverIds } from "./receivers.ts";
import type { Receiver } from "./receivers.ts";
import { HELD_CASES } from "../cases/case-queries.ts";
import { ASSIGN_CASE } from "../worklist-query/worklist-queries.ts";

type Row = CaseRowFragment;

export interface CaseActions {
  claim: (row: Row) => Promise<void>;
  release: (row: Row) => Promise<void>;
  /** Gives cases to a reader, a pool or nobody; says how many it was. */
  assign: (rows: readonly Row[], to: Receiver | null) => Promise<void>;
}

export interface Person {
  id: string;
  name: string;
}

/** Changes from the worklist: shown at once, taken back if refused. */
export function useCaseActions(): CaseActions {
  const t = useTranslations("worklist.actions");
  const notify = useNotify();
  const { user } = useViewer();
  const patientName = usePatientName();
  const refetchQueries = [HELD_CASES];
  const [claimCase] = useMutation(CLAIM_CASE, { refetchQueries });
  const [releaseCase] = useMutation(RELEASE_CASE, { refetchQueries });

  const claim = async (row: Row) => {
    const name = patientName(row.patient);
    try {
      await claimCase({
        variables: { caseId: row.id },
        optimisticResponse: {
          claimCase: { ...claimed(row, user), givenDrafts: [] },
        },
      });
      notify.done(t("claimed", { name }), () => void release(row));
    } catch (error) {
      notify.failed(t("notClaimed", { name }), error);
    }
  };
  const release = async (row: Row) => {
    const name = patientName(row.patient);
    try {
      await releaseCase({
        variables: { caseId: row.id },
        optimisticResponse: { releaseCase: released(row) },
      });
      notify.done(t("released", { name }), () => void claim(row));
    } catch (error) {
      notify.failed(t("notReleased", { name }), error);
    }
  };
  return { claim, release, assign: useAssign() };
}

function claimed(row: Row, user: Person): Row {
  if (row.state === "SIGNED") {
    return {
      ...row,
      secondRead:
        row.viewerStage === "ADJUDICATION"
          ? "ADJUDICATION_READING"
          : "SECOND_READING",
      secondReader: asCached(user),
      viewerCanClaim: false,
      viewerCanRelease: true,
    };
  }
  return {
    ...row,
    state: "READING",
    claimedBy: asCached(user),
    viewerCanClaim: false,
    viewerCanRelease: true,
  };
}

/** The cache knows a user by its type too, which generated types leave out. */
function asCached({ id, name }: Person): Person {
  return { __typename: "User", id, name } as Person;
}

function released(row: Row): Row {
  if (row.state === "SIGNED") {
    return {
      ...row,
      secondRead:
        row.viewerStage === "ADJUDICATION" ? "ADJUDICATION_DUE" : "SECOND_DUE",
      secondReader: null,
      secondReadUntil: null,
      viewerCanClaim: true,
      viewerCanRelease: false,
    };
  }
  return {
    ...row,
    state: "WAITING",
    claimedBy: null,
    claimExpiresAt: null,
    viewerCanClaim: true,
    viewerCanRelease: false,
  };
}

/** Who had it: the reader before the pool that it would fall back to. */
function givenBefore({ assignee, pool }: Row) {
  if (assignee) return receiverIds({ kind: "reader", id: assignee.id });
  return receiverIds(pool ? { kind: "pool", id: pool.id } : null);
}

function useAssign(): CaseActions["assign"] {
  const t = useTranslations("worklist.actions");
  const notify = useNotify();
  const [assignCase] = useMutation(ASSIGN_CASE);
  const assignOne = (row: Row, to: ReturnType<typeof receiverIds>) =>
    assignCase({ variables: { caseId: row.id, ...to } });

  return async (rows, to) => {
    const failures: unknown[] = [];
    const done: Row[] = [];
    for (const row of rows) {
      try {
        await assignOne(row, receiverIds(to));
        done.push(row);
      } catch (error) {
        failures.push(error);
      }
    }
    if (done.length > 0) {
      const count = done.length;
      const text = to
        ? t("assigned", { count, name: to.name })
        : t("unassigned", { count });
      notify.done(text, () => {
        for (const row of done) {
          assignOne(row, givenBefore(row)).catch((error: unknown) =>
            notify.failed(t("notAssigned", { count: 1 }), error),
          );
        }
      });
    }
    if (failures.length > 0) {
      notify.failed(t("notAssigned", { count: failures.length }), failures[0]);
    }
  };
}
