import type { DicomHeader } from "@lung-iris/inference";
import { madeUid } from "./made-uid.ts";

/** Which series of its study a film belongs to, and what took it. */
export interface SeriesIdentity {
  /** Made under 2.25 where the film had none, one for such films of a study. */
  seriesInstanceUid: string;
  modality: string;
  bodyPart: string | null;
  laterality: string | null;
  number: number | null;
  description: string | null;
  station: string | null;
  institution: string | null;
  manufacturer: string | null;
  model: string | null;
}

/** The series that the header names, or the one of films that name none. */
export function seriesOf(
  header: DicomHeader | undefined,
  studyInstanceUid: string,
): SeriesIdentity {
  const series = header?.identity.series;
  return {
    seriesInstanceUid:
      header?.seriesInstanceUid ?? madeUid(studyInstanceUid, "series"),
    modality: header?.modality ?? "DX",
    bodyPart: header?.bodyPart ?? null,
    laterality: series?.laterality ?? null,
    number: series?.number ?? null,
    description: series?.description ?? null,
    station: series?.station ?? null,
    institution: header?.institution ?? null,
    manufacturer: series?.manufacturer ?? null,
    model: series?.model ?? null,
  };
}
