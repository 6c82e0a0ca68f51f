import {
  CLINIC,
  WARD,
  DESK,
  ADMINS,
  ID,
  A_PROCEDURE,
  A_VIEW,
  type Operation,
} from "./callers.ts";

/** The worklist and all that goes around it: who may use it. */
export const DESK_OPERATIONS: Readonly<Record<string, Operation>> = {
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
  "Query.board": {
    document: `{ board(siteId: ${ID}) { asOf } }`,
    allowed: WARD,
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
  "Mutation.assignCase": {
    document: `mutation { assignCase(caseId: ${ID}) { id } }`,
    allowed: CLINIC,
  },
  "Subscription.worklistChanged": {
    document: "subscription { worklistChanged { kind } }",
    allowed: WARD,
  },
};
