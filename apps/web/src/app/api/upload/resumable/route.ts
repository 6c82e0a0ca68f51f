import type { NextRequest } from "next/server";
import { passToApi } from "../../../../lib/api-proxy.ts";

export function POST(request: NextRequest): Promise<Response> {
  return passToApi(request, "/upload/resumable", "rest");
}
