"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Shortcut } from "../../components/shortcuts/shortcut-registry.ts";
import { useShortcuts } from "../../components/shortcuts/use-shortcuts.ts";
import { startOverride } from "../reading-steps/start-override.ts";
import {
  LABELS,
  opinionsDiffer,
  overridingLabels,
} from "../decisions/decision-rules.ts";
import {
  isClosed,
  type Reading,
  wasRevealed,
} from "../readings/use-reading.ts";
import { isSettled } from "../cases/further-reading.ts";
import type { OpenCase } from "../cases/use-case.ts";
import type { CaseFilms } from "../case-films/use-case-films.ts";
import type { Claim } from "../claims/use-claim.ts";
import { useKeyQueue } from "./use-key-queue.ts";

interface CaseShortcuts {
  open: OpenCase;
  claim: Claim;
  reading: Reading;
  hasPriors: boolean;
  films: CaseFilms;
  toggleLinked: () => void;
  toggleFullScreen: () => void;
  leaveFullScreen: () => void;
  toggleHeader: () => void;
  /** back: out of full screen, else to the list */
  leave: () => void;
  next: () => void;
  sign: () => void;
  /** opens the question for a second reading */
  askSecond: () => void;
  /** asks whether what was signed is to be shown */
  showFirst: () => void;
  /** null where no mark is selected that may be taken away */
  removeMark: (() => void) | null;
  /** null where there is no change of the marks to take back */
  undoMark: (() => void) | null;
}

