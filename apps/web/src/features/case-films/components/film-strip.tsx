"use client";

import { useTranslations } from "next-intl";
import type { FilmFieldsFragment } from "../../../gql/graphql.ts";
import { PatientPicture } from "../../../components/patient-picture.tsx";
import { apiRoutes } from "../../../lib/routes.ts";
import { useStudyLine } from "../../patients/use-patient-line.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import styles from "./film-strip.module.css";

interface FilmStripProps {
  open: OpenCase;
  shownId: string;
  priorIds: readonly string[];
  onShow: (image: FilmFieldsFragment) => void;
  /** puts a prior beside the film, or takes it away */
  onCompare: (image: FilmFieldsFragment) => void;
}

/** Thumbnails: the study's own films where it has several, then the priors. */
export function FilmStrip(props: FilmStripProps) {
  const { open, shownId, priorIds } = props;
  const t = useTranslations("cases");
  const studyLine = useStudyLine();
  const { images } = open.study;
  if (images.length < 2 && open.priors.length === 0) return null;
  return (
    <nav className={styles.strip} aria-label={t("strip.label")}>
      {images.length > 1 ? (
        <Group label={t("strip.current")}>
          {images.map((image) => (
            <Thumbnail
              key={image.id}
              image={image}
              label={t("strip.show", { name: image.originalName })}
              isOn={image.id === shownId}
              onClick={() => props.onShow(image)}
            />
          ))}
        </Group>
      ) : null}
      {open.priors.map((prior) => (
        <Group
          key={prior.id}
          label={studyLine(prior)}
          note={
            prior.case?.decidedLabel
              ? t(`strip.decided.${prior.case.decidedLabel}`)
              : t("strip.unread")
          }
        >
          {prior.images.map((image) => (
            <Thumbnail
              key={image.id}
              image={image}
              label={t("strip.compare", { study: studyLine(prior) })}
              isOn={priorIds.includes(image.id)}
              onClick={() => props.onCompare(image)}
            />
          ))}
        </Group>
      ))}
    </nav>
  );
}

interface GroupProps {
  label: string;
  note?: string;
  children: React.ReactNode;
}

function Group({ label, note, children }: GroupProps) {
  return (
    <div className={styles.group}>
      {children}
      <div className={styles.words}>
        <div>{label}</div>
        {note ? <div className={styles.note}>{note}</div> : null}
      </div>
    </div>
  );
}

interface ThumbnailProps {
  image: FilmFieldsFragment;
  label: string;
  isOn: boolean;
  onClick: () => void;
}

function Thumbnail({ image, label, isOn, onClick }: ThumbnailProps) {
  return (
    <button
      type="button"
      className={styles.thumbnail}
      aria-pressed={isOn}
      aria-label={label}
      onClick={onClick}
    >
      <PatientPicture path={apiRoutes.file(image.thumbnailPath)} />
    </button>
  );
}
