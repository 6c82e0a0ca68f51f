import type { Role } from "@lung-iris/prisma";

/** Roles that may; `everybody` includes those who are not signed in. */
export type Allowed = readonly Role[] | "signed-in" | "everybody";

export interface Operation {
  document: string;
  allowed: Allowed;
}

const READERS: readonly Role[] = ["RADIOLOGIST"];
const CLINIC: readonly Role[] = ["STAFF", "RADIOLOGIST"];
const WARD: readonly Role[] = ["STAFF", "RADIOLOGIST", "ADMIN"];
const DESK: readonly Role[] = ["STAFF", "ADMIN"];
const ADMINS: readonly Role[] = ["ADMIN"];
const TRAIL: readonly Role[] = ["ADMIN", "AUDITOR"];

/** A whole policy, as it stands in a document. */
export const A_POLICY = `{ urgency: { strongProbability: 0.9, strong: URGENT, positive: SOON, negative: ROUTINE, negativeAtMost: URGENT, notAssessed: URGENT, pending: SOON, followUp: SOON, waited: URGENT, infantBelowYears: 1, oldFromYears: 65, followUpDays: 42, flags: [] }, ceilings: { critical: 30, urgent: 60, soon: 120, routine: 240 }, thresholds: [], reading: { mode: BLIND, controlShare: 0, leaseMinutes: 15 }, secondReads: { randomShare: 0, onAiDisagreement: false, findings: [], readers: [], juniors: false, blindToAi: true }, critical: { findings: ["pneumothorax"], minutes: 60 }, reports: { preliminary: true }, thresholdDesk: { approval: ONE }, assignment: { fallbackMinutes: 30, rules: [] } }`;

/** A threshold of a site and a model that are not there. */
const A_THRESHOLD = `{ siteId: "00000000-0000-7000-8000-000000000000", ageGroup: "adult", threshold: 0.4, model: "x", baseVersion: 1, reason: "x" }`;

/** Who writes the texts that reports are written of. */
const WRITERS: readonly Role[] = ["RADIOLOGIST", "ADMIN"];

const ID = '"00000000-0000-7000-8000-000000000000"';

const A_PROCEDURE = `{ name: { en: "x", vi: "x" }, trigger: { moment: READING, findings: [], flags: [], modalities: [] }, steps: [{ name: { en: "x", vi: "x" }, role: STAFF, minutes: 1, evidence: { kind: TICK, options: [] } }] }`;

const A_MACRO = `{ siteId: ${ID}, name: "x", texts: [{ language: EN, section: FINDINGS, text: "x" }] }`;

const A_VIEW = `{ name: "x", settings: { base: ALL, states: [], urgencies: [], labels: [], columns: [], rows: COMPACT } }`;

