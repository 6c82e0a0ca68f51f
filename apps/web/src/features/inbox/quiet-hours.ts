export interface QuietHours {
  fromMinute: number;
  toMinute: number;
}

/** Whether a time lies in the hours, by this machine's clock. */
export function isQuiet(hours: QuietHours | null, time: Date): boolean {
  if (hours === null) return false;
  const minute = time.getHours() * 60 + time.getMinutes();
  const { fromMinute, toMinute } = hours;
  return fromMinute < toMinute
    ? fromMinute <= minute && minute < toMinute
    : fromMinute <= minute || minute < toMinute;
}
