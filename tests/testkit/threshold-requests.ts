/** What pages and tests ask the threshold desk for. */
export const DESK = `query ($siteId: ID!, $ageGroup: String!, $harmWeight: Float! = 10, $grades: [LabelGrade!]! = [ADJUDICATED, TWO_AGREE, ONE_BLIND]) {
  thresholdDesk(siteId: $siteId, ageGroup: $ageGroup, harmWeight: $harmWeight, grades: $grades) {
    model { name fingerprint } policyVersion isByTwo today own
    cases positives patients isTooFew suggested harmOfAll harmOfNone days casesADay
    grades { grade cases isCounted }
    points { threshold truePositives falsePositives trueNegatives falseNegatives harm positivesADay
      sensitivity { value low high } specificity { value } ppv { value } npv { value } }
  } }`;
export const SAVE_THRESHOLD = `mutation ($input: ThresholdInput!) { saveThreshold(input: $input) { version } }`;
export const PROPOSE_THRESHOLD = `mutation ($input: ThresholdInput!) { proposeThreshold(input: $input) {
  id state isStale isOwn evidence { cases after { threshold } } } }`;
export const APPROVE_THRESHOLD = `mutation ($id: ID!) { approveThreshold(id: $id) { state madeVersion } }`;
export const DECLINE_THRESHOLD = `mutation ($id: ID!, $note: String! = "Too many alarms") { declineThreshold(id: $id, note: $note) { state note } }`;
export const WITHDRAW_THRESHOLD = `mutation ($id: ID!) { withdrawThreshold(id: $id) { state } }`;
