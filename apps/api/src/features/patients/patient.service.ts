import type { DatabaseClient, Patient } from "@lung-iris/prisma";
import { z } from "zod";
import { assertCan, assertUserCan } from "../../access/authorize.ts";
import { visiblePatients } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { BadInputError } from "../../errors.ts";
import { isUuid } from "../../platform/ids.ts";
import {
  decodeCursor,
  encodeCursor,
  pageSize,
  toPage,
  type Page,
} from "../../platform/pagination.ts";
import { patientsByNumber } from "./patients-by-number.ts";

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

  /**
   * Patients by a number: of the patient, of a record that was merged into
   * his, or of one of his examinations. The search is audited.
   */
  async byNumber(
    viewer: Viewer,
    number: string,
    siteId: string | null | undefined,
    first: number,
    after: string | null | undefined,
  ): Promise<Page<Patient>> {
    assertUserCan(viewer, "patient:read");
    const size = pageSize(first);
    const wanted = number.trim();
    if (wanted === "" || wanted.length > MAX_NUMBER)
      throw new BadInputError("Give a record or accession number.", ["number"]);
    const siteIds = viewer.siteIds.filter(
      (id) => siteId == null || id === siteId,
    );
    const all = await patientsByNumber(this.#client, siteIds, wanted);
    const last = after ? decodeCursor(after, cursorSchema)[0] : null;
    const rest = all.filter(({ id }) => last === null || id > last);
    const page = toPage(rest.slice(0, size + 1), size, after, ({ id }) =>
      encodeCursor([id]),
    );
    await this.#audit.recordLook(viewer, {
      type: "patients.searched",
      siteId: siteId ?? null,
      patientId: null,
      subject: { type: "patients", id: "by-number" },
      details: {
        query: wanted,
        patientIds: page.edges.map(({ node }) => node.id),
      },
    });
    return page;
  }
}

/** Longest number of a patient or an examination. */
const MAX_NUMBER = 64;

const cursorSchema = z.tuple([z.uuid()]);
