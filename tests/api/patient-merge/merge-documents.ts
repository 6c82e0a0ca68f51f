export const MERGE = `mutation ($survivor: ID!, $merged: ID!, $reason: String!) {
  mergePatients(survivorId: $survivor, mergedId: $merged, reason: $reason) { id survivor { id identifiers { value issuer } } undoneAt }
}`;
export const UNDO = `mutation ($id: ID!, $reason: String!, $giveBack: [ID!]! = [], $keep: [ID!]! = []) {
  undoMerge(id: $id, reason: $reason, giveBack: $giveBack, keep: $keep) { id undoneByName undoReason }
}`;
export const PREVIEW = `query ($survivor: ID!, $merged: ID!) {
  mergePreview(survivorId: $survivor, mergedId: $merged) {
    conflicts studies films openCases beingRead signedCases labels datasets
    isSurvivorWithdrawn isMergedWithdrawn filmsAskedAgain isAllowed
  }
}`;
export const UNDO_PREVIEW = `query ($id: ID!) {
  mergeUndoPreview(id: $id) { studies studiesGone signedCases isAllowed since { id } }
}`;
export const PAIRS = `query ($notSame: Boolean!, $first: Int! = 20, $after: String) {
  patientPairs(notSame: $notSame, first: $first, after: $after) {
    edges { cursor node { id reasons first { id } second { id } notSameReason } }
    pageInfo { hasNextPage endCursor }
  }
}`;
export const DENY = `mutation ($one: ID!, $other: ID!, $reason: String!) {
  denySamePatient(patientId: $one, otherId: $other, reason: $reason) { id notSameByName notSameReason }
}`;
export const TAKE_BACK = `mutation ($id: ID!, $reason: String!) { takeBackDenial(id: $id, reason: $reason) { id notSameAt } }`;
