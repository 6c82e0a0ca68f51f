import { requirePermission } from "../../../lib/guard.ts";

export default async function Page() {
  await requirePermission("case:read");
  return null;
}
