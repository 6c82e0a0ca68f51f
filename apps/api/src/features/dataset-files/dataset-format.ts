import { z } from "zod";
import { BadInputError } from "../../errors.ts";

export const PICTURE_TEXT = ["LEAVE_OUT", "BLANK"] as const;
export const DICOM_DATES = ["NONE", "REMOVED", "SHIFTED"] as const;

/** How the films of a dataset are written; as stored in its row. */
export const datasetFormatSchema = z.object({
  /** Films in which letters were found: left out, or with black over them. */
  pictureText: z.enum(PICTURE_TEXT).default("LEAVE_OUT"),
  /** No DICOM files, or such without dates or with shifted ones. */
  dicom: z.enum(DICOM_DATES).default("NONE"),
});
export type StoredDatasetFormat = z.output<typeof datasetFormatSchema>;

/** A format as the resolver hands it in. Throws `BadInputError`. */
export function storedFormat(
  values: { pictureText?: string | null; dicom?: string | null } | null,
): StoredDatasetFormat {
  const parsed = datasetFormatSchema.safeParse({
    pictureText: values?.pictureText ?? undefined,
    dicom: values?.dicom ?? undefined,
  });
  if (parsed.success) return parsed.data;
  throw new BadInputError("This format of an export is not known.", ["format"]);
}
