import { aCase } from "../testkit/scenario.ts";
import { as, type Acts, type Stage } from "./acts.ts";

const MOVE = `mutation ($film: ID!, $study: ID!) { moveFilm(imageId: $film, studyId: $study, reason: "Wrong patient") { id } }`;
const TURN = `mutation ($film: ID!) { turnFilm(imageId: $film, quarterTurns: 0, isMirrored: true, reason: "Marker on the wrong side") { id } }`;
const REMOVE = `mutation ($film: ID!) { removeFilm(imageId: $film, reason: "Test exposure") { id } }`;

async function oneFilm({ server, siteId }: Stage) {
  const scenario = await aCase(server, siteId).create();
  return { scenario, film: scenario.image.id };
}

/** Mutations of films that are put right. */
export const FILM_ACTS: Acts = {
  moveFilm: async (stage) => {
    const { scenario, film } = await oneFilm(stage);
    const to = await aCase(stage.server, stage.siteId).create();
    return {
      run: () => as(stage.staff, MOVE, { film, study: to.study.id }),
      expected: {
        type: "image.moved",
        subjectId: film,
        patientId: scenario.patient.id,
        before: { studyId: scenario.study.id },
        after: { studyId: to.study.id },
      },
      beside: [
        "case.film-left",
        "case.film-added",
        "case.placed",
        "image.move-received",
      ],
    };
  },
  removeFilm: async (stage) => {
    const { film } = await oneFilm(stage);
    return {
      run: () => as(stage.staff, REMOVE, { film }),
      expected: {
        type: "image.removed",
        subjectId: film,
        before: { isRemoved: false },
        after: { isRemoved: true },
      },
      beside: ["case.film-left"],
    };
  },
  turnFilm: async (stage) => {
    const { film } = await oneFilm(stage);
    return {
      run: () => as(stage.staff, TURN, { film }),
      expected: {
        type: "image.turned",
        subjectId: film,
        before: { isMirrored: false },
        after: { isMirrored: true },
      },
      beside: ["case.film-turned", "case.placed"],
    };
  },
  undoFilmCorrection: async (stage) => {
    const { film } = await oneFilm(stage);
    await as(stage.staff, REMOVE, { film }).ok;
    const made =
      await stage.server.database.client.filmCorrection.findFirstOrThrow({
        where: { imageId: film },
      });
    return {
      run: () =>
        as(
          stage.staff,
          `mutation ($id: ID!) { undoFilmCorrection(id: $id, reason: "It belongs here") { id } }`,
          { id: made.id },
        ),
      expected: {
        type: "image.restored",
        subjectId: film,
        before: { isRemoved: true },
        after: { isRemoved: false },
      },
      beside: ["case.film-added", "case.placed"],
    };
  },
};
