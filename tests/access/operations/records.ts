import { CLINIC, WARD, ADMINS, TRAIL, ID, type Operation } from "./callers.ts";

/** People, records, corrections and the trail: who may use it. */
export const RECORDS_OPERATIONS: Readonly<Record<string, Operation>> = {
  "Query.viewer": {
    document: "{ viewer { permissions } }",
    allowed: "signed-in",
  },
  "Query.patient": { document: `{ patient(id: ${ID}) { id } }`, allowed: WARD },
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
  "Mutation.verifyAudit": {
    document: "mutation { verifyAudit { ok } }",
    allowed: TRAIL,
  },
  // Last: it ends the session that the others use.
  "Mutation.signOut": {
    document: "mutation { signOut }",
    allowed: "signed-in",
  },
};
