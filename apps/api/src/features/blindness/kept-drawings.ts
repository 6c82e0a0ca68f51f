import type { Image } from "@lung-iris/prisma";
import type { Loaders } from "../../loaders.ts";

/**
 * Whether what is drawn over a film is kept from the viewer. It may be another
 * AI's answer, so that who reads blind gets it together with that of this
 * desk. Once a case is signed it shows, except to whom its first reading is
 * kept from.
 */
export async function areDrawingsKept(
  { studyId }: Pick<Image, "studyId">,
  loaders: Loaders,
): Promise<boolean> {
  const row = await loaders.caseOfStudy.load(studyId);
  if (row === null || (await loaders.seesAi.load(row))) return false;
  return row.state !== "SIGNED" || loaders.isFirstKept.load(row);
}
