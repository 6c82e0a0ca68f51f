import type { Tx } from "@lung-iris/prisma";
import { systemViewer } from "../access/viewer.ts";
import type { AuditEventInput } from "../audit/audit-event.ts";
import type { AuditLog } from "../audit/audit-log.ts";
import { hashPassword } from "../features/passwords/password.ts";
import type { Clock } from "../platform/clock.ts";
import { newRequestId } from "../platform/ids.ts";
import { DEMO_PASSWORD } from "./demo-login.ts";

/**
 * Everybody can read the demo's password, so a data folder that was once a
 * demo is no door: at a start without demo mode its users are deactivated and
 * their sessions ended. Sign-in refuses them besides, whatever stands here.
 *
 * @returns addresses of the users that were still active
 */
export function closeDemoAccounts(
  audit: AuditLog,
  clock: Clock,
): Promise<string[]> {
  return audit.changeAndRecord(viewer(), async (tx, record) => {
    const users = await demoUsers(tx, true);
    const ids = users.map(({ id }) => id);
    if (ids.length === 0) return [];
    await tx.user.updateMany({
      where: { id: { in: ids } },
      data: { isActive: false },
    });
    await tx.session.updateMany({
      where: { userId: { in: ids }, revokedAt: null },
      data: { revokedAt: clock.now() },
    });
    for (const user of users) record(changed(user, false));
    return users.map(({ email }) => email);
  });
}

/**
 * The other way round, when demo mode is on again: the sign-in page shows
 * these users with their password, so both have to work.
 */
export function openDemoAccounts(audit: AuditLog): Promise<string[]> {
  return audit.changeAndRecord(viewer(), async (tx, record) => {
    const users = await demoUsers(tx, false);
    if (users.length === 0) return [];
    const passwordHash = await hashPassword(DEMO_PASSWORD);
    await tx.user.updateMany({
      where: { id: { in: users.map(({ id }) => id) } },
      data: { isActive: true, passwordHash },
    });
    for (const user of users) record(changed(user, true));
    return users.map(({ email }) => email);
  });
}

function demoUsers(tx: Tx, isActive: boolean) {
  return tx.user.findMany({
    where: { isDemo: true, isActive },
    include: { sites: { select: { siteId: true } } },
    orderBy: { email: "asc" },
  });
}

function viewer() {
  return systemViewer("demo-mode", newRequestId());
}

function changed(
  user: Awaited<ReturnType<typeof demoUsers>>[number],
  isActive: boolean,
): AuditEventInput {
  const [site, ...others] = user.sites;
  return {
    type: "user.updated",
    siteId: others.length === 0 ? (site?.siteId ?? null) : null,
    patientId: null,
    subject: { type: "user", id: user.id },
    before: { isActive: !isActive },
    after: { isActive },
    details: { reason: isActive ? "demo-on" : "demo-off" },
  };
}
