/** The standard's own root: names classes and syntaxes, never a study or film. */
const STANDARD_ROOT = "1.2.840.10008.";
const SHAPE = /^(?=.{5,64}$)\d+(?:\.\d+){2,}$/u;

/**
 * A UID that can name one study, series or film (PS3.5 9.1). Systems that have
 * none write "0", "1.2" or a class's: taken for a name they would make one
 * examination of everybody's. Leading zeros, which the standard forbids and
 * makers write, stay.
 */
export function instanceUid(code: string | undefined): string | undefined {
  if (code === undefined || !SHAPE.test(code)) return undefined;
  const isZeros = /^[0.]+$/u.test(code);
  return isZeros || code.startsWith(STANDARD_ROOT) ? undefined : code;
}
