import type { Role, Site } from "@lung-iris/prisma";
import { systemViewer, userViewer, type UserViewer } from "../access/viewer.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import { DEMO_PASSWORD } from "./demo-login.ts";
import { hashPassword } from "../features/passwords/password.ts";
import { addSeconds } from "../platform/clock.ts";
import { newId, newRequestId } from "../platform/ids.ts";

const SITE = { code: "DEMO-01", name: "Demo hospital" } as const;

/** Invented people, one a role and a second reader. */
export const DEMO_USERS = [
  { email: "staff@demo.lung-iris", name: "An Tran", role: "STAFF" },
  {
    email: "radiologist@demo.lung-iris",
    name: "Dr Minh Le",
    role: "RADIOLOGIST",
  },
  {
    email: "radiologist2@demo.lung-iris",
    name: "Dr Sofia Marin",
    role: "RADIOLOGIST",
  },
  { email: "admin@demo.lung-iris", name: "Kim Pham", role: "ADMIN" },
  { email: "auditor@demo.lung-iris", name: "Jonas Weber", role: "AUDITOR" },
] as const satisfies readonly { email: string; name: string; role: Role }[];

export type DemoEmail = (typeof DEMO_USERS)[number]["email"];

export interface DemoPeople {
  site: Site;
  /** Acts as the demo user, as if signed in. */
  as(email: DemoEmail): UserViewer;
}

/** Makes the demo's site and users where they are missing. */
export async function seedDemoPeople(
  audit: AuditLog,
  now: Date,
): Promise<DemoPeople> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const viewer = systemViewer("demo-seed", newRequestId());
  return audit.changeAndRecord(viewer, async (tx, record) => {
    // Two seeds that run at once take turns.
    await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtext('lung-iris demo'))) AS taken`;
    const event = { patientId: null, details: {} };
    let site = await tx.site.findUnique({ where: { code: SITE.code } });
    if (!site) {
      site = await tx.site.create({
        data: { id: newId(now), ...SITE, createdAt: now },
      });
      record({
        type: "site.created",
        subject: { type: "site", id: site.id },
        siteId: site.id,
        after: { ...SITE },
        ...event,
      });
    }
    const ids = new Map<string, string>();
    for (const person of DEMO_USERS) {
      const known = await tx.user.findUnique({
        where: { email: person.email },
      });
      ids.set(person.email, known?.id ?? newId(now));
      if (known) continue;
      const { id } = await tx.user.create({
        data: {
          id: ids.get(person.email) ?? newId(now),
          ...person,
          passwordHash,
          isDemo: true,
          sites: { create: { siteId: site.id } },
        },
      });
      record({
        type: "user.created",
        subject: { type: "user", id },
        siteId: site.id,
        after: { ...person, isDemo: true },
        ...event,
      });
    }
    return { site, as: (email) => viewerOf(email, ids, site, now) };
  });
}

function viewerOf(
  email: DemoEmail,
  ids: ReadonlyMap<string, string>,
  site: Site,
  now: Date,
): UserViewer {
  const person = DEMO_USERS.find((user) => user.email === email);
  const userId = ids.get(email);
  if (!person || userId === undefined) throw new Error(`no demo user ${email}`);
  return userViewer(
    {
      ...person,
      userId,
      // No session stands behind it: nobody signed in.
      sessionId: "demo-seed",
      siteIds: [site.id],
      sessionExpiresAt: addSeconds(now, 3_600),
      signsUntil: addSeconds(now, 3_600),
    },
    { address: null, userAgent: "demo-seed", requestId: newRequestId() },
  );
}
