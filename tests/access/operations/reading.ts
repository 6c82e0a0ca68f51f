import {
  READERS,
  CLINIC,
  WARD,
  ADMINS,
  WRITERS,
  ID,
  A_MACRO,
  type Operation,
} from "./callers.ts";

/** Reading a case, from its claim to its signature and after: who may use it. */
export const READING_OPERATIONS: Readonly<Record<string, Operation>> = {
  "Query.signerNotices": {
    document: "{ signerNotices { edges { cursor } } }",
    allowed: READERS,
  },
  "Query.reportSuggestion": {
    document: `{ reportSuggestion(caseId: ${ID}, language: VI) { findings } }`,
    allowed: READERS,
  },
  "Query.reportMacros": {
    document: `{ reportMacros(siteId: ${ID}) { edges { cursor } } }`,
    allowed: WRITERS,
  },
  "Mutation.saveOwnMacro": {
    document: `mutation { saveOwnMacro(input: ${A_MACRO}) { id } }`,
    allowed: READERS,
  },
  "Mutation.saveSiteMacro": {
    document: `mutation { saveSiteMacro(input: ${A_MACRO}) { id } }`,
    allowed: ADMINS,
  },
  "Mutation.deleteMacro": {
    document: `mutation { deleteMacro(id: ${ID}) { id } }`,
    allowed: WRITERS,
  },
  "Mutation.issuePreliminary": {
    document: `mutation { issuePreliminary(input: { caseId: ${ID}, label: NORMAL, report: { language: EN, indication: "", technique: "", comparison: "", findings: "x", impression: "" } }) { id } }`,
    allowed: READERS,
  },
  "Query.criticalResults": {
    document: "{ criticalResults { edges { cursor } } }",
    allowed: WARD,
  },
  "Query.criticalSummary": {
    document: "{ criticalSummary { open } }",
    allowed: WARD,
  },
  "Query.criticalRecipients": {
    document: `{ criticalRecipients(siteId: ${ID}) { id } }`,
    allowed: CLINIC,
  },
  "Mutation.markCritical": {
    document: `mutation { markCritical(caseId: ${ID}, input: { reason: "x" }) { id } }`,
    allowed: READERS,
  },
  "Mutation.tellCritical": {
    document: `mutation { tellCritical(id: ${ID}, input: { way: PHONE, to: "x" }) { id } }`,
    allowed: CLINIC,
  },
  "Mutation.acknowledgeCritical": {
    document: `mutation { acknowledgeCritical(id: ${ID}, readBack: "x") { id } }`,
    allowed: CLINIC,
  },
  "Mutation.withdrawCritical": {
    document: `mutation { withdrawCritical(id: ${ID}, reason: "x") { id } }`,
    allowed: READERS,
  },
  "Query.myReading": {
    document: "{ myReading { cases } }",
    allowed: READERS,
  },
  "Query.inHand": { document: "{ inHand { reading } }", allowed: READERS },
  "Query.nextCase": { document: "{ nextCase { id } }", allowed: READERS },
  "Query.case": { document: `{ case(id: ${ID}) { id } }`, allowed: WARD },
  "Query.filmHeader": {
    document: `{ filmHeader(imageId: ${ID}) { isCut } }`,
    allowed: WARD,
  },
  "Query.ownWindows": {
    document: "{ ownWindows { key } }",
    allowed: WARD,
  },
  "Mutation.keepOwnWindow": {
    document: "mutation { keepOwnWindow(key: 5, shift: 0, width: 1) { key } }",
    allowed: WARD,
  },
  "Mutation.forgetOwnWindow": {
    document: "mutation { forgetOwnWindow(key: 5) { key } }",
    allowed: WARD,
  },
  "Mutation.keepText": {
    document: `mutation { keepText(input: { caseId: ${ID}, kind: COMMENT, text: "x" }) { id } }`,
    allowed: WARD,
  },
  "Query.keptReason": {
    document: `{ keptReason(kind: POLICY, aboutId: ${ID}) { id } }`,
    allowed: WARD,
  },
  "Query.keptReasons": {
    document: `{ keptReasons(kind: POLICY, aboutId: ${ID}) { id } }`,
    allowed: WARD,
  },
  "Mutation.keepReason": {
    document: `mutation { keepReason(input: { kind: POLICY, aboutId: ${ID}, text: "x" }) { id } }`,
    allowed: WARD,
  },
  "Mutation.endRetake": {
    document: `mutation { endRetake(caseId: ${ID}, reason: NOT_NEEDED) { id } }`,
    allowed: CLINIC,
  },
  "Mutation.requestSecondReading": {
    document: `mutation { requestSecondReading(caseId: ${ID}, reason: "to be sure") { id } }`,
    allowed: WARD,
  },
  "Mutation.showFirstReading": {
    document: `mutation { showFirstReading(caseId: ${ID}) { id } }`,
    allowed: READERS,
  },
  "Mutation.claimCase": {
    document: `mutation { claimCase(caseId: ${ID}) { id } }`,
    allowed: READERS,
  },
  "Mutation.handOver": {
    document: "mutation { handOver { reading } }",
    allowed: READERS,
  },
  "Mutation.claimNextCase": {
    document: "mutation { claimNextCase { id } }",
    allowed: READERS,
  },
  "Mutation.releaseCase": {
    document: `mutation { releaseCase(caseId: ${ID}) { id } }`,
    allowed: READERS,
  },
  "Mutation.reassessCase": {
    document: `mutation { reassessCase(caseId: ${ID}) { id } }`,
    allowed: WARD,
  },
  "Mutation.revealPrediction": {
    document: `mutation { revealPrediction(caseId: ${ID}) { id } }`,
    allowed: READERS,
  },
  "Mutation.recordOpinion": {
    document: `mutation { recordOpinion(caseId: ${ID}, opinion: NORMAL) { id } }`,
    allowed: READERS,
  },
  "Mutation.saveReadingDraft": {
    document: `mutation { saveReadingDraft(caseId: ${ID}, input: {}) { id } }`,
    allowed: READERS,
  },
  "Mutation.giveDraft": {
    document: `mutation { giveDraft(caseId: ${ID}, toUserId: ${ID}) { id } }`,
    allowed: READERS,
  },
  "Mutation.takeBackDraft": {
    document: `mutation { takeBackDraft(caseId: ${ID}) { id } }`,
    allowed: READERS,
  },
  "Mutation.takeGivenDraft": {
    document: `mutation { takeGivenDraft(caseId: ${ID}, fromUserId: ${ID}) { id } }`,
    allowed: READERS,
  },
  "Mutation.leaveGivenDraft": {
    document: `mutation { leaveGivenDraft(caseId: ${ID}, fromUserId: ${ID}) { id } }`,
    allowed: READERS,
  },
  "Mutation.takeOverCase": {
    document: `mutation { takeOverCase(caseId: ${ID}, reason: "x") { id } }`,
    allowed: READERS,
  },
  "Mutation.acknowledgeNotice": {
    document: `mutation { acknowledgeNotice(caseId: ${ID}) { id } }`,
    allowed: READERS,
  },
  "Mutation.signReading": {
    document: `mutation { signReading(input: { caseId: ${ID}, caseVersion: 1, label: NORMAL, decision: CONFIRM }) { id } }`,
    allowed: READERS,
  },
  "Mutation.amendReading": {
    document: `mutation { amendReading(input: { versionId: ${ID}, label: NORMAL, decision: CONFIRM, amendReason: "x" }) { id } }`,
    allowed: READERS,
  },
  "Mutation.restoreSignature": {
    document: `mutation { restoreSignature(caseId: ${ID}) { id } }`,
    allowed: READERS,
  },
  "Mutation.addAddendum": {
    document: `mutation { addAddendum(versionId: ${ID}, text: "x", language: EN) { id } }`,
    allowed: READERS,
  },
};
