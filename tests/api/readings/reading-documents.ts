/** What tests of readings ask of a case. */
export const CLAIM = `mutation ($id: ID!) { claimCase(caseId: $id) { version } }`;
export const REVEAL = `mutation ($id: ID!, $blind: Label) { revealPrediction(caseId: $id, opinion: $blind) { id version } }`;
export const CASE = `query ($id: ID!) {
  case(id: $id) { state decidedLabel agreesWithAi version viewerCanAmend viewerCanSign signedVersions { version label isCurrent } }
}`;
export const SIGN = `mutation ($input: SignReadingInput!) {
  signReading(input: $input) {
    id version stage label decision overrideReason changeReason comment isCurrent
    marks { imageId x y width height finding } prediction { id } reader { id } supersedes { id }
  }
}`;
