import { Prisma, readRows } from "@lung-iris/prisma";
import type { DatabaseClient, Image, Tx } from "@lung-iris/prisma";
import type { FilmInfo } from "@lung-iris/inference";
/** Where a film that was sent before lies. */
export interface KnownFilm {
  imageId: string;
  studyId: string;
  caseId: string | null;
  patientId: string;
  /** Out of sight: it should not be here. */
  isRemoved: boolean;
}

/** The film with these bytes at this site, if it is there already. */
export async function findKnownFilm(
  client: DatabaseClient,
  siteId: string,
  sha256: string,
): Promise<KnownFilm | null> {
  const [found] = await readRows<KnownFilm>(
    client,
    Prisma.sql`
    SELECT "Image"."id" AS "imageId", "Study"."id" AS "studyId",
      "Case"."id" AS "caseId", "Study"."patientId",
      "Image"."removedAt" IS NOT NULL AS "isRemoved"
    FROM "Image"
    JOIN "Study" ON "Study"."id" = "Image"."studyId"
    LEFT JOIN "Case" ON "Case"."studyId" = "Study"."id"
    WHERE "Image"."siteId" = ${siteId}::uuid AND "Image"."sha256" = ${sha256}`,
  );
  return found ?? null;
}

/** What is stored of a film beside its bytes. */
export interface NewImage {
  id: string;
  siteId: string;
  studyId: string;
  seriesId: string;
  sha256: string;
  bytes: number;
  originalName: string;
  sopClassUid: string | null;
  /** Null where another content has the UID already. */
  sopInstanceUid: string | null;
  /** The film that has it. */
  conflictsWithId: string | null;
  headerReadAt: Date;
  warnings: string[];
  info: FilmInfo;
}

const SHAPES = {
  linear: "LINEAR",
  "linear-exact": "LINEAR_EXACT",
  sigmoid: "SIGMOID",
} as const;

const SPACING_KINDS = {
  patient: "PATIENT",
  detector: "DETECTOR",
  nominal: "NOMINAL",
} as const;

const FORMATS = { png: "PNG", jpeg: "JPEG", dicom: "DICOM" } as const;

/** Adds the film; `null` when another upload of the same bytes was first. */
export async function insertImage(
  tx: Tx,
  film: NewImage,
): Promise<Image | null> {
  const { info, ...own } = film;
  const [made] = await tx.image.createManyAndReturn({
    data: {
      ...own,
      format: FORMATS[info.format],
      width: info.width,
      height: info.height,
      bitsStored: info.bitsStored,
      windowCenter: info.window.center,
      windowWidth: info.window.width,
      windowShape: SHAPES[info.window.shape ?? "linear"],
      pixelSpacing: info.pixelSpacing ?? [],
      spacingKind:
        info.spacingKind === undefined ? null : SPACING_KINDS[info.spacingKind],
      photometric: info.header?.photometricInterpretation ?? null,
    },
    skipDuplicates: true,
  });
  return made ?? null;
}

/** The film that came first under a SOP instance UID at the site. */
export function findFilmOfUid(
  tx: Tx,
  siteId: string,
  sopInstanceUid: string,
): Promise<Image | null> {
  return tx.image.findUnique({
    where: { siteId_sopInstanceUid: { siteId, sopInstanceUid } },
  });
}

/** The site's time zone; null where nobody has said it. */
export async function zoneOfSite(
  tx: Tx,
  siteId: string,
): Promise<string | null> {
  const [site] = await tx.$queryRaw<{ timeZone: string | null }[]>`
    SELECT "timeZone" FROM "Site" WHERE "id" = ${siteId}::uuid`;
  if (site === undefined)
    throw new Error("a film for a site that is not there");
  return site.timeZone;
}