/**
 * Every operation of the schema with who may use it: the policy written down
 * a second time, from the side of the user. The documents name things that
 * do not exist, so whoever may gets past the permission and no further.
 */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  "Query.viewer": {
    document: "{ viewer { permissions } }",
    allowed: "signed-in",
  },
  "Query.aiState": { document: "{ aiState { isAway } }", allowed: "signed-in" },
  "Query.worklist": {
    document: "{ worklist { edges { cursor } } }",
    allowed: WARD,
  },
  "Query.worklistViews": {
    document: "{ worklistViews { edges { cursor } } }",
    allowed: WARD,
  },
  "Query.defaultWorklistView": {
    document: "{ defaultWorklistView { id } }",
    allowed: WARD,
  },
  "Mutation.createWorklistView": {
    document: `mutation { createWorklistView(input: ${A_VIEW}) { id } }`,
    allowed: WARD,
  },
  "Mutation.changeWorklistView": {
    document: `mutation { changeWorklistView(id: ${ID}, input: ${A_VIEW}) { id } }`,
    allowed: WARD,
  },
  "Mutation.shareWorklistView": {
    document: `mutation { shareWorklistView(id: ${ID}) { id } }`,
    allowed: DESK,
  },
  "Mutation.deleteWorklistView": {
    document: `mutation { deleteWorklistView(id: ${ID}) { id } }`,
    allowed: WARD,
  },
  "Mutation.restoreWorklistView": {
    document: `mutation { restoreWorklistView(id: ${ID}) { id } }`,
    allowed: WARD,
  },
  "Mutation.setDefaultWorklistView": {
    document: `mutation { setDefaultWorklistView(id: ${ID}) { id } }`,
    allowed: WARD,
  },
  "Query.worklistSummary": {
    document: "{ worklistSummary { waiting } }",
    allowed: WARD,
  },
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
  "Query.procedures": {
    document: `{ procedures(siteId: ${ID}) { version } }`,
    allowed: WARD,
  },
  "Query.procedureVersions": {
    document: `{ procedureVersions(procedureId: ${ID}) { edges { cursor } } }`,
    allowed: WARD,
  },
  "Query.previewProcedure": {
    document: `{ previewProcedure(siteId: ${ID}, document: ${A_PROCEDURE}) { looked } }`,
    allowed: ADMINS,
  },
  "Query.procedureSteps": {
    document: "{ procedureSteps { edges { cursor } } }",
    allowed: WARD,
  },
  "Query.procedureAdherence": {
    document: `{ procedureAdherence(siteId: ${ID}) { open } }`,
    allowed: WARD,
  },
  "Mutation.saveProcedure": {
    document: `mutation { saveProcedure(input: { siteId: ${ID}, baseVersion: 0, isOn: false, reason: "x", document: ${A_PROCEDURE} }) { id } }`,
    allowed: ADMINS,
  },
  "Mutation.completeProcedureStep": {
    document: `mutation { completeProcedureStep(id: ${ID}, answer: "true") { id } }`,
    allowed: CLINIC,
  },
  "Mutation.correctProcedureStep": {
    document: `mutation { correctProcedureStep(id: ${ID}, answer: "true", reason: "x") { id } }`,
    allowed: CLINIC,
  },
  "Query.notificationWays": {
    document: `{ notificationWays(siteId: ${ID}) { version } }`,
    allowed: ADMINS,
  },
  "Query.notificationDeliveries": {
    document: `{ notificationDeliveries(siteId: ${ID}, state: DEAD) { edges { cursor } } }`,
    allowed: ADMINS,
  },
  "Query.notificationChoices": {
    document: "{ notificationChoices { openWays } }",
    allowed: WARD,
  },
  "Query.unreadUrgentInbox": {
    document: "{ unreadUrgentInbox }",
    allowed: WARD,
  },
  "Mutation.saveNotificationWays": {
    document: `mutation { saveNotificationWays(input: { siteId: ${ID}, baseVersion: 0, email: { isOn: false, host: "", port: 587, security: STARTTLS, user: "", from: "" }, webhook: { isOn: false, url: "" } }) { version } }`,
    allowed: ADMINS,
  },
  "Mutation.testNotificationWay": {
    document: `mutation { testNotificationWay(siteId: ${ID}, way: EMAIL) { isDelivered } }`,
    allowed: ADMINS,
  },
  "Mutation.sendNotificationAgain": {
    document: `mutation { sendNotificationAgain(id: ${ID}) { id } }`,
    allowed: ADMINS,
  },
  "Mutation.chooseNotifications": {
    document: "mutation { chooseNotifications(choices: []) { openWays } }",
    allowed: WARD,
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
  "Query.board": {
    document: `{ board(siteId: ${ID}) { asOf } }`,
    allowed: WARD,
  },
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
  "Query.myReading": {
    document: "{ myReading { cases } }",
    allowed: READERS,
  },
  "Query.inHand": { document: "{ inHand { reading } }", allowed: READERS },
  "Query.nextCase": { document: "{ nextCase { id } }", allowed: READERS },
  "Query.case": { document: `{ case(id: ${ID}) { id } }`, allowed: WARD },
  "Query.patient": { document: `{ patient(id: ${ID}) { id } }`, allowed: WARD },
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
  "Query.readerPools": {
    document: `{ readerPools(siteId: ${ID}) { id } }`,
    allowed: WARD,
  },
  "Mutation.savePool": {
    document: `mutation { savePool(input: { siteId: ${ID}, name: "x", memberIds: [] }) { id } }`,
    allowed: ADMINS,
  },
  "Mutation.closePool": {
    document: `mutation { closePool(id: ${ID}) { id } }`,
    allowed: ADMINS,
  },
  "Mutation.escalateCase": {
    document: `mutation { escalateCase(caseId: ${ID}, reason: OTHER) { id } }`,
    allowed: CLINIC,
  },
  "Query.mentionableUsers": {
    document: `{ mentionableUsers(siteId: ${ID}) { id } }`,
    allowed: CLINIC,
  },
  "Mutation.addComment": {
    document: `mutation { addComment(caseId: ${ID}, text: "x") { id } }`,
    allowed: CLINIC,
  },
  "Mutation.editComment": {
    document: `mutation { editComment(id: ${ID}, text: "x") { id } }`,
    allowed: CLINIC,
  },
  "Query.inbox": {
    document: "{ inbox { edges { cursor } } }",
    allowed: WARD,
  },
  "Query.unreadInbox": { document: "{ unreadInbox }", allowed: WARD },
  "Mutation.readInbox": {
    document: "mutation { readInbox }",
    allowed: WARD,
  },
  "Query.quietHours": {
    document: "{ quietHours { toMinute } }",
    allowed: WARD,
  },
  "Mutation.setQuietHours": {
    document: "mutation { setQuietHours { toMinute } }",
    allowed: WARD,
  },
  "Query.readerLoads": {
    document: `{ readerLoads(siteId: ${ID}) { waiting } }`,
    allowed: CLINIC,
  },
  "Query.assignableUsers": {
    document: `{ assignableUsers(siteId: ${ID}) { id } }`,
    allowed: CLINIC,
  },
  "Query.users": {
    document: "{ users { edges { cursor } } }",
    allowed: ADMINS,
  },
  "Query.auditEvents": {
    document: "{ auditEvents { edges { cursor } } }",
    allowed: TRAIL,
  },
  "Query.auditSeal": { document: "{ auditSeal { ok } }", allowed: TRAIL },
  "Query.auditExport": {
    document: "{ auditExport { eventsPath } }",
    allowed: TRAIL,
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
  "Mutation.signIn": {
    document: `mutation { signIn(email: "a@b.example", password: "x") { token } }`,
    allowed: "everybody",
  },
  "Mutation.signInWithIdToken": {
    document: `mutation { signInWithIdToken(idToken: "x") { token } }`,
    allowed: "everybody",
  },
  "Mutation.createSubscriptionTicket": {
    document: "mutation { createSubscriptionTicket { expiresAt } }",
    allowed: "signed-in",
  },
  "Mutation.reauthenticate": {
    document: `mutation { reauthenticate(password: "x") }`,
    allowed: "signed-in",
  },
  "Mutation.changePassword": {
    document: `mutation { changePassword(currentPassword: "x", newPassword: "y") }`,
    allowed: "signed-in",
  },
  "Mutation.setLocale": {
    document: `mutation { setLocale(locale: "vi") { locale } }`,
    allowed: "signed-in",
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
  "Mutation.assignCase": {
    document: `mutation { assignCase(caseId: ${ID}) { id } }`,
    allowed: CLINIC,
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
  "Mutation.updateStudyDetails": {
    document: `mutation { updateStudyDetails(input: { studyId: ${ID} }) { id } }`,
    allowed: CLINIC,
  },
  "Mutation.createUser": {
    document: `mutation { createUser(input: { email: "x", name: "x", role: STAFF, password: "x", siteIds: [] }) { id } }`,
    allowed: ADMINS,
  },
  "Mutation.updateUser": {
    document: `mutation { updateUser(input: { userId: ${ID} }) { id } }`,
    allowed: ADMINS,
  },
  "Query.datasetsHolding": {
    document: `{ datasetsHolding(patientId: ${ID}) { edges { cursor } } }`,
    allowed: ADMINS,
  },
  "Query.patientPairs": {
    document: "{ patientPairs { edges { cursor } } }",
    allowed: CLINIC,
  },
  "Query.patientsByNumber": {
    document: `{ patientsByNumber(number: "x") { edges { cursor } } }`,
    allowed: WARD,
  },
  "Query.filmCorrections": {
    document: `{ filmCorrections(caseId: ${ID}) { edges { cursor } } }`,
    allowed: WARD,
  },
  "Query.filmMovePreview": {
    document: `{ filmMovePreview(imageId: ${ID}, patientId: ${ID}) { marks } }`,
    allowed: CLINIC,
  },
  "Query.filmRemovalPreview": {
    document: `{ filmRemovalPreview(imageId: ${ID}) { marks } }`,
    allowed: CLINIC,
  },
  "Query.filmTurnPreview": {
    document: `{ filmTurnPreview(imageId: ${ID}, quarterTurns: 1, isMirrored: false) { marks } }`,
    allowed: CLINIC,
  },
  "Query.filmCorrectionUndoPreview": {
    document: `{ filmCorrectionUndoPreview(id: ${ID}) { marks } }`,
    allowed: CLINIC,
  },
  "Mutation.moveFilm": {
    document: `mutation { moveFilm(imageId: ${ID}, patientId: ${ID}, reason: "x") { id } }`,
    allowed: CLINIC,
  },
  "Mutation.removeFilm": {
    document: `mutation { removeFilm(imageId: ${ID}, reason: "x") { id } }`,
    allowed: CLINIC,
  },
  "Mutation.turnFilm": {
    document: `mutation { turnFilm(imageId: ${ID}, quarterTurns: 1, isMirrored: false, reason: "x") { id } }`,
    allowed: CLINIC,
  },
  "Mutation.undoFilmCorrection": {
    document: `mutation { undoFilmCorrection(id: ${ID}, reason: "x") { id } }`,
    allowed: CLINIC,
  },
  "Query.studyCorrections": {
    document: `{ studyCorrections(caseId: ${ID}) { edges { cursor } } }`,
    allowed: WARD,
  },
  "Query.studyCorrectionPreview": {
    document: `{ studyCorrectionPreview(input: { studyId: ${ID} }) { films } }`,
    allowed: CLINIC,
  },
  "Query.studyCorrectionUndoPreview": {
    document: `{ studyCorrectionUndoPreview(id: ${ID}) { films } }`,
    allowed: CLINIC,
  },
  "Mutation.undoStudyCorrection": {
    document: `mutation { undoStudyCorrection(id: ${ID}, reason: "x") { id } }`,
    allowed: CLINIC,
  },
  "Query.patientMerges": {
    document: "{ patientMerges { edges { cursor } } }",
    allowed: CLINIC,
  },
  "Query.mergePreview": {
    document: `{ mergePreview(survivorId: ${ID}, mergedId: ${ID}) { studies } }`,
    allowed: CLINIC,
  },
  "Query.mergeUndoPreview": {
    document: `{ mergeUndoPreview(id: ${ID}) { studies } }`,
    allowed: CLINIC,
  },
  "Mutation.mergePatients": {
    document: `mutation { mergePatients(survivorId: ${ID}, mergedId: "00000000-0000-7000-8000-000000000001", reason: "x") { id } }`,
    allowed: CLINIC,
  },
  "Mutation.undoMerge": {
    document: `mutation { undoMerge(id: ${ID}, reason: "x") { id } }`,
    allowed: CLINIC,
  },
  "Mutation.denySamePatient": {
    document: `mutation { denySamePatient(patientId: ${ID}, otherId: "00000000-0000-7000-8000-000000000001", reason: "x") { id } }`,
    allowed: CLINIC,
  },
  "Mutation.takeBackDenial": {
    document: `mutation { takeBackDenial(id: ${ID}, reason: "x") { id } }`,
    allowed: CLINIC,
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
  "Query.erasures": {
    document: "{ erasures { edges { cursor } } }",
    allowed: TRAIL,
  },
  "Query.retentionVersions": {
    document: `{ retentionVersions(siteId: ${ID}) { edges { cursor } } }`,
    allowed: TRAIL,
  },
  "Query.retentionPreview": {
    document: `{ retentionPreview(siteId: ${ID}, keepDays: 365) { patients } }`,
    allowed: TRAIL,
  },
  "Mutation.saveRetention": {
    document: `mutation { saveRetention(input: { siteId: ${ID}, baseVersion: 0, keepDays: 365, reason: "x" }) { id } }`,
    allowed: ADMINS,
  },
  "Query.erasurePreview": {
    document: `{ erasurePreview(patientId: ${ID}) { patientId } }`,
    allowed: ADMINS,
  },
  "Mutation.proposeErasure": {
    document: `mutation { proposeErasure(patientId: ${ID}, reason: "x") { id } }`,
    allowed: ADMINS,
  },
  "Mutation.approveErasure": {
    document: `mutation { approveErasure(id: ${ID}, reason: "x") { id } }`,
    allowed: ADMINS,
  },
  "Mutation.rejectErasure": {
    document: `mutation { rejectErasure(id: ${ID}, reason: "x") { id } }`,
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
  "Mutation.verifyAudit": {
    document: "mutation { verifyAudit { ok } }",
    allowed: TRAIL,
  },
  "Subscription.worklistChanged": {
    document: "subscription { worklistChanged { kind } }",
    allowed: WARD,
  },
  "Subscription.datasetChanged": {
    document: `subscription { datasetChanged(id: ${ID}) { id } }`,
    allowed: ADMINS,
  },
  "Subscription.alarmChanged": {
    document: `subscription { alarmChanged(siteId: ${ID}) { id } }`,
    allowed: TRAIL,
  },
  // Last: it ends the session that the others use.
  "Mutation.signOut": {
    document: "mutation { signOut }",
    allowed: "signed-in",
  },
};

/** The same for the HTTP routes that need a session. */
export const ROUTES: readonly {
  method: string;
  path: string;
  allowed: readonly Role[];
}[] = [
  { method: "POST", path: "/upload", allowed: CLINIC },
  { method: "GET", path: "/images/ID/thumbnail", allowed: WARD },
  { method: "GET", path: "/images/ID/pixels", allowed: WARD },
  { method: "GET", path: "/cases/ID/film", allowed: WARD },
  { method: "GET", path: "/images/ID/drawings", allowed: WARD },
  { method: "GET", path: "/images/ID/original", allowed: WARD },
  { method: "GET", path: "/reports/ID.pdf", allowed: WARD },
  { method: "GET", path: "/reports/ID/print.pdf", allowed: WARD },
  { method: "GET", path: "/preliminary/ID.pdf", allowed: WARD },
  { method: "GET", path: "/preliminary/ID/print.pdf", allowed: WARD },
  { method: "GET", path: "/datasets/ID/download", allowed: ADMINS },
  // The name is the filter {}, as auditExport gives it out.
  { method: "GET", path: "/audit/events/e30.csv", allowed: TRAIL },
  { method: "GET", path: "/audit/chain", allowed: TRAIL },
];
