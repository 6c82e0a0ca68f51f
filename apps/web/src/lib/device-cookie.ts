import { cookies } from "next/headers";

const NAME = "lung-iris-device";
/** As long as the API remembers a browser that is not used. */
const SECONDS = 180 * 24 * 60 * 60;

/**
 * The token by which the API knows this browser again, so that others'
 * guesses do not lock its owner out; "" for a browser that is new.
 */
export async function readDeviceToken(): Promise<string> {
  return (await cookies()).get(NAME)?.value ?? "";
}

/** Outlives the session; scripts never see it. */
export async function keepDeviceToken(
  token: string,
  isSecure: boolean,
): Promise<void> {
  (await cookies()).set(NAME, token, {
    httpOnly: true,
    sameSite: "strict",
    secure: isSecure,
    path: "/api/auth",
    maxAge: SECONDS,
  });
}
