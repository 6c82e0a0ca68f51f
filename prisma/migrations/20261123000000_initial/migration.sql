-- The tables of prisma/schema, before the audit chain and the worklist's own indexes.
-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "CaseState" AS ENUM ('WAITING', 'READING', 'SIGNED');

-- CreateEnum
CREATE TYPE "AssessmentState" AS ENUM ('PENDING', 'ASSESSED', 'NOT_ASSESSED');

-- CreateEnum
CREATE TYPE "Urgency" AS ENUM ('CRITICAL', 'URGENT', 'SOON', 'ROUTINE');

-- CreateEnum
CREATE TYPE "Label" AS ENUM ('NORMAL', 'PNEUMONIA', 'OTHER');

-- CreateEnum
CREATE TYPE "ReviewStage" AS ENUM ('PRIMARY', 'SECOND', 'ADJUDICATION');

-- CreateEnum
CREATE TYPE "Decision" AS ENUM ('CONFIRM', 'OVERRIDE', 'INDEPENDENT');

-- CreateEnum
CREATE TYPE "DatasetState" AS ENUM ('QUEUED', 'RUNNING', 'READY', 'FAILED');

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('STAFF', 'RADIOLOGIST', 'ADMIN', 'AUDITOR');

-- CreateEnum
CREATE TYPE "Sex" AS ENUM ('FEMALE', 'MALE', 'OTHER', 'UNKNOWN');

-- CreateEnum
CREATE TYPE "ImageFormat" AS ENUM ('PNG', 'JPEG', 'DICOM');

-- CreateEnum
CREATE TYPE "GateStatus" AS ENUM ('ASSESSED', 'NOT_ASSESSED');

