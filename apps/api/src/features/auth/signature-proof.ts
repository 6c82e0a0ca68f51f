import type { UserViewer } from "../../access/viewer.ts";
import { AppError } from "../../errors.ts";

/**
 * Opens every signature: whoever sits at an unlocked desk is not therefore
 * the one who signs (21 CFR 11.200(a)(1): a series of signatures begins with
 * the whole of them). Within the set time the password is not asked for again.
 *
 * @throws REAUTHENTICATION_REQUIRED with the `method` that proves it.
 */
export function assertSignatureProved(viewer: UserViewer, now: Date): void {
  const { signsUntil } = viewer;
  if (signsUntil !== null && signsUntil > now) return;
  throw new AppError(
    "REAUTHENTICATION_REQUIRED",
    viewer.isByPassword
      ? "Give your password again to sign."
      : "Sign in again through your identity provider to sign.",
    { details: { method: proofMethod(viewer) } },
  );
}

/** People prove who they are in the way that they came in. */
export function proofMethod(
  viewer: UserViewer,
): "PASSWORD" | "IDENTITY_PROVIDER" {
  return viewer.isByPassword ? "PASSWORD" : "IDENTITY_PROVIDER";
}
