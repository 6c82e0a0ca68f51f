import type { NextRequest } from "next/server";
import { passToApi } from "../../../../../lib/api-proxy.ts";

interface Context {
  params: Promise<{ id: string }>;
}

async function pass(request: NextRequest, { params }: Context) {
  const { id } = await params;
  const path = `/upload/resumable/${encodeURIComponent(id)}`;
  return passToApi(request, path, "rest");
}

export { pass as DELETE, pass as HEAD, pass as PATCH };
