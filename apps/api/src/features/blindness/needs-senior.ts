import type { Case } from "@lung-iris/prisma";

/** Why the case is read a second time where a junior signed it. */
export const BY_JUNIOR = "grade";

/** Whether only a senior may read the case further. */
export function needsSenior({
  secondReadReasons,
}: Pick<Case, "secondReadReasons">): boolean {
  return secondReadReasons.includes(BY_JUNIOR);
}