-- CreateTable
CREATE TABLE "AuditEvent" (
    "seq" BIGINT NOT NULL DEFAULT 0,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "type" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "actorRole" TEXT NOT NULL,
    "siteId" UUID,
    "subjectType" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "patientId" UUID,
    "content" TEXT NOT NULL,
    "previousHash" TEXT NOT NULL DEFAULT '',
    "hash" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "AuditHead" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "seq" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditHead_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Case" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "studyId" UUID NOT NULL,
    "state" "CaseState" NOT NULL DEFAULT 'WAITING',
    "assessment" "AssessmentState" NOT NULL DEFAULT 'PENDING',
    "notAssessedReason" TEXT,
    "urgency" "Urgency" NOT NULL DEFAULT 'SOON',
    "urgencyReasons" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "probability" DOUBLE PRECISION,
    "threshold" DOUBLE PRECISION,
    "decidedLabel" "Label",
    "agreesWithAi" BOOLEAN,
    "patientId" UUID NOT NULL,
    "patientName" TEXT NOT NULL,
    "mrn" TEXT NOT NULL,
    "accessionNumber" TEXT,
    "searchText" TEXT NOT NULL,
    "arrivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "assigneeId" UUID,
    "claimedById" UUID,
    "claimExpiresAt" TIMESTAMPTZ(3),
    "signedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Review" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "readerId" UUID NOT NULL,
    "stage" "ReviewStage" NOT NULL DEFAULT 'PRIMARY',
    "version" INTEGER NOT NULL DEFAULT 1,
    "supersedesId" UUID,
    "predictionId" UUID,
    "blindLabel" "Label",
    "revealedAt" TIMESTAMPTZ(3),
    "label" "Label" NOT NULL,
    "decision" "Decision" NOT NULL,
    "overrideReason" TEXT,
    "comment" TEXT,
    "marks" JSONB NOT NULL DEFAULT '[]',
    "amendReason" TEXT,
    "signedAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Review_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Dataset" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "createdById" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "state" "DatasetState" NOT NULL DEFAULT 'QUEUED',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "objectKey" TEXT,
    "bytes" BIGINT,
    "sha256" TEXT,
    "error" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Dataset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Site" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Site_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "passwordHash" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "isDemo" BOOLEAN NOT NULL DEFAULT false,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "failedSignIns" INTEGER NOT NULL DEFAULT 0,
    "lockedUntil" TIMESTAMPTZ(3),
    "lastSignInAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SiteMember" (
    "siteId" UUID NOT NULL,
    "userId" UUID NOT NULL,

    CONSTRAINT "SiteMember_pkey" PRIMARY KEY ("userId","siteId")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Patient" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "mrn" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "birthDate" DATE,
    "sex" "Sex" NOT NULL DEFAULT 'UNKNOWN',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Patient_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Study" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "patientId" UUID NOT NULL,
    "studyInstanceUid" TEXT NOT NULL,
    "accessionNumber" TEXT,
    "description" TEXT,
    "modality" TEXT NOT NULL DEFAULT 'DX',
    "viewPosition" TEXT,
    "patientAgeYears" DOUBLE PRECISION,
    "patientWeightKg" DOUBLE PRECISION,
    "clinicalFlags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "clinicalNote" TEXT,
    "studiedAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Study_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Image" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "studyId" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "format" "ImageFormat" NOT NULL,
    "bytes" INTEGER NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "bitsStored" INTEGER NOT NULL,
    "windowCenter" DOUBLE PRECISION NOT NULL,
    "windowWidth" DOUBLE PRECISION NOT NULL,
    "pixelSpacing" DOUBLE PRECISION[] DEFAULT ARRAY[]::DOUBLE PRECISION[],
    "photometric" TEXT,
    "sopInstanceUid" TEXT,
    "warnings" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "originalName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Image_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ModelVersion" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "manifest" JSONB NOT NULL,
    "isLive" BOOLEAN NOT NULL DEFAULT false,
    "liveSince" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ModelVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Prediction" (
    "id" UUID NOT NULL,
    "imageId" UUID NOT NULL,
    "modelVersionId" UUID NOT NULL,
    "gateStatus" "GateStatus" NOT NULL,
    "gateReason" TEXT,
    "gateDetail" TEXT,
    "probability" DOUBLE PRECISION,
    "threshold" DOUBLE PRECISION,
    "findings" JSONB NOT NULL,
    "cam" JSONB NOT NULL,
    "boxes" JSONB NOT NULL,
    "engine" TEXT NOT NULL,
    "milliseconds" DOUBLE PRECISION NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Prediction_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "AuditEvent_at_seq_idx" ON "AuditEvent"("at", "seq");

-- CreateIndex
CREATE INDEX "AuditEvent_type_seq_idx" ON "AuditEvent"("type", "seq");

-- CreateIndex
CREATE INDEX "AuditEvent_actorId_seq_idx" ON "AuditEvent"("actorId", "seq");

-- CreateIndex
CREATE INDEX "AuditEvent_patientId_seq_idx" ON "AuditEvent"("patientId", "seq");

-- CreateIndex
CREATE INDEX "AuditEvent_subjectId_seq_idx" ON "AuditEvent"("subjectId", "seq");

-- CreateIndex
CREATE INDEX "AuditEvent_siteId_seq_idx" ON "AuditEvent"("siteId", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "Case_studyId_key" ON "Case"("studyId");

-- CreateIndex
CREATE INDEX "Case_siteId_state_urgency_arrivedAt_id_idx" ON "Case"("siteId", "state", "urgency", "arrivedAt", "id");

-- CreateIndex
CREATE INDEX "Case_siteId_arrivedAt_id_idx" ON "Case"("siteId", "arrivedAt", "id");

-- CreateIndex
CREATE INDEX "Case_patientId_idx" ON "Case"("patientId");

-- CreateIndex
CREATE UNIQUE INDEX "Review_supersedesId_key" ON "Review"("supersedesId");

-- CreateIndex
CREATE INDEX "Review_siteId_signedAt_idx" ON "Review"("siteId", "signedAt");

-- CreateIndex
CREATE INDEX "Review_readerId_signedAt_idx" ON "Review"("readerId", "signedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Review_caseId_stage_version_key" ON "Review"("caseId", "stage", "version");

-- CreateIndex
CREATE INDEX "Dataset_siteId_createdAt_id_idx" ON "Dataset"("siteId", "createdAt" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "Site_code_key" ON "Site"("code");

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE INDEX "User_name_id_idx" ON "User"("name", "id");

-- CreateIndex
CREATE INDEX "SiteMember_siteId_idx" ON "SiteMember"("siteId");

-- CreateIndex
CREATE UNIQUE INDEX "Session_tokenHash_key" ON "Session"("tokenHash");

-- CreateIndex
CREATE INDEX "Session_userId_expiresAt_idx" ON "Session"("userId", "expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "Patient_siteId_mrn_key" ON "Patient"("siteId", "mrn");

-- CreateIndex
CREATE INDEX "Study_patientId_studiedAt_idx" ON "Study"("patientId", "studiedAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "Study_siteId_studyInstanceUid_key" ON "Study"("siteId", "studyInstanceUid");

-- CreateIndex
CREATE INDEX "Image_studyId_idx" ON "Image"("studyId");

-- CreateIndex
CREATE UNIQUE INDEX "Image_siteId_sha256_key" ON "Image"("siteId", "sha256");

-- CreateIndex
CREATE UNIQUE INDEX "ModelVersion_sha256_key" ON "ModelVersion"("sha256");

-- CreateIndex
CREATE UNIQUE INDEX "Prediction_imageId_modelVersionId_key" ON "Prediction"("imageId", "modelVersionId");

-- AddForeignKey
ALTER TABLE "Case" ADD CONSTRAINT "Case_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Case" ADD CONSTRAINT "Case_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Case" ADD CONSTRAINT "Case_assigneeId_fkey" FOREIGN KEY ("assigneeId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Case" ADD CONSTRAINT "Case_claimedById_fkey" FOREIGN KEY ("claimedById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_predictionId_fkey" FOREIGN KEY ("predictionId") REFERENCES "Prediction"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_supersedesId_fkey" FOREIGN KEY ("supersedesId") REFERENCES "Review"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Dataset" ADD CONSTRAINT "Dataset_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Dataset" ADD CONSTRAINT "Dataset_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SiteMember" ADD CONSTRAINT "SiteMember_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SiteMember" ADD CONSTRAINT "SiteMember_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Patient" ADD CONSTRAINT "Patient_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Study" ADD CONSTRAINT "Study_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Study" ADD CONSTRAINT "Study_patientId_fkey" FOREIGN KEY ("patientId") REFERENCES "Patient"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Image" ADD CONSTRAINT "Image_siteId_fkey" FOREIGN KEY ("siteId") REFERENCES "Site"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Image" ADD CONSTRAINT "Image_studyId_fkey" FOREIGN KEY ("studyId") REFERENCES "Study"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Prediction" ADD CONSTRAINT "Prediction_imageId_fkey" FOREIGN KEY ("imageId") REFERENCES "Image"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Prediction" ADD CONSTRAINT "Prediction_modelVersionId_fkey" FOREIGN KEY ("modelVersionId") REFERENCES "ModelVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


