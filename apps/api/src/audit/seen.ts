/** What of a patient was shown. */
export const LOOK_PARTS = [
  "record",
  "other-studies",
  "readings",
  "history",
  "prediction",
] as const;
export type LookPart = (typeof LOOK_PARTS)[number];

/** What an object names: its patient, or a thing that belongs to one. */
export type OwnerKind = "patient" | "case" | "study" | "image";

/** Names the patients of things by their ids; those unknown are left out. */
export type FindOwners = (
  kind: Exclude<OwnerKind, "patient">,
  ids: string[],
) => Promise<{ id: string; patientId: string }[]>;

/** What one request, or one event of a socket, has put into its answer. */
export class Seen {
  readonly #parts: Record<OwnerKind, Map<string, Set<LookPart>>> = {
    patient: new Map(),
    case: new Map(),
    study: new Map(),
    image: new Map(),
  };
  /** Owners met on the way, so that they need not be asked for. */
  readonly #owners = new Map<string, string>();
  readonly #lists = new Map<"users" | "datasets", Set<string>>();

  note(kind: OwnerKind, id: string, part: LookPart): void {
    const parts = this.#parts[kind].get(id);
    if (parts === undefined) this.#parts[kind].set(id, new Set([part]));
    else parts.add(part);
  }

  /** Remembers whose the rows are through which others are found. */
  learn(type: string, row: unknown): void {
    if (typeof row !== "object" || row === null) return;
    // Any row may be asked for any column.
    const { id, patientId, studyId } = row as Record<string, unknown>;
    if (typeof id !== "string") return;
    if (typeof patientId === "string") {
      if (type === "Case") this.#owners.set(`case ${id}`, patientId);
      if (type === "Study") this.#owners.set(`study ${id}`, patientId);
    } else if (type === "Image" && typeof studyId === "string") {
      const owner = this.#owners.get(`study ${studyId}`);
      if (owner !== undefined) this.#owners.set(`image ${id}`, owner);
    }
  }

  list(name: "users" | "datasets", id: string): void {
    const ids = this.#lists.get(name) ?? new Set();
    this.#lists.set(name, ids.add(id));
  }

  /** Everything listed so far; begins anew. */
  takeLists(): Map<"users" | "datasets", Set<string>> {
    const lists = new Map(this.#lists);
    this.#lists.clear();
    return lists;
  }

  /** Every patient seen so far, with what of them; begins anew. */
  async takePatients(find: FindOwners): Promise<Map<string, Set<LookPart>>> {
    const patients = new Map(this.#parts.patient);
    for (const kind of ["case", "study", "image"] as const) {
      const things = this.#parts[kind];
      const unknown = [...things.keys()].filter(
        (id) => !this.#owners.has(`${kind} ${id}`),
      );
      const found = unknown.length > 0 ? await find(kind, unknown) : [];
      for (const { id, patientId } of found)
        this.#owners.set(`${kind} ${id}`, patientId);
      for (const [id, parts] of things) {
        const owner = this.#owners.get(`${kind} ${id}`);
        // What was shown a moment ago is there; where it was erased meanwhile,
        // nothing leaves.
        if (owner === undefined) throw new Error(`whose is ${kind} ${id}?`);
        patients.set(
          owner,
          new Set([...(patients.get(owner) ?? []), ...parts]),
        );
      }
      things.clear();
    }
    this.#parts.patient.clear();
    return patients;
  }
}
