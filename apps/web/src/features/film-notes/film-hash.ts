/**
 * The SHA-256 of a film's bytes, as the server will know it; null where the
 * browser cannot tell, or the file is gone.
 */
export async function hashOfFilm(
  file: Pick<Blob, "arrayBuffer">,
): Promise<string | null> {
  try {
    const bytes = await file.arrayBuffer();
    const hash = await crypto.subtle.digest("SHA-256", bytes);
    return [...new Uint8Array(hash)]
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join("");
  } catch {
    return null;
  }
}
