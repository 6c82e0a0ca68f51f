import type { Locale } from "./locales.ts";
import enCommon from "../../messages/en/common.json";
import enShell from "../../messages/en/shell.json";
import enErrors from "../../messages/en/errors.json";
import enSignIn from "../../messages/en/sign-in.json";
import enViews from "../../messages/en/views.json";
import enWorklist from "../../messages/en/worklist.json";
import enUpload from "../../messages/en/upload.json";
import enFindings from "../../messages/en/findings.json";
import enCases from "../../messages/en/cases.json";
import enViewer from "../../messages/en/viewer.json";
import enReadings from "../../messages/en/readings.json";
import enReports from "../../messages/en/reports.json";
import enAudit from "../../messages/en/audit.json";
import enAuditWords from "@lung-iris/audit-words/messages/en.json";
import enDatasets from "../../messages/en/datasets.json";
import enUsers from "../../messages/en/users.json";
import enAccount from "../../messages/en/account.json";
import enModels from "../../messages/en/models.json";
import enBoard from "../../messages/en/board.json";
import enReplay from "../../messages/en/replay.json";
import enMonitoring from "../../messages/en/monitoring.json";
import enMyReading from "../../messages/en/my-reading.json";
import enAgreement from "../../messages/en/agreement.json";
import enPolicies from "../../messages/en/policies.json";
import enFilms from "../../messages/en/films.json";
import enDuplicates from "../../messages/en/duplicates.json";
import enTraining from "../../messages/en/training.json";
import enThresholds from "../../messages/en/thresholds.json";
import enErasures from "../../messages/en/erasures.json";
import enWithdrawals from "../../messages/en/withdrawals.json";
import enCritical from "../../messages/en/critical.json";
import enMacros from "../../messages/en/macros.json";
import enComments from "../../messages/en/comments.json";
import enInbox from "../../messages/en/inbox.json";
import enNotifications from "../../messages/en/notifications.json";
import enPools from "../../messages/en/pools.json";
import enProcedures from "../../messages/en/procedures.json";
import enPreliminary from "../../messages/en/preliminary.json";
import viCommon from "../../messages/vi/common.json";
import viShell from "../../messages/vi/shell.json";
import viErrors from "../../messages/vi/errors.json";
import viSignIn from "../../messages/vi/sign-in.json";
import viViews from "../../messages/vi/views.json";
import viWorklist from "../../messages/vi/worklist.json";
import viUpload from "../../messages/vi/upload.json";
import viFindings from "../../messages/vi/findings.json";
import viCases from "../../messages/vi/cases.json";
import viViewer from "../../messages/vi/viewer.json";
import viReadings from "../../messages/vi/readings.json";
import viReports from "../../messages/vi/reports.json";
import viAudit from "../../messages/vi/audit.json";
import viAuditWords from "@lung-iris/audit-words/messages/vi.json";
import viDatasets from "../../messages/vi/datasets.json";
import viUsers from "../../messages/vi/users.json";
import viAccount from "../../messages/vi/account.json";
import viModels from "../../messages/vi/models.json";
import viBoard from "../../messages/vi/board.json";
import viReplay from "../../messages/vi/replay.json";
import viMonitoring from "../../messages/vi/monitoring.json";
import viMyReading from "../../messages/vi/my-reading.json";
import viAgreement from "../../messages/vi/agreement.json";
import viPolicies from "../../messages/vi/policies.json";
import viFilms from "../../messages/vi/films.json";
import viDuplicates from "../../messages/vi/duplicates.json";
import viTraining from "../../messages/vi/training.json";
import viThresholds from "../../messages/vi/thresholds.json";
import viErasures from "../../messages/vi/erasures.json";
import viWithdrawals from "../../messages/vi/withdrawals.json";
import viCritical from "../../messages/vi/critical.json";
import viMacros from "../../messages/vi/macros.json";
import viComments from "../../messages/vi/comments.json";
import viInbox from "../../messages/vi/inbox.json";
import viNotifications from "../../messages/vi/notifications.json";
import viPools from "../../messages/vi/pools.json";
import viProcedures from "../../messages/vi/procedures.json";
import viPreliminary from "../../messages/vi/preliminary.json";

const en = {
  common: enCommon,
  shell: enShell,
  errors: enErrors,
  signIn: enSignIn,
  views: enViews,
  worklist: enWorklist,
  upload: enUpload,
  findings: enFindings,
  cases: enCases,
  viewer: enViewer,
  readings: enReadings,
  reports: enReports,
  audit: { ...enAudit, ...enAuditWords },
  datasets: enDatasets,
  users: enUsers,
  account: enAccount,
  models: enModels,
  board: enBoard,
  monitoring: enMonitoring,
  myReading: enMyReading,
  agreement: enAgreement,
  policies: enPolicies,
  thresholds: enThresholds,
  training: enTraining,
  replay: enReplay,
  films: enFilms,
  duplicates: enDuplicates,
  erasures: enErasures,
  withdrawals: enWithdrawals,
  critical: enCritical,
  macros: enMacros,
  notifications: enNotifications,
  pools: enPools,
  comments: enComments,
  inbox: enInbox,
  procedures: enProcedures,
  preliminary: enPreliminary,
};

const vi = {
  common: viCommon,
  shell: viShell,
  errors: viErrors,
  signIn: viSignIn,
  views: viViews,
  worklist: viWorklist,
  upload: viUpload,
  findings: viFindings,
  cases: viCases,
  viewer: viViewer,
  readings: viReadings,
  reports: viReports,
  audit: { ...viAudit, ...viAuditWords },
  datasets: viDatasets,
  users: viUsers,
  account: viAccount,
  models: viModels,
  board: viBoard,
  monitoring: viMonitoring,
  myReading: viMyReading,
  agreement: viAgreement,
  policies: viPolicies,
  thresholds: viThresholds,
  training: viTraining,
  replay: viReplay,
  films: viFilms,
  duplicates: viDuplicates,
  erasures: viErasures,
  withdrawals: viWithdrawals,
  critical: viCritical,
  macros: viMacros,
  notifications: viNotifications,
  pools: viPools,
  comments: viComments,
  inbox: viInbox,
  procedures: viProcedures,
  preliminary: viPreliminary,
};

/** The English texts are the type that every other language must fit. */
export type Messages = typeof en;

export const messages: Record<Locale, Messages> = { en, vi };
