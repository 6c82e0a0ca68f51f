/** Why a sign-in failed, as NextAuth carries it: in one word of an address. */
export interface SignInFailure {
  code: string;
  /** How long to wait, where the API says so. */
  retryAfterSeconds?: number | undefined;
}

/** `SIGN_IN_LOCKED:90`, or the code alone. */
export function writeSignInFailure(failure: SignInFailure): string {
  const { code, retryAfterSeconds } = failure;
  return retryAfterSeconds === undefined
    ? code
    : `${code}:${String(Math.ceil(retryAfterSeconds))}`;
}

/** Reads it again; what is no number of seconds is left out. */
export function readSignInFailure(text: string): SignInFailure {
  const [code = "", seconds] = text.split(":");
  return /^\d{1,6}$/.test(seconds ?? "")
    ? { code, retryAfterSeconds: Number(seconds) }
    : { code };
}