/** The reading room's keyboard, as `ui.md` fixes it for every screen. */
export function useCaseShortcuts(room: CaseShortcuts): void {
  const t = useTranslations("cases.keys");
  const labels = useTranslations("findings.labels");
  const { open, claim, reading } = room;
  const { suggestion } = reading;
  const isHidden =
    open.assessment === "ASSESSED" && !reading.isAiVisible && !isClosed(open);
  const isOpen = !isSettled(open);
  const mayRead = isOpen && (claim.isMine || open.viewerCanClaim);
  const mayDecide =
    isOpen && claim.isMine && suggestion !== null && reading.isAiVisible;
  const mayAgree =
    mayDecide && !opinionsDiffer(reading.blindOpinion, suggestion);
  const canSign = isOpen && claim.isMine && reading.missing.length === 0;
  const [isRevealAsked, setRevealAsked] = useState(false);
  // What is typed meanwhile waits its turn; the claim may come with the
  // opinion, and the AI's answer with the reveal.
  const isComing =
    isOpen &&
    mayRead &&
    (claim.isBusy ||
      isRevealAsked ||
      reading.isRevealing ||
      (reading.isAiVisible && reading.isAiLoading));
  const press = useKeyQueue({
    can: {
      confirm: mayDecide,
      partly: mayAgree,
      override: mayDecide,
      sign: canSign,
    },
    isComing,
    run: {
      // A reason is given in the panel, which full screen hides.
      confirm: () => {
        reading.confirm();
        if (opinionsDiffer(reading.blindOpinion, suggestion)) {
          room.leaveFullScreen();
        }
      },
      // A reason is given in the panel, which full screen hides.
      partly: () => {
        reading.partly();
        room.leaveFullScreen();
      },
      override: () => {
        if (suggestion) startOverride(reading, suggestion);
        room.leaveFullScreen();
      },
      sign: room.sign,
    },
  });
  const of =
    (group: Shortcut["group"]) => (shortcut: Omit<Shortcut, "group">) => ({
      group,
      ...shortcut,
    });
  const inCase = of("case");
  const decision = of("decision");
  useShortcuts([
    inCase({
      id: "case.back",
      keys: "Escape",
      label: t("back"),
      run: room.leave,
    }),
    inCase({ id: "case.next", keys: "n", label: t("next"), run: room.next }),
    inCase({
      id: "case.claim",
      keys: "c",
      label: t("claim"),
      enabled: open.viewerCanClaim,
      run: () => void claim.claim(),
    }),
    inCase({
      id: "case.release",
      keys: "u",
      label: t("release"),
      enabled: open.viewerCanRelease,
      run: () => void claim.release(),
    }),
    of("film")({
      id: "film.prior",
      keys: "p",
      label: t("prior"),
      enabled: room.hasPriors,
      run: room.films.toggleCompare,
    }),
    of("film")({
      id: "film.morePriors",
      keys: ".",
      label: t("morePriors"),
      enabled: room.films.more !== null,
      run: () => room.films.more?.(),
    }),
    of("film")({
      id: "film.fewerPriors",
      keys: ",",
      label: t("fewerPriors"),
      enabled: room.films.fewer !== null,
      run: () => room.films.fewer?.(),
    }),
    of("film")({
      id: "film.link",
      keys: "shift+P",
      label: t("link"),
      enabled: room.films.priors.length > 0,
      run: room.toggleLinked,
    }),
    of("film")({
      id: "film.fullScreen",
      keys: "f",
      label: t("fullScreen"),
      run: room.toggleFullScreen,
    }),
    of("film")({
      id: "film.header",
      keys: "k",
      label: t("header"),
      run: room.toggleHeader,
    }),
    of("film")({
      id: "film.removeMark",
      keys: ["Delete", "Backspace"],
      label: t("removeMark"),
      enabled: room.removeMark !== null,
      run: () => room.removeMark?.(),
    }),
    of("film")({
      id: "film.undoMark",
      keys: "mod+z",
      label: t("undoMark"),
      enabled: room.undoMark !== null,
      run: () => room.undoMark?.(),
    }),
    ...LABELS.map((label, index) =>
      decision({
        id: `read.opinion.${label}`,
        keys: String(index + 1),
        label: t("opinion", { label: labels(label) }),
        enabled: mayRead,
        run: () => {
          // A reason is given in the panel, which full screen hides.
          if (label === "NOT_DIAGNOSTIC") room.leaveFullScreen();
          chooseLabel(reading, open, label);
        },
      }),
    ),
    inCase({
      id: "case.askSecond",
      keys: "shift+R",
      label: t("askSecond"),
      enabled: open.viewerCanRequestSecond,
      run: room.askSecond,
    }),
    inCase({
      id: "case.showFirst",
      keys: "shift+S",
      label: t("showFirst"),
      enabled: open.firstIsKept && !claim.isMine,
      run: room.showFirst,
    }),
    decision({
      id: "read.reveal",
      keys: "r",
      label: t("reveal"),
      enabled:
        isHidden &&
        !reading.isRevealing &&
        (!isOpen || (mayRead && reading.draft.blindLabel !== null)),
      run: () => {
        setRevealAsked(true);
        void reading.reveal().finally(() => setRevealAsked(false));
      },
    }),
    decision({
      id: "read.confirm",
      keys: "y",
      label: t("confirm"),
      enabled: mayDecide || isComing,
      run: () => press("confirm"),
    }),
    decision({
      id: "read.partly",
      keys: "h",
      label: t("partly"),
      enabled: mayAgree || isComing,
      run: () => press("partly"),
    }),
    decision({
      id: "read.override",
      keys: "o",
      label: t("override"),
      enabled: mayDecide || isComing,
      run: () => press("override"),
    }),
    decision({
      id: "read.sign",
      keys: "s",
      label: t("sign"),
      enabled: canSign || isComing,
      run: () => press("sign"),
    }),
  ]);
}

/** 1 to 4: the opinion; once an override is open, what it says instead. */
function chooseLabel(
  reading: Reading,
  open: OpenCase,
  label: (typeof LABELS)[number],
): void {
  const { suggestion, decision } = reading;
  const isRevealed = open.assessment === "ASSESSED" && wasRevealed(open);
  if (!isRevealed) void reading.giveOpinion(label);
  else if (label === "NOT_DIAGNOSTIC") reading.answerNothing();
  else if (
    decision === "OVERRIDE" &&
    suggestion &&
    overridingLabels(suggestion).includes(label)
  ) {
    reading.override(label);
  }
}
