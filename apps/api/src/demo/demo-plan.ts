import type { DemoFilm, DemoPatient } from "@lung-iris/phantom";
import type { DemoEmail } from "./demo-users.ts";

/** What has happened to a demo film since it came in. */
export type DemoState =
  | { kind: "waiting" }
  | { kind: "assigned"; to: DemoEmail }
  | { kind: "reading"; by: DemoEmail }
  | { kind: "signed"; by: DemoEmail; minutesLater: number };

export interface PlannedFilm {
  patient: DemoPatient;
  film: DemoFilm;
  state: DemoState;
  /** What the film was drawn to show; the reader's label. */
  truth: "NORMAL" | "PNEUMONIA" | "NOT_DIAGNOSTIC";
}

const HOUR = 60;
const FIRST: DemoEmail = "radiologist@demo.lung-iris";
const SECOND: DemoEmail = "radiologist2@demo.lung-iris";

/**
 * Every demo film, oldest first, with the state it is to be in: what is older
 * than a day was read, this night's is assigned, and among this morning's one
 * is being read. The same plan each time.
 */
export function planDemo(patients: readonly DemoPatient[]): PlannedFilm[] {
  const films = patients.flatMap((patient) =>
    patient.films.map((film) => ({ patient, film })),
  );
  films.sort((a, b) => b.film.minutesBeforeNow - a.film.minutesBeforeNow);
  const isReadNow = films.find(
    ({ film }) =>
      film.minutesBeforeNow < 2 * HOUR && truthOf(film) === "NORMAL",
  );
  return films.map(({ patient, film }, position) => ({
    patient,
    film,
    truth: truthOf(film),
    state:
      film === isReadNow?.film
        ? { kind: "reading", by: SECOND }
        : stateOf(film, position),
  }));
}

function stateOf(film: DemoFilm, position: number): DemoState {
  const age = film.minutesBeforeNow;
  const reader = position % 3 === 0 ? SECOND : FIRST;
  if (age > 24 * HOUR) {
    return { kind: "signed", by: reader, minutesLater: 20 + position * 3 };
  }
  if (age > 8 * HOUR) return { kind: "assigned", to: reader };
  return { kind: "waiting" };
}

function truthOf({ content }: DemoFilm): PlannedFilm["truth"] {
  if (content.kind === "not-a-chest") return "NOT_DIAGNOSTIC";
  const { pathology } = content.options;
  return pathology === undefined || pathology === "none"
    ? "NORMAL"
    : "PNEUMONIA";
}
