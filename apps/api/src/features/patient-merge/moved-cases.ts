import type { Patient, Study, Tx } from "@lung-iris/prisma";
import { assertCan } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { RecordEvent } from "../../audit/audit-log.ts";
import type { CaseIdentityCommands } from "../cases/case-identity.commands.ts";
import { lockCasesOfPatient } from "../case-rows/case.locks.ts";
import type { PlaceAnew } from "../corrections/study-details.service.ts";
import { filmsOfOpenCases } from "../corrections/films-of-cases.ts";
import { askModels } from "../predictions/ask-models.ts";
import { moveStudies } from "./merge.store.ts";

export interface MoveDeps {
  identity: CaseIdentityCommands;
  placeAnew: PlaceAnew;
}

/** What studies go over, between whom, why and by whom. */
export interface Move {
  viewer: Viewer;
  from: Patient;
  to: Patient;
  studyIds: readonly string[];
  reason: string;
}

/** What somebody says of the studies that came since the merge. */
export interface SinceThen {
  giveBack: readonly string[];
  keep: readonly string[];
}

/** What went over, and the films whose assessment relied on the other record. */
export interface Moved {
  studyIds: string[];
  filmsAskedAgain: string[];
}

/**
 * Hands studies with their cases from one record to another: each case a
 * transition of its own, signers told. The models are asked again about open
 * cases where the two records name another sex, and every open case of both is
 * placed anew, as a prior pneumonia may have come or gone.
 *
 * @throws FORBIDDEN where a signed case is among them and the viewer may not
 *   say whose a signed film is.
 */
export async function moveWithCases(
  deps: MoveDeps,
  tx: Tx,
  record: RecordEvent,
  { viewer, from, to, studyIds, reason }: Move,
): Promise<Moved> {
  // The cases first: whoever signs or corrects holds the case as well.
  const cases = await lockCasesOfPatient(tx, from.id);
  const others = await lockCasesOfPatient(tx, to.id);
  const wanted = new Set(studyIds);
  const going = cases.filter(({ studyId }) => wanted.has(studyId));
  if (going.some(({ state }) => state === "SIGNED"))
    assertCan(viewer, "study:edit-signed", {
      what: "patient",
      siteId: to.siteId,
    });
  const studies = await moveStudies(tx, { from: from.id, to: to.id }, studyIds);
  const byId = new Map<string, Study>(studies.map((row) => [row.id, row]));
  const placedAnew = [
    ...others,
    ...cases.filter((row) => !wanted.has(row.studyId)),
  ];
  for (const row of going) {
    const study = byId.get(row.studyId);
    if (study === undefined) continue;
    const moved = { patient: to, study, reason };
    placedAnew.push(await deps.identity.move(tx, record, row, moved));
  }
  const filmsAskedAgain =
    from.sex === to.sex ? [] : await openFilms(tx, [...byId.keys()]);
  await askModels(
    tx,
    to.siteId,
    filmsAskedAgain,
    "corrected",
    viewer.origin.requestId,
  );
  for (const row of placedAnew)
    if (row.state !== "SIGNED") await deps.placeAnew(tx, record, row);
  return { studyIds: [...byId.keys()], filmsAskedAgain };
}

async function openFilms(
  tx: Tx,
  studyIds: readonly string[],
): Promise<string[]> {
  const films: string[] = [];
  for (const studyId of studyIds)
    films.push(...(await filmsOfOpenCases(tx, { studyId })));
  return films;
}
