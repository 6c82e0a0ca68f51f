const GROUP_META = 0x0002;
const GROUP_IDENTIFYING = 0x0008;

/**
 * True where a file without the 128-byte preamble can be nothing but DICOM:
 * its first two elements are well formed, in ascending order, and of the
 * groups with which every data set starts.
 */
export function looksLikeBareDicom(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = elementAt(view, 0);
  if (first === null) return false;
  if (first.group !== GROUP_META && first.group !== GROUP_IDENTIFYING) {
    return false;
  }
  const second = elementAt(view, first.next);
  if (second === null) return false;
  return (
    second.group >= first.group &&
    second.group <= 0x0040 &&
    (second.group > first.group || second.element > first.element)
  );
}

function elementAt(
  view: DataView,
  at: number,
): { group: number; element: number; next: number } | null {
  if (at + 8 > view.byteLength) return null;
  const group = view.getUint16(at, true);
  const element = view.getUint16(at + 2, true);
  const vr = String.fromCharCode(view.getUint8(at + 4), view.getUint8(at + 5));
  const explicit = /^(AE|AS|CS|DA|DT|IS|LO|PN|SH|TM|UI|UL|US)$/u.test(vr);
  const length = explicit
    ? view.getUint16(at + 6, true)
    : view.getUint32(at + 4, true);
  const next = at + 8 + length;
  // No element at the head of a real file is longer than a name or a UID list.
  if (length > 4096 || next > view.byteLength) return null;
  return { group, element, next };
}
