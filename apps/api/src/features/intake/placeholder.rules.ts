/** Numbers that systems and people write where there is none. */
const NO_NUMBER =
  /^(?:0+|9{4,}|x+|[-–—_.?*]+|none|null|nil|n\/?a|unk(?:nown)?|no ?id|no ?name|anon(?:ym(?:ous|ized|ised)?)?|patient|test|temp|emergency|john ?doe)$/iu;
/** The same with a running number or another tail. */
const NUMBERED = /^(?:anon|unknown|unk|noid|temp)[-_ ]?/iu;
const NO_NAME =
  /^(?:x+|[-–—_.?*]+|none|null|n\/?a|unk(?:nown)?(?:[ ,]+unk(?:nown)?)?|no ?name|anon(?:ym(?:ous|ized|ised)?)?|patient|test|unknown,? patient)$/iu;

/**
 * Whether a record number names nobody: it is what a device writes when it
 * was not told, or such a word with a tail and neither a name nor a birth
 * date beside it. Films under one are never taken for one person's.
 */
export function isPlaceholderNumber(
  mrn: string,
  beside: { name: string | null; birthDate: string | null },
): boolean {
  if (NO_NUMBER.test(mrn.trim())) return true;
  const saysMore = beside.name !== null || beside.birthDate !== null;
  return !saysMore && NUMBERED.test(mrn.trim());
}

/** Whether a name is only a word for "no name". */
export function isPlaceholderName(name: string): boolean {
  return NO_NAME.test(name.trim());
}
