/** What tests of erasures ask for. */
const COUNTS = `counts { records studies films bytes cases signedCases readings reports predictions labels comments keptTexts criticalResults notes corrections filmsShared events eventsNaming }`;
export const EXPORTS = `exports { name films hadFile downloads models }`;
export const PREVIEW = `query ($id: ID!) { erasurePreview(patientId: $id) { ${COUNTS} ${EXPORTS} obstacles } }`;
export const PROPOSE = `mutation ($id: ID!, $reason: String!) { proposeErasure(patientId: $id, reason: $reason) { id state pseudonym ${COUNTS} } }`;
export const APPROVE = `mutation ($id: ID!, $reason: String!) { approveErasure(id: $id, reason: $reason) { state objectsLeft patient { id } ${COUNTS} ${EXPORTS} } }`;
export const REJECT = `mutation ($id: ID!, $reason: String!) { rejectErasure(id: $id, reason: $reason) { state decisionReason } }`;

export const WHY = "Asked for in writing";
