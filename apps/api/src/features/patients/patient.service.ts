import type { DatabaseClient, Patient } from "@lung-iris/prisma";
import { assertCan } from "../../access/authorize.ts";
import { visiblePatients } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { isUuid } from "../../platform/ids.ts";

export class PatientService {
  readonly #client: DatabaseClient;
  readonly #audit: AuditLog;

  constructor(client: DatabaseClient, audit: AuditLog) {
    this.#client = client;
    this.#audit = audit;
  }

  /** The patient, or null where there is none to see. The look is audited. */
  async open(viewer: Viewer, id: string): Promise<Patient | null> {
    assertCan(viewer, "patient:read");
    if (!isUuid(id)) return null;
    const patient = await this.#client.patient.findFirst({
      where: { AND: [visiblePatients(viewer), { id }] },
    });
    if (patient === null) return null;
    await this.#audit.recordLook(viewer, {
      type: "patient.opened",
      siteId: patient.siteId,
      patientId: patient.id,
      subject: { type: "patient", id: patient.id },
      details: {},
    });
    return patient;
  }
}
