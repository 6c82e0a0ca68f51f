import type { ProcedureAdherenceQuery } from "../../gql/graphql.ts";

type Counts = ProcedureAdherenceQuery["procedureAdherence"][number];

/** Figures of a procedure in the order of the columns, its name left out. */
type AdherenceFigures = readonly [
  share: string | number | null,
  due: number,
  inTime: number,
  late: number,
  open: number,
  overdue: number,
];

/** For people: "63%" of the steps that were due; null where none was. */
export function shownFigures(row: Counts, locale: string): AdherenceFigures {
  const { inTimeShare: share } = row;
  const percent = new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: 0,
  });
  return figures(row, share == null ? null : percent.format(share));
}

/** For a spreadsheet: per cent as a number with one decimal. */
export function savedFigures(row: Counts): AdherenceFigures {
  const { inTimeShare: share } = row;
  return figures(row, share == null ? null : Math.round(share * 1_000) / 10);
}

function figures(
  { due, doneInTime, doneLate, open, overdue }: Counts,
  share: string | number | null,
): AdherenceFigures {
  return [share, due, doneInTime, doneLate, open, overdue];
}
