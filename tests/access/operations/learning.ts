import {
  A_POLICY,
  WARD,
  ADMINS,
  TRAIL,
  ID,
  A_THRESHOLD,
  type Operation,
} from "./callers.ts";

/** Models, policies, what is learnt from and what is watched: who may use it. */
export const LEARNING_OPERATIONS: Readonly<Record<string, Operation>> = {
  "Query.aiState": { document: "{ aiState { isAway } }", allowed: "signed-in" },
  "Query.readerAgreement": {
    document: `{ readerAgreement(siteId: ${ID}) { cases } }`,
    allowed: ADMINS,
  },
  "Query.groupAgreement": {
    document: `{ groupAgreement(siteId: ${ID}, by: POOL) { cases } }`,
    allowed: ADMINS,
  },
  "Query.monitoring": {
    document: `{ monitoring(siteId: ${ID}) { asOf } }`,
    allowed: TRAIL,
  },
  "Query.goldenRuns": {
    document: `{ goldenRuns(siteId: ${ID}) { id } }`,
    allowed: TRAIL,
  },
  "Query.alarms": {
    document: `{ alarms(siteId: ${ID}) { edges { cursor } } }`,
    allowed: TRAIL,
  },
  "Mutation.takeAlarm": {
    document: `mutation { takeAlarm(id: ${ID}) { id } }`,
    allowed: ADMINS,
  },
  "Mutation.acknowledgeAlarm": {
    document: `mutation { acknowledgeAlarm(id: ${ID}, note: "x") { id } }`,
    allowed: ADMINS,
  },
  "Query.findings": {
    document: "{ findings { code } }",
    allowed: "signed-in",
  },
  "Query.liveModel": { document: "{ liveModel { id } }", allowed: WARD },
  "Query.modelVersions": {
    document: "{ modelVersions { edges { cursor } } }",
    allowed: WARD,
  },
  "Query.sitePolicy": {
    document: `{ sitePolicy(siteId: ${ID}) { id } }`,
    allowed: WARD,
  },
  "Query.replay": {
    document: `{ replay(input: { siteId: ${ID} }) { cases } }`,
    allowed: ADMINS,
  },
  "Query.policyReaders": {
    document: `{ policyReaders(siteId: ${ID}) { id } }`,
    allowed: WARD,
  },
  "Query.policyVersions": {
    document: `{ policyVersions(siteId: ${ID}) { edges { cursor } } }`,
    allowed: WARD,
  },
  "Query.previewPolicy": {
    document: `{ previewPolicy(siteId: ${ID}, document: ${A_POLICY}) { moves } }`,
    allowed: ADMINS,
  },
  "Query.datasets": {
    document: "{ datasets { edges { cursor } } }",
    allowed: ADMINS,
  },
  "Query.dataset": {
    document: `{ dataset(id: ${ID}) { id } }`,
    allowed: ADMINS,
  },
  "Query.datasetPreview": {
    document: `{ datasetPreview(filter: { siteId: ${ID} }) { cases } }`,
    allowed: ADMINS,
  },
  "Query.datasetsHolding": {
    document: `{ datasetsHolding(patientId: ${ID}) { edges { cursor } } }`,
    allowed: ADMINS,
  },
  "Query.caseLearning": {
    document: `{ caseLearning(caseId: ${ID}) { split } }`,
    allowed: ADMINS,
  },
  "Query.learningWithdrawals": {
    document: "{ learningWithdrawals { edges { cursor } } }",
    allowed: ADMINS,
  },
  "Query.learningWithdrawal": {
    document: `{ learningWithdrawal(patientId: ${ID}) { id } }`,
    allowed: ADMINS,
  },
  "Mutation.withdrawFromLearning": {
    document: `mutation { withdrawFromLearning(patientId: ${ID}, reason: "x") { id } }`,
    allowed: ADMINS,
  },
  "Mutation.liftLearningWithdrawal": {
    document: `mutation { liftLearningWithdrawal(patientId: ${ID}, reason: "x") { id } }`,
    allowed: ADMINS,
  },
  "Mutation.createDataset": {
    document: `mutation { createDataset(name: "x", filter: { siteId: ${ID} }) { id } }`,
    allowed: ADMINS,
  },
  "Mutation.retryDataset": {
    document: `mutation { retryDataset(id: ${ID}) { id } }`,
    allowed: ADMINS,
  },
  "Query.bars": {
    document: `{ bars(siteId: ${ID}) { version } }`,
    allowed: WARD,
  },
  "Query.barsVersions": {
    document: `{ barsVersions(siteId: ${ID}) { edges { cursor } } }`,
    allowed: WARD,
  },
  "Query.judgements": {
    document: `{ judgements(siteId: ${ID}) { edges { cursor } } }`,
    allowed: WARD,
  },
  "Query.trainingRuns": {
    document: `{ trainingRuns(siteId: ${ID}) { edges { cursor } } }`,
    allowed: ADMINS,
  },
  "Query.trainingRun": {
    document: `{ trainingRun(id: ${ID}) { id } }`,
    allowed: ADMINS,
  },
  "Mutation.startTraining": {
    document: `mutation { startTraining(input: { siteId: ${ID}, kind: FINE_TUNE, datasetId: ${ID}, name: "x", barsVersion: 1 }) { id } }`,
    allowed: ADMINS,
  },
  "Mutation.pauseTraining": {
    document: `mutation { pauseTraining(id: ${ID}) { id } }`,
    allowed: ADMINS,
  },
  "Mutation.resumeTraining": {
    document: `mutation { resumeTraining(id: ${ID}) { id } }`,
    allowed: ADMINS,
  },
  "Mutation.stopTraining": {
    document: `mutation { stopTraining(id: ${ID}) { id } }`,
    allowed: ADMINS,
  },
  "Query.promotions": {
    document: `{ promotions(siteId: ${ID}) { edges { cursor } } }`,
    allowed: WARD,
  },
  "Query.discordantCases": {
    document: `{ discordantCases(siteId: ${ID}, modelVersionId: ${ID}) { edges { cursor } } }`,
    allowed: WARD,
  },
  "Query.shadowComparison": {
    document: `{ shadowComparison(siteId: ${ID}, modelVersionId: ${ID}) { films } }`,
    allowed: ADMINS,
  },
  "Mutation.saveBars": {
    document: `mutation { saveBars(input: { siteId: ${ID}, document: { phantoms: { films: 20, seed: 1 }, bars: [] }, baseVersion: 1, reason: "x" }) { id } }`,
    allowed: ADMINS,
  },
  "Mutation.judgeCandidate": {
    document: `mutation { judgeCandidate(siteId: ${ID}, modelVersionId: ${ID}) { id } }`,
    allowed: ADMINS,
  },
  "Mutation.startShadow": {
    document: `mutation { startShadow(input: { siteId: ${ID}, modelVersionId: ${ID}, films: 1, reason: "x" }) { id } }`,
    allowed: ADMINS,
  },
  "Mutation.endShadow": {
    document: `mutation { endShadow(input: { siteId: ${ID}, modelVersionId: ${ID}, reason: "x" }) { id } }`,
    allowed: ADMINS,
  },
  "Mutation.proposePromotion": {
    document: `mutation { proposePromotion(input: { judgementId: ${ID}, reason: "x" }) { id } }`,
    allowed: ADMINS,
  },
  "Mutation.approvePromotion": {
    document: `mutation { approvePromotion(input: { promotionId: ${ID}, reason: "x" }) { id } }`,
    allowed: ADMINS,
  },
  "Mutation.rejectPromotion": {
    document: `mutation { rejectPromotion(input: { promotionId: ${ID}, reason: "x" }) { id } }`,
    allowed: ADMINS,
  },
  "Mutation.rollBackPromotion": {
    document: `mutation { rollBackPromotion(input: { promotionId: ${ID}, reason: "x" }) { id } }`,
    allowed: ADMINS,
  },
  "Query.thresholdDesk": {
    document: `{ thresholdDesk(siteId: ${ID}, ageGroup: "adult") { cases } }`,
    allowed: ADMINS,
  },
  "Query.previewThreshold": {
    document: `{ previewThreshold(siteId: ${ID}, ageGroup: "adult", threshold: 0.4) { moves } }`,
    allowed: ADMINS,
  },
  "Query.thresholdProposals": {
    document: `{ thresholdProposals(siteId: ${ID}) { edges { cursor } } }`,
    allowed: ADMINS,
  },
  "Mutation.saveThreshold": {
    document: `mutation { saveThreshold(input: ${A_THRESHOLD}) { id } }`,
    allowed: ADMINS,
  },
  "Mutation.proposeThreshold": {
    document: `mutation { proposeThreshold(input: ${A_THRESHOLD}) { id } }`,
    allowed: ADMINS,
  },
  "Mutation.proposeSingleApproval": {
    document: `mutation { proposeSingleApproval(siteId: ${ID}, baseVersion: 1, reason: "x") { id } }`,
    allowed: ADMINS,
  },
  "Mutation.approveThreshold": {
    document: `mutation { approveThreshold(id: ${ID}) { id } }`,
    allowed: ADMINS,
  },
  "Mutation.declineThreshold": {
    document: `mutation { declineThreshold(id: ${ID}, note: "x") { id } }`,
    allowed: ADMINS,
  },
  "Mutation.withdrawThreshold": {
    document: `mutation { withdrawThreshold(id: ${ID}) { id } }`,
    allowed: ADMINS,
  },
  "Mutation.savePolicy": {
    document: `mutation { savePolicy(input: { siteId: ${ID}, document: ${A_POLICY}, baseVersion: 1, reason: "x" }) { id } }`,
    allowed: ADMINS,
  },
  "Subscription.datasetChanged": {
    document: `subscription { datasetChanged(id: ${ID}) { id } }`,
    allowed: ADMINS,
  },
  "Subscription.alarmChanged": {
    document: `subscription { alarmChanged(siteId: ${ID}) { id } }`,
    allowed: TRAIL,
  },
};
