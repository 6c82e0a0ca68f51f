/** What tests of reviews ask of a case. */
export const CLAIM = `mutation ($id: ID!) { claimCase(caseId: $id) { version } }`;
export const CASE = `query ($id: ID!) {
  case(id: $id) { state decidedLabel agreesWithAi version viewerCanAmend viewerCanSign reviews { version label isCurrent } }
}`;
