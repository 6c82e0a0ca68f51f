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
  BarsVersion,
  Case,
  CaseLabel,
  CriticalResult,
  Dataset,
  DatasetMember,
  Image,
  Judgement,
  JudgementResult,
  LearningWithdrawal,
  GoldenRun,
  ModelRole,
  ModelVersion,
  MonitoringWatch,
  Patient,
  PatientIdentifier,
  PatientMerge,
  PatientName,
  PatientPair,
  PolicyVersion,
  PreliminaryReport,
  Prediction,
  PredictionFinding,
  PredictionMap,
  Promotion,
  Reading,
  ReadingVersion,
  ReportMacro,
  Series,
  Session,
  Site,
  SiteMember,
  Study,
  ThresholdProposal,
  User,
  WorklistView,
} from "./generated/client.ts";
