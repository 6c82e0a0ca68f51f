export { createDatabase } from "./client.ts";
export type { Database, DatabaseClient } from "./client.ts";
export { withTransaction } from "./transaction.ts";
export type { Tx } from "./transaction.ts";
export { connectionConfig } from "../engine/adapter.mjs";
export { Prisma } from "./generated/client.ts";
export * from "./generated/enums.ts";
export type {
  Alarm,
  AuditEvent,
  AuditHead,
  Case,
  CaseLabel,
  CriticalResult,
  Dataset,
  DatasetMember,
  Image,
  LearningWithdrawal,
  GoldenRun,
  ModelRole,
  ModelVersion,
  MonitoringWatch,
  OwnWindow,
  Patient,
  PatientIdentifier,
  PatientName,
  PolicyVersion,
  PreliminaryReport,
  Prediction,
  PredictionFinding,
  PredictionMap,
  Reading,
  ReadingVersion,
  ReportMacro,
  Series,
  Session,
  Site,
  SiteMember,
  Study,
  User,
} from "./generated/client.ts";
