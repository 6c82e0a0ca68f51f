export const MOVE = `mutation ($film: ID!, $study: ID, $patient: ID, $reason: String! = "Wrong patient on the console") {
  moveFilm(imageId: $film, studyId: $study, patientId: $patient, reason: $reason) { id kind viewerCanUndo toStudy { id patient { id } } }
}`;
export const REMOVE = `mutation ($film: ID!, $reason: String! = "A test exposure") { removeFilm(imageId: $film, reason: $reason) { id kind fileName } }`;
export const TURN = `mutation ($film: ID!, $quarterTurns: Int!, $isMirrored: Boolean!, $view: String, $reason: String! = "The marker is on the wrong side") {
  turnFilm(imageId: $film, quarterTurns: $quarterTurns, isMirrored: $isMirrored, viewPosition: $view, reason: $reason) { id kind }
}`;
export const UNDO = `mutation ($id: ID!, $reason: String! = "It was right") { undoFilmCorrection(id: $id, reason: $reason) { id undoneByName undoReason } }`;
const AHEAD = `filmsLeft signedCases beingRead marks labels datasets isAskedAgain isReadAgain isAllowed`;
export const MOVE_PREVIEW = `query ($film: ID!, $study: ID, $patient: ID) { filmMovePreview(imageId: $film, studyId: $study, patientId: $patient) { ${AHEAD} } }`;
export const REMOVAL_PREVIEW = `query ($film: ID!) { filmRemovalPreview(imageId: $film) { ${AHEAD} } }`;
export const TURN_PREVIEW = `query ($film: ID!, $quarterTurns: Int!, $isMirrored: Boolean!, $view: String) {
  filmTurnPreview(imageId: $film, quarterTurns: $quarterTurns, isMirrored: $isMirrored, viewPosition: $view) { ${AHEAD} }
}`;
export const UNDO_PREVIEW = `query ($id: ID!) { filmCorrectionUndoPreview(id: $id) { ${AHEAD} } }`;
export const LIST = `query ($case: ID!, $first: Int! = 20, $after: String) {
  filmCorrections(caseId: $case, first: $first, after: $after) {
    edges { cursor node { id kind fileName reason byName undoneAt viewerCanUndo study { id } toStudy { id } before { quarterTurns isMirrored viewPosition } after { quarterTurns isMirrored viewPosition } } }
    pageInfo { hasNextPage endCursor }
  }
}`;
export const OPEN = `query ($id: ID!) { case(id: $id) { state viewerCanClaim study { images { id } } priors { id } } }`;
